"""What does a region's folder say of reflection rounds, in its demonstration?

Played once its committees met: each round is opened, answered by so many, and told when it is over.
Who answers stands apart from what was answered, in the file as in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.partners.rounds import actions
from spheres.partners.rounds.actions import Heard, Opened
from spheres.partners.rounds.models import QuestionSet, ReflectionRound
from spheres.records.anonymous.questions import STEPS
from spheres.records.between import occasions
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY, LAST_DAY = -1000, -1
LONGEST: Final = 90
MORNING: Final = time(9, 0)


@dataclass(frozen=True)
class RoundSaid:
    """One round: what it asks of whom, how many answered what, and what was heard."""

    asks: str
    by: str
    day: int
    lasts: int
    of: tuple[str, ...]
    rides: bool
    answered_by: tuple[str, ...]
    steps: Mapping[str, tuple[int, ...]]
    remarks: Mapping[str, tuple[str, ...]]
    heard: tuple[Heard, ...]


def check(parts: list[Part], said: Mapping[str, Any]) -> list[RoundSaid]:
    """Each round, of this region's sets, people and organisations."""
    people = {person.slug: person for person in said.get("people", [])}
    places = {one.slug for one in said.get("organisations", [])}
    sets = {one.slug: one.definition for one in said.get("reflections", [])}
    return [_round(one, people, places, sets) for one in (parts[0].items() if parts else [])]


def _round(
    part: Part, people: Mapping[str, Any], places: set[str], sets: Mapping[str, Any]
) -> RoundSaid:
    it = part.fields(
        "set", "by", "day", "lasts", "of", "answered_by", "steps",
        optional=("rides", "remarks", "heard"),
    )  # fmt: skip
    asks = it["set"].choice(sets)
    codes = [one["code"] for one in sets.get(asks, {"questions": ()})["questions"]]
    answered_by = tuple(it["answered_by"].choices(people))
    steps = {}
    for code, line in it["steps"].fields(optional=codes).items():
        steps[code] = tuple(one.number(0, STEPS[-1]) for one in line.items())
        if len(steps[code]) != len(answered_by):
            line.fault(_("write as many steps as there are people who answered."))
    remarks = it["remarks"].fields(optional=codes) if "remarks" in it else {}
    return RoundSaid(
        asks,
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["lasts"].number(1, LONGEST),
        tuple(it["of"].choices(places)),
        "rides" in it and it["rides"].yes(),
        answered_by,
        steps,
        {code: tuple(one.text() for one in lines.items()) for code, lines in remarks.items()},
        tuple(_heard(one, codes) for one in (it["heard"].items() if "heard" in it else [])),
    )


def _heard(part: Part, codes: list[str]) -> Heard:
    it = part.fields("question", "fr", "en", "few")
    return Heard(
        it["question"].choice(codes), it["fr"].text(), it["en"].text(), is_of_few=it["few"].yes()
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each round, one after the other; played already, it stands."""
    for number, each in enumerate(loading.said.get("rounds", [])):
        round_id = loading.id("reflection round", str(number))
        playing.once(round_id, partial(_play, loading, each, number))


def _play(loading: Loading, each: RoundSaid, number: int) -> None:
    by = playing.actor_of(loading, each.by)
    at = playing.moment_of(loading, each.day, MORNING)
    of = _open(loading, each, number, by, at)
    for place, slug in enumerate(each.answered_by):
        who, later = playing.actor_of(loading, slug), at + timedelta(minutes=place + 1)
        steps = {code: line[place] for code, line in each.steps.items() if line[place]}
        remarks = {code: lines[place] for code, lines in each.remarks.items() if place < len(lines)}
        with clock.at(later), context.acting_as(who):
            actions.answer(of, steps=steps, remarks=remarks, by=who, at=later)
    if of.ends_at > loading.at:
        return
    tell = partial(actions.settle, heard=each.heard)
    for act in (actions.count, tell):
        with clock.at(of.ends_at), context.acting_as(by):
            act(of, by=by, at=of.ends_at)


def _open(
    loading: Loading, each: RoundSaid, number: int, by: Actor, at: datetime
) -> ReflectionRound:
    ends_at = playing.moment_of(loading, each.day + each.lasts, time(0, 0))
    with clock.at(at), context.acting_as(by):
        rides_on = next(iter(occasions.to_come(actor=by)), None) if each.rides else None
        opened = Opened(
            loading.id("reflection", f"round {number}"),
            QuestionSet.objects.get(slug=each.asks, is_offered=True),
            [loading.id("organisation", one) for one in each.of],
            ends_at,
            rides_on.kind if rides_on else "",
            rides_on.id if rides_on else None,
        )
        actions.open_round(opened, by=by, at=at)
        return ReflectionRound.objects.select_related("asks").get(pk=opened.id)


SECTION: Final = Section(
    name="rounds",
    file="rounds.yaml",
    title=gettext_lazy("What partners asked themselves"),
    check=check,
    plan=plan,
    apply=apply,
)
