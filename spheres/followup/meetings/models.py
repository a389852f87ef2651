"""What is kept of a planned meeting: when, which way, what for; and what became of it?"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import FollowUpStatus, Kept
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES
from spheres.vault.models import LockedText

# The ways of meeting that can be planned: codes of the region's vocabulary `contact_kinds`.
KINDS: Final = ("meeting", "call", "text", "accompaniment", "activity")
# After one of these, nothing is asked any more about what had been planned before it.
STOPPED: Final = (
    FollowUpStatus.Status.LEFT,
    FollowUpStatus.Status.ENDED,
    FollowUpStatus.Status.DIED,
)


class PlannedMeeting(Kept):
    """A meeting as it was planned, or as it was moved: never changed, another row follows it."""

    access = FileSection(NOTES, by="written_by")

    kind = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    # A code of the region's vocabulary `contact_lengths`; nothing said is nothing kept.
    length = models.CharField(max_length=16, blank=True)
    # Whose meeting it is; a colleague who moves it does not take it over.
    worker_id = models.UUIDField()
    line = LockedText()  # a place or a purpose
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["worker_id", "starts_at"], name="meetings_of_worker"),
            models.Index(fields=["file", "starts_at"], name="meetings_of_file"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def kind_label(self) -> str:
        return regions.label("contact_kinds", self.kind)

    @property
    def length_label(self) -> str:
        return regions.label("contact_lengths", self.length) if self.length else ""


class MeetingStatus(StatusRow):
    """What became of it. Nothing is late; an answer given by mistake is taken back."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        MOVED = "MOVED", _("Moved")
        HELD = "HELD", _("Took place")
        MISSED = "MISSED", _("Missed, no blame")
        CANCELLED_HERS = "CANCELLED_HERS", _("Cancelled by the person")
        CANCELLED_OURS = "CANCELLED_OURS", _("Cancelled by us")
        CANCELLED_OTHER = "CANCELLED_OTHER", _("Cancelled by someone else")

    MOVES = {
        Status.PLANNED: {
            Status.MOVED, Status.HELD, Status.MISSED, Status.CANCELLED_HERS,
            Status.CANCELLED_OURS, Status.CANCELLED_OTHER,
        },
        Status.MOVED: set(),
        Status.HELD: {Status.PLANNED},
        Status.MISSED: {Status.PLANNED},
        Status.CANCELLED_HERS: {Status.PLANNED},
        Status.CANCELLED_OURS: {Status.PLANNED},
        Status.CANCELLED_OTHER: {Status.PLANNED},
    }  # fmt: skip

    access = FileSection(NOTES, amend=True)

    meeting = models.OneToOneField(
        PlannedMeeting, models.PROTECT, primary_key=True, related_name="standing"
    )
    file_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["status", "file_id"], name="meetings_standing")]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)


# What may be said of a planned meeting, in one press each.
ANSWERS: Final = (
    MeetingStatus.Status.HELD,
    MeetingStatus.Status.MISSED,
    MeetingStatus.Status.CANCELLED_HERS,
    MeetingStatus.Status.CANCELLED_OURS,
    MeetingStatus.Status.CANCELLED_OTHER,
)
CANCELLED: Final = ANSWERS[2:]
