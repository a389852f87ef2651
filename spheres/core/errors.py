"""What can stop an action for a reason a person should read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


READ_ONLY: Final = "25006"  # a replica, or a server put in read-only mode


class Refusal(Exception):
    """A refusal with a sentence for the reader; never a stack trace."""

    def __init__(self, reason: str | _StrPromise = "") -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """Visible, but not for this person or not now: page 403 with the reason."""


class WrongState(Refusal):
    """The thing has moved on since the page was shown: page 409 with the reason."""


def is_away(error: BaseException | None) -> bool:
    """True when the database is gone, full, or can only be read: nothing of ours is broken."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return getattr(error.__cause__, "sqlstate", "") == READ_ONLY if error else False


class NoContext(RuntimeError):
    """Somebody reads or writes without a signed context: a bug, shouted, never an empty list."""
