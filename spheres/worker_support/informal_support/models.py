"""What is kept of support between colleagues? A line for whoever writes it, a number a quarter."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import Own, Roles
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY
from spheres.vault.models import Kind, Lockable, LockedText

# Counts a quarter that is over, once and for good.
ROLLUPS: Final = "service:rollups"
# Who is told how many, all partners together: a number, and nothing else.
TOLD: Final = (Role.COORDINATOR.value, Role.RESEARCH_OFFICER.value)


class SupportLine(Lockable):
    """A support that was asked for or given on the way: read by whoever wrote it, and by nobody
    else.

    It names nobody: neither whom one accompanies, nor the colleague. Its author erases it when she
    likes; after the region's delay the night does, and it goes when she leaves.
    """

    KIND: ClassVar[Kind] = Kind.OWN
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    KEEP: ClassVar[str] = "informal_support"  # code of the region's retention rule
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
    said = LockedText()  # the day, the kind, the theme and a sentence, all under lock
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-written_at"], name="informal_support_newest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.stay_id


class SupportCount(models.Model):
    """How many lines were written in a quarter, all partners together: counted once it is over.

    It never changes, so that two days of reading are never compared to find who erased; nobody
    reads it but through the function that looks whether enough of those people's lines still stand.
    """

    access = Roles(append=False, also=dict.fromkeys(("select", "insert"), (ROLLUPS,)))

    id = models.UUIDField(primary_key=True)
    starts_on = models.DateField(unique=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.starts_on)
