"""How does a thing move from one state to the next? One table of moves, one function."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import ClassVar, Final, TypeVar

from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.errors import WrongState


class StatusRow(models.Model):
    """The one row of a thing that changes; its content stands elsewhere and never changes.

    A row that may be locked needs an UPDATE policy, and content must not have one: so status and
    content are separate tables (design §4).
    """

    MOVES: ClassVar[Mapping[str, Set[str]]]
    # Whether the database holds it to these moves too, whoever asks.
    HELD_TO_MOVES: ClassVar[bool] = False
    BEGINS: ClassVar[Set[str]] = frozenset()  # where it may begin; empty: at its first state

    status = models.CharField(max_length=32)
    status_by = models.UUIDField()
    status_at = models.DateTimeField()

    class Meta:
        abstract = True


R = TypeVar("R", bound=models.Model)
HAS_CHANGED: Final = _("This has changed since the page was shown. Look at it again.")


def lock(rows: models.QuerySet[R]) -> R:
    """The one row, held until the end of the transaction.

    Raises WrongState when it is out of reach: the page found it, somebody has taken it since.
    """
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise WrongState(HAS_CHANGED)
    return row


def move(row: StatusRow, status: str, *, by: Actor, at: datetime, **also: object) -> None:
    """Move to `status` and stamp who and when; the only function that changes a status.

    `also` is written with it (a coded reason). Raises WrongState when the table of moves does not
    hold the move, or when the row went out of reach while we waited for it: whoever held it may
    have taken it away from us in the same breath.
    """
    if status not in row.MOVES[row.status]:
        raise WrongState(HAS_CHANGED)
    said = {"status": status, "status_by": by.user_id, "status_at": at, **also}
    for name, value in said.items():
        setattr(row, name, value)
    try:
        row.save(update_fields=list(said))
    except DatabaseError as refusal:
        if refusal.__cause__ is not None:  # the database's own; Django's «no row» has no cause
            raise
        raise WrongState(HAS_CHANGED) from refusal
