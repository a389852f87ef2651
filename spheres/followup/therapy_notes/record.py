"""What kind of record is a psychotherapy note?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.therapy_notes import policy
from spheres.followup.therapy_notes.models import TherapyNote, TherapyNoteStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = _("Psychotherapy note")


def entry(record: TherapyNote) -> Entry:
    """How an opened one reads in its author’s own timeline: no other timeline ever has it."""
    corrected = record.standing.status == TherapyNoteStatus.Status.CORRECTED
    return Entry(
        id=record.pk,
        record_type="therapy_notes",
        title=str(LABEL),
        icon="note",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("therapy_notes:detail", record.file_id, record.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


register(
    RecordType(
        slug="therapy_notes",
        label=LABEL,
        add_label=_("A psychotherapy note"),
        icon="note",
        model=TherapyNote,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
        is_quick=True,
    )
)
