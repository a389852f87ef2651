"""What does a region's folder say of who asks to read a file in its demo, and what is answered?

Played once the lives stand: each request is written by her worker, step by step; whoever is in
charge of privacy is given a seat at it, and answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import SEAT, Actor
from spheres.core.clock import day_of
from spheres.followup.admission import actions as admission
from spheres.participants import queries as participants
from spheres.privacy.access_requests import actions, queries
from spheres.privacy.access_requests.actions import Answer, Wanted
from spheres.privacy.access_requests.forms import STEPS
from spheres.privacy.access_requests.models import Asker, Ground, Keep, Outcome, Wish
from spheres.privacy.access_requests.queries import Asked
from spheres.privacy.access_requests.views.reached import age_of
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section

FIRST_DAY: Final = -60
SAID_AT: Final = time(11, 10)
LATER: Final = time(15, 40)
ASKERS = {code.lower(): code for code in Asker.values}
WISHES = {code.lower(): code for code in (Wish.READ, Wish.COPY, Wish.PORTABLE)}
KEPT = {code.lower(): code for code in Keep.values}
OUTCOMES = {code.lower(): code for code in Outcome.values if code != Outcome.LATER}
GROUNDS = {code.lower(): code for code in Ground.values}
KINDS = {str(kind).lower(): str(kind) for kind in STEPS}
CODES = {str(code).lower(): str(code) for codes, *_words in STEPS.values() for code in codes}


@dataclass(frozen=True)
class StepSaid:
    kind: str
    code: str
    words: str


@dataclass(frozen=True)
class RequestSaid:
    """Who asks what of whom; the steps written since; who sits there, and what was answered."""

    story: str
    by: str
    day: int
    asker: str
    wish: str
    keep: str
    words: str
    steps: tuple[StepSaid, ...]
    seat: str
    outcome: str
    ground: str
    reasons: str

    @property
    def name(self) -> str:
        return f"{self.story} {self.day} {self.asker} {self.wish}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[RequestSaid]:
    """Each entry, of a person whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    stories = {story.slug for story in said.get("life", [])}
    return [_said(entry, people, stories) for entry in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], stories: set[str]) -> RequestSaid:
    optional = ("steps", "seat", "outcome", "ground", "reasons")
    it = part.fields("person", "by", "day", "asker", "wish", "keep", "words", optional=optional)
    return RequestSaid(
        story=it["person"].choice(stories),
        by=it["by"].choice(people),
        day=it["day"].number(FIRST_DAY, -1),
        asker=ASKERS[it["asker"].choice(ASKERS)],
        wish=WISHES[it["wish"].choice(WISHES)],
        keep=KEPT[it["keep"].choice(KEPT)],
        words=it["words"].text(),
        steps=tuple(_step(one) for one in it["steps"].items()) if "steps" in it else (),
        seat=it["seat"].choice(people) if "seat" in it else "",
        outcome=OUTCOMES[it["outcome"].choice(OUTCOMES)] if "outcome" in it else "",
        ground=GROUNDS[it["ground"].choice(GROUNDS)] if "ground" in it else "",
        reasons=it["reasons"].text() if "reasons" in it else "",
    )


def _step(part: Part) -> StepSaid:
    it = part.fields("kind", "code", "words")
    return StepSaid(
        KINDS[it["kind"].choice(KINDS)], CODES[it["code"].choice(CODES)], it["words"].text()
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("request", one.name): one.story for one in loading.said["requests"]}
    return [Change(Kind.ADDED, story) for story in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: it is said once her life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down; written already, it stands."""
    for each in loading.said.get("requests", []):
        act_id = loading.id("request", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: RequestSaid, act_id: UUID) -> None:
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    at = playing.moment_of(loading, each.day, SAID_AT)
    with clock.at(at), context.acting_as(by):
        person = participants.header(file_id, actor=by)
        assert person is not None
        age = age_of(person, day_of(at))
        days = queries.organisation(by.organisation_id, actor=by).answer_days
        wanted = Wanted(
            act_id, each.asker, age, "VOICE", each.wish, each.keep, day_of(at), each.words
        )
        actions.receive(file_id, wanted, days=days, by=by, at=at)
        for step in each.steps:
            step_id = uuid5(act_id, f"{step.kind} {step.code}")
            asked = _found(act_id, by)
            actions.write_step(asked, step_id, step.kind, step.code, step.words, by=by, at=at)
        if each.seat:
            officer = playing.actor_of(loading, each.seat)
            seat_id = uuid5(act_id, "seat")
            actions.give_seat(_found(act_id, by), seat_id, officer.user_id, by=by, at=at)
    if each.outcome:
        _answer(loading, each, act_id, by, age)


def _answer(loading: Loading, each: RequestSaid, act_id: UUID, by: Actor, age: int) -> None:
    who = replace(playing.actor_of(loading, each.seat), purpose=SEAT) if each.seat else by
    then = playing.moment_of(loading, each.day, LATER)
    answer = Answer(uuid5(act_id, "answer"), each.outcome, age, each.reasons, each.ground)
    with clock.at(then), context.acting_as(who):
        actions.answer(_found(act_id, who), answer, by=who, at=then)


def _found(request_id: UUID, actor: Actor) -> Asked:
    found = queries.one(request_id, actor=actor)
    assert found is not None
    return found


SECTION: Final = Section(
    name="requests",
    file="requests.yaml",
    title=gettext_lazy("Access requests, and what is answered"),
    check=check,
    plan=plan,
    apply=apply,
)
