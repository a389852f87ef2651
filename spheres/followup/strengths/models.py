"""What is kept of her strengths? One line each: what it is, in whose mouth, which day she chose.

A line is never edited. What is set aside says «not any more», and is taken up again whenever she
wants. Nothing is counted, and nothing is compared.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.records.models import Pen, Record
from spheres.sharing.rules import PLAN
from spheres.vault.models import LockedText


class Kind(models.TextChoices):
    """What it is, in the order in which the log shows them."""

    STRENGTH = "STRENGTH", _("A strength")
    PRIDE = "PRIDE", _("Something I am proud of")
    RECEIVED = "RECEIVED", _("A thank-you I was given")
    GIVEN = "GIVEN", _("A thank-you I give")
    MILESTONE = "MILESTONE", _("A milestone I mark")


# How a list of them is called.
HEADINGS: Final = {
    Kind.STRENGTH: _("What I can do"),
    Kind.PRIDE: _("What I am proud of"),
    Kind.RECEIVED: _("Thank-yous I was given"),
    Kind.GIVEN: _("Thank-yous I give"),
    Kind.MILESTONE: _("Milestones"),
}


class Voice(models.TextChoices):
    """Who says it."""

    HERS = "HERS", _("I say it")
    CLOSE = "CLOSE", _("Somebody who matters to me said it")
    WORKER = "WORKER", _("My worker noticed it")


class Strength(Record):
    """One line of the log. What her worker noticed stands there only since she agreed."""

    access = FileSection(PLAN, by="written_by")

    kind = models.CharField(max_length=12, choices=Kind)
    voice = models.CharField(max_length=8, choices=Voice)
    agreed_on = models.DateField(null=True)
    pen = models.CharField(max_length=8, choices=Pen)
    line = LockedText()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="strengths_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(voice="WORKER") | models.Q(agreed_on__isnull=False),
                name="strengths_noticed_and_agreed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def voice_label(self) -> str:
        return str(Voice(self.voice).label)

    @property
    def pen_label(self) -> str:
        return str(Pen(self.pen).label)


class StrengthStatus(StatusRow):
    """It stands; or it is set aside for now; or another line says what should have been said."""

    class Status(models.TextChoices):
        SIGNED = "SIGNED", _("It stands")
        SET_ASIDE = "SET_ASIDE", _("Not any more")
        CORRECTED = "CORRECTED", _("Corrected")

    MOVES = {
        Status.SIGNED: {Status.SET_ASIDE, Status.CORRECTED},
        Status.SET_ASIDE: {Status.SIGNED},
        Status.CORRECTED: set(),
    }
    access = FileSection(PLAN, amend=True)

    record = models.OneToOneField(
        Strength, models.PROTECT, primary_key=True, related_name="standing"
    )
    file_id = models.UUIDField()

    def __str__(self) -> str:
        return self.status
