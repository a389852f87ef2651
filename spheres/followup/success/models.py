"""What is kept of what success is for her? The sentences she chose that day, and her own words.

Nothing is scored and nothing is owed: she chooses others whenever she wants, and what she chose
before stays as her story. Once a year, of a sentence that enough participants chose, a number is
told to those who lead the partners (ADR success).
"""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, Roles
from spheres.records.models import Pen, Record, RecordStatus
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN

STATEMENTS: Final = "success_statements"  # a vocabulary of the region
NOT_SAID: Final = "not_said"  # always there beside the sentences, and never counted
PREFERS_NOT: Final = _("I prefer not to say for now")
ROLLUPS: Final = "service:rollups"  # counts each year that is over, once
# Those who read what all partners said of themselves.
READERS: Final = (
    Role.COORDINATOR,
    Role.RESEARCH_OFFICER,
    Role.STEERING_MEMBER,
    Role.ORGANISATION_MANAGER,
    Role.CLINICAL_DIRECTOR,
    Role.TEAM_LEAD,
)


class Choice(Record):
    """The sentences she recognised as a success of hers, some day."""

    access = FileSection(PLAN, by="written_by")

    # Codes of the region’s vocabulary, in its order; or none, beside her own words.
    statements = ArrayField(models.CharField(max_length=40))
    pen = models.CharField(max_length=8, choices=Pen)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="success_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def sentences(self) -> list[str]:
        """What she chose, in the language of whoever reads."""
        return [sentence_of(code) for code in self.statements]

    @property
    def pen_label(self) -> str:
        return str(Pen(self.pen).label)


class ChoiceStatus(RecordStatus):
    access = FileSection(PLAN, amend=True)

    record = models.OneToOneField(Choice, models.PROTECT, primary_key=True, related_name="standing")

    def __str__(self) -> str:
        return self.status


class Told(models.Model):
    """How many participants chose one sentence in a year that is over: kept as first counted.

    A row without a sentence says that the year was counted, be nothing told of it: too few chose.
    """

    access = Roles(append=False, also={"select": (ROLLUPS, *READERS), "insert": (ROLLUPS,)})

    id = models.UUIDField(primary_key=True)
    year = models.PositiveIntegerField()
    statement = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "statement"], name="success_told_once"),
            models.CheckConstraint(
                condition=models.Q(statement="", number__isnull=True)
                | models.Q(statement__gt="", number__gte=5),
                name="success_told_of_no_few",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.year}"


def sentences() -> list[tuple[str, str]]:
    """The sentences one may choose among, then the one that is always there."""
    return [*regions.choices(STATEMENTS), (NOT_SAID, str(PREFERS_NOT))]


def sentence_of(code: str) -> str:
    """One of them."""
    return str(PREFERS_NOT) if code == NOT_SAID else regions.label(STATEMENTS, code)
