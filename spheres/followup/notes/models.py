"""What is kept of a contact with her?"""

from django.db import models

from spheres.core.words import FileSection
from spheres.records.models import Record, RecordStatus

MEETING, MISSED = "meeting", "missed"


class Note(Record):
    """A contact: kind, moment, her words, what the worker saw, and the step that supports her."""

    access = FileSection("notes", by="written_by")

    # A code of the region's vocabulary `contact_kinds`; «missed» is a kind, never an error.
    kind = models.CharField(max_length=16)
    minutes = models.PositiveSmallIntegerField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["file", "-occurred_at", "id"], name="notes_note_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class NoteStatus(RecordStatus):
    access = FileSection("notes", amend=True)

    note = models.OneToOneField(Note, models.PROTECT, primary_key=True, related_name="standing")

    def __str__(self) -> str:
        return self.status
