"""What took place with each outside organisation? Folders say it, unknown to whoever gathers it.

No list of organisations is kept anywhere: each folder says a name as it was written, and two names
that differ by capitals or spaces are one. Nothing here names a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spheres.core.actor import Actor
from spheres.ui import addresses


@dataclass(frozen=True)
class Engaged:
    """One thing that took place with an outside organisation, or that it asked for."""

    id: UUID
    organisation: str
    environment: str  # a code of the region’s vocabulary; empty when it was not said
    on: date
    what: str
    url: str = ""
    people: int = 0
    is_to_come: bool = False


Telling = Callable[..., Iterable[Engaged]]
_telling: list[Telling] = []
_requesting: list[str] = []


def tell(what: Telling) -> None:
    """Register `what(actor=…)`: all that this person may read of what took place with others."""
    _telling.append(what)


def ask_training_at(url_name: str) -> None:
    """Register the page where a request for training begins with what is known of who asks."""
    _requesting[:] = [url_name]


def alike(organisation: str) -> str:
    """What two ways of writing one name have in common."""
    return " ".join(organisation.casefold().split())


def find(engaged_id: UUID, *, actor: Actor) -> Engaged | None:
    """One thing that took place, even where no organisation was named; None when this person knows
    of no such thing."""
    every = (one for what in _telling for one in what(actor=actor))
    return next((one for one in every if one.id == engaged_id), None)


def engaged(*, actor: Actor) -> list[Engaged]:
    """What every folder says of an organisation that has a name, the newest first."""
    found = [one for what in _telling for one in what(actor=actor) if alike(one.organisation)]
    return sorted(found, key=lambda one: (one.on, str(one.id)), reverse=True)


def request_begun_with(engaged_id: UUID) -> str:
    """The address of a request for training that begins with this; empty when nobody takes any."""
    return addresses.to(_requesting[0], engaged_id) if _requesting else ""
