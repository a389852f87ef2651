"""Why was a file opened exceptionally? In the words of whoever opened it; which, the rules keep.

That it was opened, by whom, on which ground and what its review said is a row of the rule table
(`sharing.ExceptionalAccess`); here is what was written of it, which names nobody.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from spheres.core.words import Roles
from spheres.sharing.rules import REVIEWERS, WORKERS
from spheres.vault.models import Kind, Lockable, LockedText

KNOWN = "id = any((select access.opened_exceptionally())::uuid[])"
OF_HER_OPENINGS = "t.id in (select e.id from sharing_exceptionalaccess e where e.file_id = {owner})"


class Reason(Lockable):
    """What whoever opened it saw or heard. Locked with that worker’s own key; it goes with it.

    Read by its author, and by those of the organisation who review what was opened.
    """

    KIND: ClassVar[Kind] = Kind.ACCOUNT
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, OF_HER_OPENINGS)
    access = Roles(
        also={
            "select": tuple(sorted(WORKERS | REVIEWERS)),
            "insert": tuple(sorted(WORKERS)),
        },
        also_if={
            "select": KNOWN,
            "insert": f"user_id = (select access.actor()) and {KNOWN}",
        },
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the access
    user_id = models.UUIDField()
    text = LockedText()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.user_id


class Extension(Lockable):
    """Why it went on for an hour more, in the words of the second person, under their own key.

    Read by those who review, and by whoever opened it.
    """

    KIND: ClassVar[Kind] = Kind.ACCOUNT
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, OF_HER_OPENINGS)
    access = Roles(
        also={
            "select": tuple(sorted(WORKERS | REVIEWERS)),
            "insert": tuple(sorted(REVIEWERS)),
        },
        also_if={
            "select": KNOWN,
            "insert": f"user_id = (select access.actor()) and {KNOWN} "  # noqa: S608 -- ours
            "and exists (select from sharing_exceptionalaccess e "
            "where e.id = exceptional_extension.id and e.extended_by = (select access.actor()))",
        },
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the access
    user_id = models.UUIDField()
    text = LockedText()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.user_id
