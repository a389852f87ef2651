"""Who was reached by trainings, from where and when? Folders say it, unknown to who counts it.

Nothing here carries a name: a person and an organisation are keys, the same from one line to
another, that serve to count each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor

ENVIRONMENTS: Final = "environments"  # the region’s vocabularies
REGIONS: Final = "administrative_regions"


@dataclass(frozen=True)
class Attended:
    """One person, one topic, one day. What is not known is empty; two folders that speak of one
    attestation give it the same `id`, and what one does not know, the other may say."""

    id: UUID
    person: str
    organisation: str
    on: date
    is_ours: bool = False  # somebody who works in the programme
    environment: str = ""
    region: str = ""


Telling = Callable[..., Iterable[Attended]]
_telling: list[Telling] = []


def tell(what: Telling) -> None:
    """Register `what(actor=…)`: all that this person may read of who came to trainings."""
    _telling.append(what)


def attended(*, actor: Actor) -> list[Attended]:
    """What every folder says, each attestation once."""
    found: dict[UUID, Attended] = {}
    for what in _telling:
        for one in what(actor=actor):
            stands = found.get(one.id, one)
            found[one.id] = replace(
                stands,
                environment=stands.environment or one.environment,
                region=stands.region or one.region,
            )
    return list(found.values())
