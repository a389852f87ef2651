"""What was typed outside, from which a page of the house begins?

Whoever keeps what was typed registers how one text is found and taken away; the page that it
becomes registers its address and who writes there. Neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.ui import addresses

NAMED: Final = "typed"  # what an address calls the text it begins from


@dataclass(frozen=True)
class Typed:
    """One text: the number it had, which the record keeps, so that it is written once; and its
    values, as the form of that page takes them."""

    id: UUID
    values: Mapping[str, object]


Find = Callable[..., Typed | None]
TakeAway = Callable[..., object]
_keeping: list[tuple[Find, TakeAway]] = []
_beginning: list[tuple[str, Callable[[Actor], Decision]]] = []


def keep(find: Find, take_away: TakeAway) -> None:
    """Register `find(entry_id, actor=…)`, and `take_away(entry_id, by=…)` for what was placed."""
    _keeping[:] = [(find, take_away)]


def begin_at(url_name: str, may_write: Callable[[Actor], Decision]) -> None:
    """Register the page that a text becomes, and who writes there."""
    _beginning[:] = [(url_name, may_write)]


def page_of(entry_id: UUID, *, actor: Actor) -> str:
    """The address of the page that begins from this text; empty when this person has none."""
    for url_name, may_write in _beginning:
        if may_write(actor):
            return f"{addresses.to(url_name)}?{NAMED}={entry_id}"
    return ""


def typed(sent: str, *, actor: Actor) -> Typed | None:
    """What this page begins from, when its address names it and it is this person’s."""
    try:
        entry_id = UUID(sent)
    except ValueError:
        return None
    return next((find(entry_id, actor=actor) for find, _gone in _keeping), None)


def placed(entry_id: UUID, *, by: Actor) -> None:
    """It is written: what was typed is taken away. Nothing, when it was before."""
    for _find, take_away in _keeping:
        take_away(entry_id, by=by)
