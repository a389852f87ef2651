"""What is kept of her safety? Three sheets, each in all its versions, and when to look again.

A sheet is never edited: saying it otherwise is another version, and the newest stands.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import File
from spheres.records.models import Pen, Record, RecordStatus
from spheres.sharing.rules import SAFETY
from spheres.vault.models import Kind, LockedText


class Part(models.TextChoices):
    """Which of the three sheets."""

    NET = "NET", _("Safety net")
    CRISIS = "CRISIS", _("Crisis plan")
    COURSE = "COURSE", _("Staying on course")


class Rhythm(models.TextChoices):
    """How far apart the contacts are, once a change holds; only what she agreed to."""

    TWO_WEEKS = "TWO_WEEKS", _("Every two weeks")
    MONTH = "MONTH", _("Once a month")
    TWO_MONTHS = "TWO_MONTHS", _("Every two months")
    SEASON = "SEASON", _("Once a season")
    ASKS = "ASKS", _("When they ask")


class Sheet(Record):
    """One version of one sheet: her answers, locked together as they were given."""

    access = FileSection(SAFETY, by="written_by")

    part = models.CharField(max_length=8, choices=Part)
    number = models.PositiveIntegerField()
    pen = models.CharField(max_length=8, choices=Pen)
    answers = LockedText()  # json: what each question of the sheet was answered (`asking.py`)
    # Staying on course only: spaced contacts, and the day she agreed to them. Both, or neither.
    rhythm = models.CharField(max_length=12, choices=Rhythm, blank=True)
    agreed_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # Two workers write at once: one is first, the other sees both texts.
            models.UniqueConstraint(
                fields=["file", "part", "number"], name="safety_net_one_version_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm="", agreed_on=None)
                | (~models.Q(rhythm="") & models.Q(agreed_on__isnull=False)),
                name="safety_net_no_rhythm_without_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="safety_net_sheet_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class SheetStatus(RecordStatus):
    access = FileSection(SAFETY, amend=True)

    record = models.OneToOneField(Sheet, models.PROTECT, primary_key=True, related_name="standing")

    def __str__(self) -> str:
        return self.status


class Look(models.Model):
    """Something calls for looking at it again together, or it was looked at and still fits.

    It says why, never where or with whom: context, not tracking. Only ever added to.
    """

    class Why(models.TextChoices):
        ASKED = "ASKED", _("They ask for it")
        CRISIS = "CRISIS", _("There was a heavy moment")
        MOVED = "MOVED", _("They moved")
        AWAY = "AWAY", _("They were away for a while")
        FITS = "FITS", _("Looked at together: it still fits")

    GOES_WITH = (Kind.FOLLOW_UP, "file_id")
    access = FileSection(SAFETY, by="written_by")

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="safety_net_look_newest")]

    def __str__(self) -> str:
        return self.why


NEW_WORKER: Final = "NEW_WORKER"  # read from who walks with her, never written
