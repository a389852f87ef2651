"""What is kept of where a worker stands? Her steps, for herself; what was told of all together."""

from __future__ import annotations

import json
from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own, Roles
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY
from spheres.vault.models import Kind, Lockable, LockedText

ROLLUPS: Final = "service:rollups"  # tells each half-year that is over, once and for good
# Those who accompany people, those who lead them, and those who support them.
LOOKING: Final = (
    Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST, Role.TEAM_LEAD,
    Role.COORDINATOR, Role.CONSULTANT,
)  # fmt: skip
# Who reads what all said together, when enough did.
TOLD: Final = (Role.COORDINATOR.value, Role.RESEARCH_OFFICER.value)


class Step(models.IntegerChoices):
    """How one does it today: a word, never a mark."""

    DISCOVERING = 1, _("I am discovering it")
    SUPPORTED = 2, _("I do it with somebody beside me")
    AT_EASE = 3, _("I do it at ease")
    PASSING_ON = 4, _("I can pass it on")


class Share(models.TextChoices):
    """How many do it at ease, in words: no number leaves the database."""

    FEW = "FEW", _("A few")
    SOME = "SOME", _("Some")
    HALF = "HALF", _("About half")
    MANY = "MANY", _("Many")
    MOST = "MOST", _("Most")


class CompetencyLook(Lockable):
    """Where a worker says that she stands: her steps and her words are read by her alone.

    If she agrees, and only then, her steps are counted with those of at least seven others, once
    the half-year is over. She erases it when she likes; after the region's delay the night does,
    and it goes when she leaves.
    """

    KIND: ClassVar[Kind] = Kind.OWN
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    KEEP: ClassVar[str] = "competencies"  # code of the region's retention rule
    access = Own(
        adds=f"{OF_MY_STAY} and (select access.is_staff())",
        opens=OF_MY_STAY,
        dated="written_at",
        remove=True,
        also={"select": (EXPIRY,), "delete": (EXPIRY,)},
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    steps = LockedText()  # which step for which sentence
    words = LockedText()
    # The sentences that she does at ease, and the others: only when she agrees that they count.
    at_ease = ArrayField(models.CharField(max_length=32), default=list)
    not_yet = ArrayField(models.CharField(max_length=32), default=list)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-written_at"], name="competencies_newest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.stay_id

    @property
    def said(self) -> dict[str, int]:
        """The step of each sentence that was answered, once the vault has opened it."""
        said: dict[str, int] = json.loads(self.opened.steps)
        return said

    @property
    def counts(self) -> bool:
        """Whether she agreed that it counts."""
        return bool(self.at_ease or self.not_yet)


class CompetencyTold(models.Model):
    """Of one sentence in one half-year, how many do it at ease: told once, when it is over.

    It never changes, so that nobody is found by comparing two days; it is read through the function
    that looks whether answers of enough people still stand. Its service alone reads the row.
    """

    access = Roles(append=False, also=dict.fromkeys(("select", "insert"), (ROLLUPS,)))

    id = models.UUIDField(primary_key=True)
    starts_on = models.DateField()
    code = models.CharField(max_length=32)
    share = models.CharField(max_length=4, choices=Share)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["starts_on", "code"], name="competencies_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.starts_on}"
