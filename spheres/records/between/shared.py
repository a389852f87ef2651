"""What does a partner read of a section that a person shares? Each folder says it of its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between.places import Locked

_beside: list[Callable[..., Locked]] = []
_to_partner: dict[str, Callable[..., Locked]] = {}


def show_to_partner(section: str, find: Callable[..., Locked]) -> None:
    """Register `find(file_id, actor=…)`: a section as a partner reads it, when the lines of her
    plan do not say it whole. Its lines are those of `on_paper`, or its template.

    Without a way to write, nor to a page of the file: those serve another purpose.
    """
    if _to_partner.setdefault(section, find) is not find:
        raise ValueError(f"Two folders show {section!r} to partners.")


def shown_to_partner(section: str, file_id: UUID, *, actor: Actor) -> Locked | None:
    """The same, of one section; None when its lines are those of her plan."""
    find = _to_partner.get(section)
    return find(file_id, actor=actor) if find else None


def stand_beside(find: Callable[..., Locked]) -> None:
    """Register `find(file_id, consent_id, actor=…)`: what a partner reads beside what is shared."""
    _beside.append(find)


def beside(file_id: UUID, consent_id: UUID, *, actor: Actor) -> list[Locked]:
    """All of it, still locked: it is opened with the page, in its one event."""
    return [find(file_id, consent_id, actor=actor) for find in _beside]
