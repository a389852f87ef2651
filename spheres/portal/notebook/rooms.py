"""Which rooms does her notebook have beside the first screen, and what of them goes with a code?
Each folder of the area brings its own, when the house is ready; the first screen knows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.portal.notebook import queries
from spheres.portal.notebook.policy import KINDS, READ_THERE
from spheres.sharing.inside import Inside
from spheres.sharing.models import Notebook
from spheres.sharing.rules import PLAN, STEPS


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


def add_ours() -> None:
    """Those of the notebook itself; first of all, when she meets her worker."""
    add(Room("meetings", _("My next appointments"), "notebook:meetings", "calendar", 10, _always))
    add(Room("read", _("My words, my plan"), "notebook:read", "book", 20, _reads))
    add(Room("write", _("Write"), "notebook:write", "write", 30, _writes))
    add(Room("word", _("A word for my worker"), "notebook:word", "message", 40, _always))
    answers_wait(_("what I left"), "notebook:word", queries.unread)


@dataclass(frozen=True)
class Waits:
    """Answers that she has not read yet: to what, in neutral words, where they are, how many."""

    label: Any
    url_name: str
    number: int


_waits: list[tuple[Any, str, Callable[[Inside], int]]] = []


def answers_wait(label: Any, url_name: str, unread: Callable[[Inside], int]) -> None:
    """Register where answers wait for her, and how many of them she has not read."""
    _waits.append((label, url_name, unread))


def waits(inside: Inside) -> list[Waits]:
    """What the first screen says of them: a number, and nothing of what they answer."""
    found = [Waits(label, url_name, unread(inside)) for label, url_name, unread in _waits]
    return [one for one in found if one.number]


_forgets: list[Callable[[UUID], None]] = []


def goes_with_code(forget: Callable[[UUID], None]) -> None:
    """Register what the code before alone opened: it is destroyed when another one is given."""
    _forgets.append(forget)


def forget_with_code(file_id: UUID) -> None:
    """Another code is given: the doorkeeper destroys what nothing opens any more."""
    for forget in _forgets:
        forget(file_id)


def _always(_inside: Inside) -> bool:
    return True


def _reads(inside: Inside) -> bool:
    return inside.level != Notebook.Level.PRACTICAL and any(
        inside.allows(*KINDS[kind]) for kind in READ_THERE
    )


def _writes(inside: Inside) -> bool:
    return inside.writes and inside.allows(PLAN, STEPS)


def rooms(inside: Inside) -> list[Room]:
    """Those that are open to her now."""
    return sorted((one for one in _rooms if one.shown(inside)), key=lambda one: one.order)
