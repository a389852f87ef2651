"""What can stop an action for a reason a person should read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, InterfaceError, OperationalError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


READ_ONLY: Final = "25006"  # a replica, or a server put in read-only mode
REFUSED: Final = "42501"
# Where PostgreSQL checks a new row against its policies. Its sentence depends on the server's
# language; this does not, and no refusal of ours, nor a missing grant, ever comes from there.
CHECKS_ROWS: Final = "ExecWithCheckOptions"
NO_KEY: Final = "not yours to lock"  # our own words, in `sharing/minting.py`
READING_STOPPED: Final = "SPCAP"  # a code of ours, raised in `sharing/watching.py`
NOT_CLEARED: Final = "SPCLR"  # another, raised in `sharing/clearing.py`


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


def is_row_refused(error: BaseException) -> bool:
    """True when row security refused a new row, or what a row was to become; nothing else.

    A context that is missing, forged or expired has the same code, and is a bug: never this.
    """
    said = getattr(error.__cause__, "diag", None)
    return said is not None and (said.sqlstate, said.source_function) == (REFUSED, CHECKS_ROWS)


def is_key_refused(error: BaseException) -> bool:
    """True when the first text of these may not be locked by whoever asked."""
    said = getattr(error.__cause__, "diag", None)
    return said is not None and (said.sqlstate, said.message_primary) == (REFUSED, NO_KEY)


def is_reading_stopped(error: DatabaseError) -> bool:
    """True when so many files were opened that day that no other one opens."""
    return getattr(error.__cause__, "sqlstate", "") == READING_STOPPED


def is_not_cleared(error: BaseException) -> bool:
    """True when a file was to be given to somebody whose clearance does not stand."""
    return getattr(error.__cause__, "sqlstate", "") == NOT_CLEARED


class NoContext(RuntimeError):
    """Somebody reads or writes without a signed context: a bug, shouted, never an empty list."""
