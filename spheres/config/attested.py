"""What does a region's folder say of who was trained, in its demonstration?

Said by one person of the coordination, on the day after each training: of people who work in the
programme, and of some from outside, who are as invented as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.attestations import actions
from spheres.training.attestations.models import OUTSIDE
from spheres.training.catalogue.models import Language

FIRST_DAY, LAST_DAY = -1000, -2
NOON: Final = time(12, 0)


@dataclass(frozen=True)
class TrainedSaid:
    """Somebody, a topic, a day; `person` of the programme, or a name and where it works."""

    topic: str
    day: int
    person: str = ""
    name: str = ""
    organisation: str = ""
    environment: str = ""
    language: str = "fr"

    @property
    def key(self) -> str:
        return f"{self.person or self.name} {self.topic} {self.day}"


@dataclass(frozen=True)
class Said:
    """Who says it, and what."""

    by: str = ""
    trained: tuple[TrainedSaid, ...] = ()


def check(parts: list[Part], said: Mapping[str, Any]) -> Said:
    """Of this region's people and topics."""
    if not parts:
        return Said()
    people = {person.slug for person in said.get("people", [])}
    topics = {row.slug for row in said.get("topics", [])}
    it = parts[0].fields("by", "people", "outside")
    trained = []
    for one in it["people"].items():
        of = one.fields("who", "topics")
        for slug in of["who"].choices(people):
            trained += [
                TrainedSaid(topic, day, person=slug) for topic, day in _days(of["topics"], topics)
            ]
    for one in it["outside"].items():
        of = one.fields("name", "organisation", "environment", "language", "topics")
        who = {
            "name": of["name"].text(most=120),
            "organisation": of["organisation"].text(most=120),
            "environment": of["environment"].code(),
            "language": of["language"].choice(Language.values),
        }
        trained += [TrainedSaid(topic, day, **who) for topic, day in _days(of["topics"], topics)]
    return Said(it["by"].choice(people), tuple(trained))


def _days(part: Part, topics: set[str]) -> list[tuple[str, int]]:
    found = []
    for topic, day in part.any_fields().items():
        if topic not in topics:
            day.fault(_("no topic has this name"))
        found.append((topic, day.number(FIRST_DAY, LAST_DAY)))
    return found


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once everybody works there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each, the oldest first; played already, it stands."""
    said: Said = loading.said.get("attested", Said())
    for each in sorted(said.trained, key=lambda one: (one.day, one.key)):
        attestation_id = loading.id("attestation", each.key)
        playing.once(attestation_id, partial(_attest, loading, said.by, each, attestation_id))


def _attest(loading: Loading, slug: str, each: TrainedSaid, attestation_id: UUID) -> None:
    by, at = playing.actor_of(loading, slug), playing.moment_of(loading, each.day + 1, NOON)
    shown = actions.Shown(
        each.topic,
        playing.day_of(loading, each.day),
        each.language,
        loading.id("person", each.person) if each.person else OUTSIDE,
        each.name,
        each.organisation,
        each.environment,
    )
    with clock.at(at), context.acting_as(by):
        actions.attest(attestation_id, shown, by=by, at=at)


SECTION: Final = Section(
    name="attested",
    file="attested.yaml",
    title=gettext_lazy("Who was trained, and in what"),
    check=check,
    plan=plan,
    apply=apply,
)
