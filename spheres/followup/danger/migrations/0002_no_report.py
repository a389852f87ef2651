"""A report to youth protection is written on its own page, where its author is named nowhere."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('danger', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='danger',
            name='called',
            field=models.CharField(choices=[('EMERGENCY', '911: police, ambulance, fire'), ('CRISIS', 'Crisis or suicide line, Info-Social 811'), ('HEALTH', 'Hospital, clinic'), ('EXPOSED', 'The person exposed, or whoever represents them'), ('ABLE_TO_HELP', 'Somebody else who could help')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='danger',
            constraint=models.CheckConstraint(condition=~Q(called='YOUTH_PROTECTION'), name='danger_is_no_report'),
        ),
    ]
