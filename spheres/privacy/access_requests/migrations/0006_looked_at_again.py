"""What is refused for a time says, where it stands, on which day it is looked at again."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('access_requests', '0005_from_their_notebook'),
    ]

    operations = [
        migrations.AddField(
            model_name='requeststatus',
            name='look_again_on',
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name='requeststatus',
            constraint=models.CheckConstraint(
                condition=Q(status='LATER') | Q(look_again_on=None),
                name='access_requests_looked_at_again_when_refused_for_a_time',
            ),
        ),
    ]
