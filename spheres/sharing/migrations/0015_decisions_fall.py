"""What was decided falls when the person comes back before anything was destroyed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0014_keeping'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ending',
            name='sharing_ending_confirmed_or_withdrawn',
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(withdrawn_at__isnull=True)
                | Q(done_at__isnull=True, exit='DESTROYED'),
                name='sharing_ending_confirmed_or_withdrawn',
            ),
        ),
    ]
