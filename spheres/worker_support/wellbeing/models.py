"""What is kept of how a worker is? What she answered, for herself alone, for a year."""

from __future__ import annotations

import json
from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import Own
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY
from spheres.vault.models import Kind, Lockable, LockedText

# Those who hear what young people live through, and those who lead them.
ANSWERING: Final = (
    Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST, Role.TEAM_LEAD,
)  # fmt: skip
A_YEAR_AGO: Final = "(select access.moment()) - interval '12 months'"
OF_THIS_YEAR: Final = f"written_at > {A_YEAR_AGO}"
OLDER: Final = f"written_at <= {A_YEAR_AGO}"


class CheckIn(Lockable):
    """What a worker answered about herself: read by her alone, and counted by nobody.

    It hangs on no file and names nobody. She erases it when she likes; after twelve months nobody
    reads it any more, and the night destroys it. It goes, too, when she leaves the organisation.
    """

    KIND: ClassVar[Kind] = Kind.OWN
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Own(
        adds=OF_MY_STAY,
        opens=f"{OF_MY_STAY} and {OF_THIS_YEAR}",
        dated="written_at",
        remove=True,
        also={"select": (EXPIRY,), "delete": (EXPIRY,)},
        also_if={"select": OLDER, "delete": OLDER},
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    steps = LockedText()  # which step for which statement, all under lock
    words = LockedText()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-written_at"], name="wellbeing_newest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.stay_id

    @property
    def said(self) -> dict[str, int]:
        """The step of each statement that was answered, once the vault has opened it."""
        said: dict[str, int] = json.loads(self.opened.steps)
        return said
