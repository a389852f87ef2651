"""What is kept of a good word? Who says it to whom, and the word: for the two alone."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY, works_there
from spheres.vault.models import Kind, Lockable, LockedText

EVERYBODY: Final = tuple(sorted(Role.values))
ME: Final = "(select access.actor())"
IS_EXPIRY: Final = f"(select access.holds('{{{EXPIRY}}}'))"
BY_ME: Final = f"(written_by = {ME} and {OF_MY_STAY})"
TO_ME: Final = f"(to_user_id = {ME} and to_organisation_id = (select access.organisation()))"
# To somebody who works there at this moment.
WORKS_THERE: Final = works_there("to_user_id", "to_organisation_id")


class GoodWord(Lockable):
    """A word of thanks, or of what helped, from one colleague to another: the two read it, and
    nobody else whatever their role. Either erases it; no appraisal, figure nor report uses it.

    It has a key of its own. Whoever leaves reads it no more; after the region's delay it is gone.
    """

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True
    KEEP: ClassVar[str] = "appreciation"  # code of the region's retention rule
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY),
            "insert": EVERYBODY,
            "delete": (*EVERYBODY, EXPIRY),
        },
        also_if={
            "select": f"true = any(array[{BY_ME}, {TO_ME}, {IS_EXPIRY}])",
            "insert": f"{BY_ME} and {WORKS_THERE}",
            "delete": f"true = any(array[{BY_ME}, {TO_ME}, {IS_EXPIRY}])",
        },
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)
    written_by = models.UUIDField()
    stay_id = models.UUIDField()  # of whoever writes it
    to_user_id = models.UUIDField()
    to_organisation_id = models.UUIDField()
    written_at = models.DateTimeField()
    text = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(written_by=F("to_user_id")), name="appreciation_between_two"
            )
        ]
        indexes = [models.Index(fields=["to_user_id"], name="appreciation_to_whom")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id
