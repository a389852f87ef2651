"""What is kept of a contact with her?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from spheres.core.words import FileSection
from spheres.records.models import HandOver, Record, RecordStatus
from spheres.vault.models import LockedText

MEETING, ACTIVITY = "meeting", "activity"
# Kinds that say they did not meet: none of them is a fault of hers.
MISSED = "missed"
NOT_HELD = (MISSED, "cancelled_hers", "cancelled_ours", "cancelled_other")
# A guide of four questions: a conversation about something she may want to change.
CHANGE = "change"


class Note(Record):
    """A contact: kind, moment, her words, what the worker saw, and the step that supports her."""

    access = FileSection("notes", by="written_by")
    ADDED = ("given_back",)

    # A code of the region's vocabulary `contact_kinds`; «missed» is a kind, never an error.
    kind = models.CharField(max_length=16)
    # Codes of the region's vocabularies: where, how long about, who began it, what it was about.
    # Nothing said is nothing kept: absent, so that what ran before these columns still writes.
    place = models.CharField(max_length=16, null=True)  # noqa: DJ001
    length = models.CharField(max_length=16, null=True)  # noqa: DJ001
    initiative = models.CharField(max_length=16, null=True)  # noqa: DJ001
    tags = ArrayField(models.CharField(max_length=16), null=True)
    # Of notes written when minutes were asked for; a band is asked for now.
    minutes = models.PositiveSmallIntegerField(null=True)
    # Something of her plan that it was about; its tags say which needs (ADR links).
    towards_id = models.UUIDField(null=True)
    # The guide it was written with, if any. Of a conversation about change, her words are one
    # sentence that she agreed to, the observation is what was affirmed, the support the next step
    # (ADR conversation about change).
    guide = models.CharField(max_length=16, null=True)  # noqa: DJ001
    # The summary of the conversation, as it was said back to her.
    given_back = LockedText(db_default=b"")
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


class NoteHandOver(HandOver):
    """This note was copied to the official file."""

    access = FileSection("notes", by="handed_by")

    note = models.ForeignKey(Note, models.PROTECT, related_name="hand_overs")
