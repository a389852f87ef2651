"""An address of one committee alone, beside that of all one’s hours."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ical', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='calendaraddress',
            name='ical_one_each',
        ),
        migrations.AddField(
            model_name='calendaraddress',
            name='committee_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='calendaraddress',
            constraint=models.UniqueConstraint(fields=('user_id', 'organisation_id', 'committee_id'), name='ical_one_of_each', nulls_distinct=False),
        ),
    ]
