"""What may protect her, opened for an hour when a life may be in danger."""

import datetime
import django.db.models.expressions
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0005_said_by_her'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExceptionalAccess',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('file_id', models.UUIDField()),
                ('ground', models.CharField(choices=[('LIFE', 'A life or somebody’s safety may be in danger now'), ('UNREACHABLE', 'Somebody needs help now, and nobody of their team answers')], max_length=12)),
                ('second_id', models.UUIDField(null=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reviewed_by', models.UUIDField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('JUSTIFIED', 'It was needed'), ('LEARNED', 'It was not needed: something is learned from it'), ('UNJUSTIFIED', 'It should not have been')], max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'ends_at'], name='sharing_exceptional_who'), models.Index(fields=['file_id'], name='sharing_exceptional_file'), models.Index(condition=models.Q(('reviewed_at__isnull', True)), fields=['organisation_id', 'starts_at'], name='sharing_exceptional_to_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('outcome__gt', ''), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='sharing_exceptionalaccess_reviewed_by_somebody'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='sharing_exceptionalaccess_lasts_an_hour')],
            },
        ),
        close_tables("sharing_exceptionalaccess"),
    ]
