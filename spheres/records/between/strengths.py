"""Where does another tool put a strength that she found? In the one folder that keeps them.

An activity, or whatever comes, hands over a line in her words; it does not know who keeps it, and
where nobody keeps strengths it offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor

_keepers: list[tuple[Callable[..., None], Callable[..., set[UUID]]]] = []


def kept_by(keep: Callable[..., None], kept: Callable[..., set[UUID]]) -> None:
    """Register `keep(file_id, line, of=…, pen=…, by=…, at=…)`, and `kept(of, actor=…)`."""
    if _keepers:
        raise ValueError("Strengths are kept in one place already.")
    _keepers.append((keep, kept))


def are_kept() -> bool:
    """Whether a folder keeps them."""
    return bool(_keepers)


def keep(file_id: UUID, line: str, *, of: UUID, pen: str, by: Actor, at: datetime) -> None:
    """Keep a line that she found in what `of` names; the same, said twice, is kept once."""
    for found, _kept in _keepers:
        found(file_id, line, of=of, pen=pen, by=by, at=at)


def kept(of: Collection[UUID], *, actor: Actor) -> set[UUID]:
    """In which of these a strength was found that is kept already."""
    return {one for _keep, found in _keepers for one in found(of, actor=actor)}
