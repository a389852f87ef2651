"""What was looked at of who opened what, and what stood out."""

import django.contrib.postgres.fields
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('GROUNDS', 'Readings across organisations'), ('WEEK', 'Unusual openings of a week')], max_length=8)),
                ('organisation_id', models.UUIDField()),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField()),
                ('seen', models.PositiveIntegerField()),
                ('found', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['what', '-until_at'], name='openings_look_last')],
            },
        ),
        migrations.CreateModel(
            name='Unusual',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('reader_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('NO_GROUND', 'Read across organisations, without an agreement'), ('NEVER', 'Opened without walking with the person: as a stand-in, or before meeting'), ('NIGHT', 'Opened at night, when not on call'), ('ALIKE', 'Opened the file of somebody with the same last name'), ('MANY', 'Opened many files in one day')], max_length=12)),
                ('files', models.PositiveIntegerField()),
                ('times', models.PositiveIntegerField()),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('number', models.BigIntegerField(null=True)),
                ('found_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('ORDINARY', 'Ordinary: it belongs to the work'), ('ASKED', 'I ask the worker about it'), ('PASSED_ON', 'A concern: I pass it on to whom it belongs')], max_length=12)),
                ('outcome_by', models.UUIDField(null=True)),
                ('outcome_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'outcome'], name='openings_unusual_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_at__isnull', True), ('outcome_by__isnull', True)), models.Q(('outcome__gt', ''), ('outcome_at__isnull', False), ('outcome_by__isnull', False)), _connector='OR'), name='openings_unusual_said_by_somebody')],
            },
        ),
        close_tables("openings_look", "openings_unusual"),
    ]
