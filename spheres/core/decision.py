"""May this be done? Yes, or no with the reason to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spheres.core.errors import NotAllowed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Decision:
    """One answer serves three uses: `if decision`, `.or_raise()`, `.reason` under a button."""

    allowed: bool
    reason: str | _StrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Stop the action here when the answer is no. Raises NotAllowed with the reason."""
        if not self.allowed:
            raise NotAllowed(self.reason)


def yes() -> Decision:
    return Decision(allowed=True)


def no(reason: str | _StrPromise) -> Decision:
    return Decision(allowed=False, reason=reason)
