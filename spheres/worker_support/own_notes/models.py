"""What does a worker keep for herself alone? A memory aid, a thought for supervision."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import Own
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY, OF_NO_HELD_STAY
from spheres.vault.models import Kind, Lockable, LockedText

# Psychotherapists are not among them: all that one writes of a person is of the sealed file.
WRITING: Final = (
    Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.TEAM_LEAD, Role.COORDINATOR,
    Role.CONSULTANT,
)  # fmt: skip
# Put away by her author, until the night; kept, unread, as long as a hold lasts.
PUT_AWAY = "id = any(array(select p.id from own_notes_putaway p))"
NOT_PUT_AWAY = "id <> all(array(select p.id from own_notes_putaway p))"


class OwnNote(Lockable):
    """Written by a worker for herself: read by her alone, and hung on nobody's file.

    It names nobody: a pseudonym, if she wants one. It is never changed, only put away and written
    anew; it goes when she leaves the organisation.
    """

    KIND: ClassVar[Kind] = Kind.OWN
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Own(
        adds=f"{OF_MY_STAY} and written_at = (select access.moment()) "
        f"and (select access.holds('{{{','.join(WRITING)}}}'))",
        opens=f"{OF_MY_STAY} and {NOT_PUT_AWAY}",
        also={"select": (EXPIRY,), "delete": (EXPIRY,)},
        also_if={"select": PUT_AWAY, "delete": f"{PUT_AWAY} and {OF_NO_HELD_STAY}"},
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    pseudonym = LockedText()
    text = LockedText()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "-written_at"], name="own_notes_newest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.stay_id


class PutAway(models.Model):
    """Her author is done with a note: she reads it no more, and the night destroys it."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Own(
        adds=f"{OF_MY_STAY} and put_away_at = (select access.moment())",
        also={"select": (EXPIRY,), "delete": (EXPIRY,)},
        also_if={"delete": OF_NO_HELD_STAY},
    )

    id = models.UUIDField(primary_key=True)  # that of the note
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    put_away_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
