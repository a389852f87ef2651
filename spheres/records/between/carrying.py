"""What may a person take along to another programme, and which folder says how it stands?

Each thing is registered once, by the folder that keeps it. A note is never one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.vault.models import Lockable

PAGE, NET, STEPS = "PAGE", "NET", "STEPS"
ALL: Final = (PAGE, NET, STEPS)


@dataclass(frozen=True)
class Carried:
    """Rows to open; then how they read, a line for each thing."""

    rows: Sequence[Lockable]
    say: Callable[[], list[str]]


_kept: dict[str, Callable[..., Carried]] = {}


def keep(code: str, find: Callable[..., Carried]) -> None:
    """Register `find(file_id, actor=…, since=…)` for one of these."""
    if code not in ALL:
        raise ValueError(f"{code} is not taken along.")
    _kept[code] = find


def chosen(
    codes: Collection[str], file_id: UUID, *, actor: Actor, since: datetime | None
) -> dict[str, Carried]:
    """Those that were picked, still locked, in their order.

    Of whoever came back, what was written before (`since`) stays closed, as in the file.
    """
    return {
        code: _kept[code](file_id, actor=actor, since=since)
        for code in ALL
        if code in codes and code in _kept
    }
