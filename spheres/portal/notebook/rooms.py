"""Which rooms does her notebook have beside the first screen? Each folder of the area brings its
own, when the house is ready; the first screen knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spheres.sharing.inside import Inside


@dataclass(frozen=True)
class Room:
    """One way from the first screen: few words, an icon, where it leads, in what order.

    `shown(inside)` says whether what she allowed opens it now.
    """

    slug: str
    label: Any
    url_name: str
    icon: str
    order: int
    shown: Callable[[Inside], bool]
    lead: Any = ""


_rooms: list[Room] = []


def add(room: Room) -> None:
    """Register one more room."""
    if room.slug in {one.slug for one in _rooms}:
        raise ValueError(f"Two rooms of the notebook are called {room.slug}.")
    _rooms.append(room)


def rooms(inside: Inside) -> list[Room]:
    """Those that are open to her now."""
    return sorted((one for one in _rooms if one.shown(inside)), key=lambda one: one.order)
