"""Who may go on reading today, past the number of files at which reading stops?"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.sharing.rules import LIFTERS
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

HERE = "organisation_id = (select access.organisation())"


class Lifted(Lockable):
    """A colleague lets somebody go on, for that day, and says why: never oneself.

    The reason is locked with the key of whoever said it; the privacy officer reads it.
    """

    KIND: ClassVar[Class] = Class.ACCOUNT
    access = Roles(
        also={"select": (Role.PRIVACY_OFFICER,), "insert": tuple(sorted(LIFTERS))},
        also_if={
            "select": HERE,
            "insert": f"{HERE} and lifted_by = (select access.actor()) "
            "and lifted_at = (select access.moment()) and lifted_on = (select access.today()) "
            "and user_id = any((select access.stopped_today())::uuid[])",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    lifted_on = models.DateField()
    lifted_by = models.UUIDField()
    lifted_at = models.DateTimeField()
    reason = LockedText()

    class Meta:
        indexes = [models.Index(fields=["user_id", "lifted_on"], name="sharing_lifted_who")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.lifted_by
