"""What was granted may be taken back as long as nothing was handed over: a no is said once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('access_requests', '0003_what_is_given'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='access_requests_decided_once',
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(
                condition=Q(outcome__in=('REFUSED', 'WITHDRAWN')),
                fields=('request',),
                name='access_requests_decided_once',
            ),
        ),
    ]
