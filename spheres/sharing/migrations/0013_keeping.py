"""How long what was written is kept, what becomes of it, seals and legal holds."""

import django.contrib.postgres.fields
import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0012_seats'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureWords',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('her_words', spheres.vault.models.LockedText(default=b'')),
                ('answer', spheres.vault.models.LockedText(default=b'')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HoldWords',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('words', spheres.vault.models.LockedText(default=b'')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('request_id', models.UUIDField(null=True)),
                ('sorts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('exit', models.CharField(choices=[('DESTROYED', 'Destroyed'), ('SEALED', 'Sealed until a day'), ('KEPT', 'Kept: the request is refused for now')], max_length=12)),
                ('why', models.CharField(choices=[('TERM', 'The time to keep it is over'), ('REQUEST', 'The person asks for it'), ('RULE', 'The time to keep it is not over'), ('LAW', 'A law or a professional rule obliges us to keep it')], max_length=12)),
                ('until_on', models.DateField(null=True)),
                ('proposed_by', models.UUIDField()),
                ('proposed_at', models.DateTimeField()),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('lift_ground', models.CharField(blank=True, choices=[('DEMAND', 'A court or a law demands it'), ('ACCESS', 'The person asks to read what is theirs'), ('CLAIM', 'A right must be defended in court')], max_length=8)),
                ('lift_asked_by', models.UUIDField(null=True)),
                ('lift_asked_at', models.DateTimeField(null=True)),
                ('lifted_by', models.UUIDField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_ending_file'), models.Index(fields=['organisation_id', '-proposed_at'], name='sharing_ending_new')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), models.Q(models.Q(('lift_asked_at__isnull', True), ('lift_asked_by__isnull', True)), models.Q(('lift_asked_at__isnull', False), ('lift_asked_by__isnull', False)), _connector='OR'), models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR')), name='sharing_ending_said_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), models.Q(('lifted_by__isnull', True), models.Q(('lifted_by', models.F('lift_asked_by')), _negated=True), _connector='OR')), name='sharing_ending_takes_two'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='sharing_ending_confirmed_or_withdrawn'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), models.Q(('confirmed_at__isnull', False), ('exit', 'DESTROYED')), _connector='OR'), name='sharing_ending_destroyed_once_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('exit', 'SEALED'), ('until_on__isnull', False)), models.Q(models.Q(('exit', 'SEALED'), _negated=True), ('until_on__isnull', True)), _connector='OR'), name='sharing_ending_sealed_until_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('exit', 'KEPT'), ('request_id__isnull', False), ('why__in', ('RULE', 'LAW'))), models.Q(models.Q(('exit', 'KEPT'), _negated=True), ('request_id__isnull', True), ('why', 'TERM')), models.Q(models.Q(('exit', 'KEPT'), _negated=True), ('request_id__isnull', False), ('why', 'REQUEST')), _connector='OR'), name='sharing_ending_for_a_reason'), models.CheckConstraint(condition=models.Q(('sorts__contained_by', ['FOLLOW_UP', 'THERAPY', 'REGISTER']), ('sorts__len__gt', 0)), name='sharing_ending_of_some_class')],
            },
        ),
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('asker', models.CharField(choices=[('HERSELF', 'The person'), ('REPRESENTATIVE', 'Whoever speaks for them by law')], max_length=16)),
                ('said_on', models.DateField()),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id'], name='sharing_erasure_of')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('ground', models.CharField(choices=[('SUBPOENA', 'A subpoena'), ('WARRANT', 'A warrant, or a production order'), ('PROTECTION', 'A request of youth protection'), ('CORONER', 'A coroner'), ('OVERSIGHT', 'An oversight body'), ('CLAIM', 'A claim or a complaint, begun or expected')], max_length=12)),
                ('placed_by', models.UUIDField()),
                ('placed_at', models.DateTimeField()),
                ('end_asked_by', models.UUIDField(null=True)),
                ('end_asked_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_hold_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('end_asked_at__isnull', True), ('end_asked_by__isnull', True)), models.Q(('end_asked_at__isnull', False), ('end_asked_by__isnull', False)), _connector='OR'), models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR')), name='sharing_hold_said_by_somebody'), models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), models.Q(('end_asked_by__isnull', False), models.Q(('ended_by', models.F('end_asked_by')), _negated=True)), _connector='OR'), name='sharing_hold_ended_by_two')],
            },
        ),
        migrations.CreateModel(
            name='KeepingRule',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('sort', models.CharField(choices=[('FOLLOW_UP', 'Follow-up'), ('THERAPY', 'Psychotherapy notes'), ('REGISTER', 'Registers')], max_length=12)),
                ('keep_years', models.PositiveSmallIntegerField()),
                ('basis', models.CharField(max_length=200)),
                ('said_by', models.UUIDField()),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'sort', '-said_at'], name='sharing_keeps_new')],
                'constraints': [models.CheckConstraint(condition=models.Q(('keep_years__gte', 1), ('keep_years__lte', 100)), name='sharing_keepingrule_of_some_years')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('faces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_seal_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('faces__contained_by', ['identity', 'contact', 'whereabouts', 'summary', 'plan', 'safety', 'steps', 'notes', 'health', 'legal', 'therapy', 'private', 'relation', 'journal']), ('faces__len__gt', 0)), name='sharing_seal_closes_something')],
            },
        ),
        close_tables(
            "sharing_ending", "sharing_erasurerequest", "sharing_erasurewords", "sharing_hold",
            "sharing_holdwords", "sharing_keepingrule", "sharing_seal",
        ),
    ]
