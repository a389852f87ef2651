"""Whom of another organisation she lets read what she says for one outing."""

import datetime
import django.db.models.expressions
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0018_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='Along',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('giver', models.CharField(choices=[('HERSELF', 'The person'), ('PARENT', 'The person having parental authority'), ('TUTOR', 'The tutor'), ('EXCEPTION', 'The person, under 14: documented exception')], max_length=12)),
                ('form', models.CharField(choices=[('ORAL', 'Said aloud, with a witness'), ('WRITTEN', 'In writing'), ('ON_SCREEN', 'Together, on the screen')], max_length=12)),
                ('taken_by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'ends_at'], name='sharing_along_to'), models.Index(fields=['file_id'], name='sharing_along_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(days=1, seconds=3600))))), name='sharing_along_is_one_day'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='sharing_along_withdrawn_by_somebody')],
            },
        ),
        close_tables("sharing_along"),
    ]
