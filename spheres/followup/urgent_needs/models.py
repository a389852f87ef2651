"""What is kept of an urgent need: what it is, where it stands, and what came of it?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.records.models import Record, RecordStatus
from spheres.sharing.rules import NOTES
from spheres.vault.models import LockedText


class UrgentNeed(Record):
    """Something that cannot wait: her words, what was seen, what helps next."""

    access = FileSection(NOTES, by="written_by")

    # A code of the region's vocabulary `urgent_needs`.
    need = models.CharField(max_length=16)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="urgent_needs_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.id}"


class UrgentNeedStatus(RecordStatus):
    access = FileSection(NOTES, amend=True)

    record = models.OneToOneField(
        UrgentNeed, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status


class Answer(StatusRow):
    """Where the need stands. Nothing is late, nothing is counted of her: a need met late is a
    need met."""

    class Status(models.TextChoices):
        OPEN = "OPEN", _("Still open")
        BEING_MET = "BEING_MET", _("Being met")
        MET = "MET", _("Met")
        STILL_THERE = "STILL_THERE", _("Not met, still there")
        NOT_WANTED = "NOT_WANTED", _("No longer wanted")

    MOVES = {
        Status.OPEN: {Status.BEING_MET, Status.MET, Status.STILL_THERE, Status.NOT_WANTED},
        Status.BEING_MET: {Status.MET, Status.STILL_THERE, Status.NOT_WANTED},
        # What could not be met today may be met tomorrow, or wanted no more.
        Status.STILL_THERE: {Status.BEING_MET, Status.MET, Status.NOT_WANTED},
        Status.MET: set(),
        Status.NOT_WANTED: set(),
    }
    access = FileSection(NOTES, amend=True)

    need = models.OneToOneField(UrgentNeed, models.PROTECT, primary_key=True, related_name="answer")
    file_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["status", "file_id"], name="urgent_needs_open")]

    def __str__(self) -> str:
        return self.status


class Outcome(Kept):
    """What came of it: her words first, then one line of the worker's."""

    access = FileSection(NOTES, by="written_by")

    need = models.ForeignKey(UrgentNeed, models.PROTECT, related_name="outcomes")
    came_to = models.CharField(max_length=32, choices=Answer.Status)
    her_words = LockedText()
    line = LockedText()

    def __str__(self) -> str:
        return self.came_to


OPEN = (Answer.Status.OPEN, Answer.Status.BEING_MET)
CLOSED = (Answer.Status.MET, Answer.Status.STILL_THERE, Answer.Status.NOT_WANTED)
# What she still needs.
LEFT = (*OPEN, Answer.Status.STILL_THERE)
