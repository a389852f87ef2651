"""What does a region's folder say of how its partners looked at themselves, in its demonstration?

Played once the people are there: each says, on a day, where their organisation stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.partners.self_assessment import actions
from spheres.partners.self_assessment.models import StatementSet, Step
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY, LAST_DAY = -1000, -1


@dataclass(frozen=True)
class AssessedSaid:
    """Where one organisation stands: by whom, when, a step for each statement, what it will do."""

    by: str
    day: int
    steps: Mapping[str, int]
    will_do: str


def check(parts: list[Part], said: Mapping[str, Any]) -> list[AssessedSaid]:
    people = {person.slug: person for person in said.get("people", [])}
    codes = [
        one["code"]
        for each in said.get("self_assessment", [])
        for one in each.definition["statements"]
    ]
    return [_assessed(one, people, codes) for one in (parts[0].items() if parts else [])]


def _assessed(part: Part, people: Mapping[str, Any], codes: list[str]) -> AssessedSaid:
    it = part.fields("by", "day", "steps", optional=("will_do",))
    steps = [one.number(0, Step.FULLY) for one in it["steps"].items()]
    if len(steps) != len(codes):
        it["steps"].fault(_("write as many steps as there are statements."))
    return AssessedSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        dict(zip(codes, steps, strict=False)),
        it["will_do"].text() if "will_do" in it else "",
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each, one after the other; played already, it stands."""
    for number, each in enumerate(loading.said.get("assessed", [])):
        playing.once(
            loading.id("assessed itself", str(number)), partial(_play, loading, each, number)
        )


def _play(loading: Loading, each: AssessedSaid, number: int) -> None:
    by = playing.actor_of(loading, each.by)
    at = playing.moment_of(loading, each.day, time(10, 0))
    with clock.at(at), context.acting_as(by):
        asks = StatementSet.objects.get(is_offered=True)
        said_id = loading.id("where we stand", str(number))
        actions.assess(said_id, asks, steps=each.steps, will_do=each.will_do, by=by, at=at)


SECTION: Final = Section(
    name="assessed",
    file="assessed.yaml",
    title=gettext_lazy("Where partners said they stand"),
    check=check,
    plan=plan,
    apply=apply,
)
