"""What is kept of a contact with her?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.records.models import Record, RecordStatus


class Note(Record):
    """A contact: kind, moment, her words, what the worker saw, and the step that supports her."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        TEXT = "text", _("Text message")
        CALL = "call", _("Call")
        ACCOMPANIMENT = "accompaniment", _("Accompaniment")
        DROP_IN = "drop_in", _("Drop-in")
        MISSED = "missed", _("Missed meeting, no blame")
        OTHER = "other", _("Other")

    access = FileSection("notes")

    kind = models.CharField(max_length=16, choices=Kind)
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
