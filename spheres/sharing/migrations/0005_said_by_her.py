"""What she agreed to share, and whom she barred."""

import datetime
import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0004_a_worker_named'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('user_id', models.UUIDField(null=True)),
                ('purpose', models.CharField(max_length=24)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('giver', models.CharField(choices=[('HERSELF', 'The person'), ('PARENT', 'The person having parental authority'), ('TUTOR', 'The tutor'), ('EXCEPTION', 'The person, under 14: documented exception')], max_length=12)),
                ('form', models.CharField(choices=[('ORAL', 'Said aloud, with a witness'), ('WRITTEN', 'In writing'), ('ON_SCREEN', 'Together, on the screen')], max_length=12)),
                ('language', models.CharField(max_length=8)),
                ('text_version', models.CharField(max_length=16)),
                ('taken_by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('renews_id', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawer', models.CharField(blank=True, choices=[('HERSELF', 'The person'), ('REPRESENTATIVE', 'Whoever had given it for them'), ('TEAM', 'The team: the ground no longer stands')], max_length=16)),
                ('withdrawn_form', models.CharField(blank=True, choices=[('ORAL', 'Said aloud, with a witness'), ('WRITTEN', 'In writing'), ('ON_SCREEN', 'Together, on the screen')], max_length=12)),
                ('withdrawn_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'ends_at'], name='sharing_consent_to'), models.Index(fields=['file_id'], name='sharing_consent_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(days=366))))), name='sharing_consent_ends_within_a_year'), models.CheckConstraint(condition=models.Q(('sections__contained_by', ['identity', 'contact', 'summary', 'plan', 'safety', 'steps']), ('sections__contains', ['identity'])), name='sharing_consent_only_what_may_be_shared'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawer', ''), ('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawer__gt', ''), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='sharing_consent_withdrawn_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('user_id', models.UUIDField(null=True)),
                ('organisation_id', models.UUIDField(null=True)),
                ('role', models.CharField(blank=True, max_length=32)),
                ('faces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('taken_by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id'], name='sharing_restriction_who'), models.Index(fields=['file_id'], name='sharing_restriction_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation_id__isnull', True), ('role', ''), ('user_id__isnull', False)), models.Q(('organisation_id__isnull', False), ('user_id__isnull', True)), models.Q(('role__gt', ''), ('user_id__isnull', True)), _connector='OR'), name='sharing_restriction_bars_somebody'), models.CheckConstraint(condition=models.Q(('faces__contained_by', ['identity', 'contact', 'whereabouts', 'summary', 'plan', 'safety', 'steps', 'notes', 'health', 'legal', 'therapy', 'private', 'relation', 'journal']), ('faces__len__gt', 0)), name='sharing_restriction_from_something')],
            },
        ),
        close_tables("sharing_consent", "sharing_restriction"),
    ]
