"""How does a thing move from one state to the next? One table of moves, one function."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.errors import WrongState


class StatusRow(models.Model):
    """The one row of a thing that changes; its content stands elsewhere and never changes.

    A row that may be locked needs an UPDATE policy, and content must not have one: so status and
    content are separate tables (design §4).
    """

    MOVES: ClassVar[Mapping[str, Set[str]]]

    status = models.CharField(max_length=32)
    status_by = models.UUIDField()
    status_at = models.DateTimeField()

    class Meta:
        abstract = True


def move(row: StatusRow, status: str, *, by: Actor, at: datetime) -> None:
    """Move to `status` and stamp who and when; the only function that changes a status.

    Raises WrongState when the table of moves does not hold the move.
    """
    if status not in row.MOVES[row.status]:
        raise WrongState(_("This has changed since the page was shown. Look at it again."))
    row.status = status
    row.status_by = by.user_id
    row.status_at = at
    row.save(update_fields=["status", "status_by", "status_at"])
