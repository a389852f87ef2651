"""Who reads a file for a while without walking with the person; two files of one person."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0002_one_desk_a_matter'),
    ]

    operations = [
        # Equality inside an exclusion constraint.
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('STAND_IN', 'Stand-in'), ('ON_CALL', 'On call')], max_length=8)),
                ('organisation_id', models.UUIDField()),
                ('for_user_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('named_by', models.UUIDField()),
                ('named_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'ends_at'], name='sharing_cover_who')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='sharing_cover_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('user_id', models.F('for_user_id')), _negated=True), name='sharing_cover_is_by_somebody_else'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('organisation_id', '='), ('for_user_id', '='), ('kind', '='), (models.Func('starts_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='sharing_cover_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('faces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id'], name='sharing_handedover_who'), models.Index(fields=['file_id'], name='sharing_handedover_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('faces__contained_by', ['identity', 'contact', 'summary', 'relation', 'plan', 'safety', 'steps']), ('faces__contains', ['relation'])), name='sharing_handedover_only_what_may_pass')],
            },
        ),
        migrations.CreateModel(
            name='Joined',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kept_id', models.UUIDField()),
                ('joined_id', models.UUIDField()),
                ('said_to', models.UUIDField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kept_id'], name='sharing_joined_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept_id', models.F('joined_id')), _negated=True), name='sharing_joined_two_files'), models.UniqueConstraint(django.db.models.functions.comparison.Least('kept_id', 'joined_id'), django.db.models.functions.comparison.Greatest('kept_id', 'joined_id'), name='sharing_joined_once'), models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('joined_id',), name='sharing_joined_in_one_place')],
            },
        ),
        migrations.CreateModel(
            name='Recognised',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('file_id', models.UUIDField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'ends_at'], name='sharing_recognised_who'), models.Index(fields=['file_id'], name='sharing_recognised_file')],
            },
        ),
        close_tables(
            "sharing_cover", "sharing_handedover", "sharing_joined", "sharing_recognised"
        ),
    ]
