"""What kind of record is a note?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.notes import policy
from spheres.followup.notes.models import Note, NoteStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.regions import queries as regions
from spheres.ui import addresses

ICONS = {
    "meeting": "cup",
    "text": "message",
    "call": "phone",
    "accompaniment": "path",
    "drop_in": "home",
    "missed": "calendar",
}


def entry(note: Note) -> Entry:
    """How an opened note reads in the timeline."""
    corrected = note.standing.status == NoteStatus.Status.CORRECTED
    return Entry(
        id=note.pk,
        record_type="notes",
        title=regions.label("contact_kinds", note.kind),
        icon=ICONS.get(note.kind, "note"),
        occurred_at=note.occurred_at,
        her_words=note.opened.her_words,
        observation=note.opened.observation,
        support=note.opened.support,
        written_by=note.written_by,
        url=addresses.to("notes:detail", note.file_id, note.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


register(
    RecordType(
        slug="notes",
        label=_("Notes"),
        add_label=_("Note a contact"),
        icon="note",
        model=Note,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
        is_quick=True,
    )
)
