"""Who was reached by trainings, from where and when? Folders say it, unknown to who counts it.

Nothing here carries a name: a person and an organisation are keys, the same from one line to
another, that serve to count each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor

ENVIRONMENTS: Final = "environments"  # the region’s vocabularies
REGIONS: Final = "administrative_regions"


@dataclass(frozen=True)
class Attended:
    """One person, one topic, one day. What is not known is empty; `id` is
    that of the attestation, under which another folder may say what this one does not know."""

    id: UUID
    person: str
    organisation: str
    on: date
    is_ours: bool = False  # somebody who works in the programme
    environment: str = ""
    region: str = ""


Telling = Callable[..., Iterable[Attended]]
Placing = Callable[..., Mapping[UUID, tuple[str, str]]]
_telling: list[Telling] = []
_placing: list[Placing] = []


def tell(what: Telling) -> None:
    """Register `what(actor=…)`: all that this person may read of who came to trainings."""
    _telling.append(what)


def place(what: Placing) -> None:
    """Register `what(actor=…)`: from which environment and region, by attestation. It completes
    what is not known of those who are told, and adds nobody."""
    _placing.append(what)


def attended(*, actor: Actor) -> list[Attended]:
    """What every folder says, each attestation once."""
    found = {one.id: one for what in _telling for one in what(actor=actor)}
    for what in _placing:
        for pk, (environment, region) in what(actor=actor).items():
            if stands := found.get(pk):
                found[pk] = replace(
                    stands,
                    environment=stands.environment or environment,
                    region=stands.region or region,
                )
    return list(found.values())
