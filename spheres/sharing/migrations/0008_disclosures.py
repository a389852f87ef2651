"""What is told of her outside, frozen, and what becomes of it."""

import datetime
import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0007_lifted'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('ground', models.CharField(blank=True, choices=[('CONSENT', 'The person says yes to this'), ('DANGER', 'Serious danger of death or injury'), ('YOUTH_PROTECTION', 'Report to youth protection'), ('REQUIRED', 'Youth protection requires it, for a report it accepted'), ('ORDER', 'Court order, warrant or subpoena')], max_length=16)),
                ('purpose', models.CharField(choices=[('MEETING', 'A committee meeting, that day only'), ('SURVIVOR', 'To meet someone who has lived through it'), ('SERVICE', 'So that a service receives or helps them'), ('COMPLAINT', 'A statement or a complaint they choose to make'), ('SAFETY', 'To protect somebody from a danger'), ('PROTECTION', 'So that youth protection can act'), ('ORDER', 'To answer what the law requires'), ('ATTENDANCE', 'To attest that they come, for an authority'), ('OTHER', 'Something else that was asked')], max_length=12)),
                ('capacity', models.CharField(choices=[('MEMBER', 'Member of the committee, for this meeting'), ('SURVIVORS', 'The survivor programme'), ('WORKER', 'Worker of a partner'), ('YOUTH_PROTECTION', 'Youth protection'), ('POLICE', 'Police'), ('COURT', 'Court, prosecutor or coroner'), ('HEALTH', 'Health or social services'), ('SCHOOL', 'School or employer'), ('HOUSING', 'Shelter or housing'), ('COUNSEL', 'Lawyer or legal aid'), ('RELATIVE', 'Relative, or person exposed to the danger'), ('OTHER', 'Somebody else')], max_length=16)),
                ('to_organisation_id', models.UUIDField(null=True)),
                ('to_user_id', models.UUIDField(null=True)),
                ('meeting_on', models.DateField(null=True)),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('giver', models.CharField(blank=True, choices=[('HERSELF', 'The person'), ('PARENT', 'The person having parental authority'), ('TUTOR', 'The tutor'), ('EXCEPTION', 'The person, under 14: documented exception')], max_length=12)),
                ('form', models.CharField(blank=True, choices=[('ORAL', 'Said aloud, with a witness'), ('WRITTEN', 'In writing'), ('ON_SCREEN', 'Together, on the screen')], max_length=12)),
                ('made_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('is_refused', models.BooleanField(default=False)),
                ('is_kept_from_her', models.BooleanField(default=False)),
                ('prepared_by', models.UUIDField()),
                ('prepared_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_disclosure_file'), models.Index(fields=['to_organisation_id', 'ends_at'], name='sharing_disclosure_to'), models.Index(fields=['organisation_id'], name='sharing_disclosure_from')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('ground', ''), ('is_refused', True), ('items', []), ('sections', [])), models.Q(('ground__gt', ''), ('is_refused', False), ('items__len__gt', 0), ('sections__len__gt', 0)), _connector='OR'), name='sharing_disclosure_tells_or_refuses'), models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('ATTENDANCE', 'OTHER')), _negated=True), ('is_refused', True), _connector='OR'), name='sharing_disclosure_never_attests'), models.CheckConstraint(condition=models.Q(('sections__contained_by', ['identity', 'contact', 'whereabouts', 'summary', 'plan', 'safety', 'steps', 'legal'])), name='sharing_disclosure_only_what_may_be_told'), models.CheckConstraint(condition=models.Q(models.Q(('meeting_on__isnull', False), ('purpose', 'MEETING')), models.Q(models.Q(('purpose', 'MEETING'), _negated=True), ('meeting_on__isnull', True)), _connector='OR'), name='sharing_disclosure_of_one_meeting'), models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'SURVIVOR'), _negated=True), models.Q(('ground', 'CONSENT'), ('items__contained_by', ['NAME', 'LANGUAGE', 'CONTACT', 'DATES']), ('to_organisation_id__isnull', False)), _connector='OR'), name='sharing_disclosure_to_survivors_is_short'), models.CheckConstraint(condition=models.Q(models.Q(('form__gt', ''), ('giver__gt', ''), ('ground', 'CONSENT')), models.Q(models.Q(('ground', 'CONSENT'), _negated=True), ('form', ''), ('giver', '')), _connector='OR'), name='sharing_disclosure_agreed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('is_kept_from_her', False), ('made_at', None)), ('ground__in', ('DANGER', 'YOUTH_PROTECTION')), _connector='OR'), name='sharing_disclosure_told_before_in_danger_only'), models.CheckConstraint(condition=models.Q(('is_refused', True), models.Q(('ends_at__gt', models.F('prepared_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('prepared_at'), '+', models.Value(datetime.timedelta(days=366))))), _connector='OR'), name='sharing_disclosure_ends_within_a_year'), models.CheckConstraint(condition=models.Q(('to_user_id', None), ('to_organisation_id__isnull', False), _connector='OR'), name='sharing_disclosure_to_somebody_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='DisclosureStep',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('disclosure_id', models.UUIDField()),
                ('file_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('APPROVED', 'Approved'), ('REFUSED', 'Not approved'), ('HANDED', 'Handed over'), ('RECEIVED', 'Received'), ('WITHDRAWN', 'Taken back')], max_length=12)),
                ('done_by', models.UUIDField()),
                ('done_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_disclosurestep_file')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ('APPROVED', 'REFUSED'))), fields=('disclosure_id',), name='sharing_disclosurestep_decided_once'), models.UniqueConstraint(condition=models.Q(('kind__in', ('HANDED', 'WITHDRAWN'))), fields=('disclosure_id', 'kind'), name='sharing_disclosurestep_done_once'), models.UniqueConstraint(condition=models.Q(('kind', 'RECEIVED')), fields=('disclosure_id', 'done_by'), name='sharing_disclosurestep_received_once')],
            },
        ),
        close_tables("sharing_disclosure", "sharing_disclosurestep"),
    ]
