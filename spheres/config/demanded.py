"""What does a region's folder say of a legal demand in progress, in its demonstration?

Played once the lives stand: received by whoever opened the door, linked by the person's worker,
weighed by whoever is in charge of privacy, and not answered yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import SEAT, Actor
from spheres.core.clock import day_of
from spheres.followup.admission import actions as admission
from spheres.privacy.legal_demands import actions, queries
from spheres.privacy.legal_demands.actions import Informed, Received, Weighed
from spheres.privacy.legal_demands.models import CODES, Asker, Informing, Kind
from spheres.privacy.legal_demands.policy import WEIGHED
from spheres.privacy.legal_demands.queries import Answered
from spheres.privacy.legal_demands.views.arriving import matter_of
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.regions.registry import Kind as Sort

FIRST_DAY: Final = -60
AT: Final = time(10, 20)
KINDS = {code.lower(): code for code in Kind.values}
ASKERS = {code.lower(): code for code in Asker.values}
STEPS = {str(kind).lower(): str(kind) for kind in WEIGHED}
FOUND = {code.lower(): code for kind in WEIGHED for code in CODES[kind]}


@dataclass(frozen=True)
class StepSaid:
    kind: str
    code: str
    words: str


@dataclass(frozen=True)
class DemandSaid:
    """What arrived, about whom, by when; who answers; what was weighed; what she was told."""

    story: str
    by: str
    day: int
    kind: str
    asker: str
    office: str
    number: str
    about: str
    answer_in: int
    seat: str
    told: str
    steps: tuple[StepSaid, ...]

    @property
    def name(self) -> str:
        return f"{self.story} {self.day} {self.kind}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[DemandSaid]:
    """Each entry, of a person whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    stories = {story.slug for story in said.get("life", [])}
    return [_said(entry, people, stories) for entry in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], stories: set[str]) -> DemandSaid:
    it = part.fields(
        "person", "by", "day", "kind", "asker", "office", "number", "about", "answer_in", "seat",
        optional=("told", "steps"),
    )  # fmt: skip
    return DemandSaid(
        story=it["person"].choice(stories),
        by=it["by"].choice(people),
        day=it["day"].number(FIRST_DAY, -1),
        kind=KINDS.get(it["kind"].choice(KINDS), ""),
        asker=ASKERS.get(it["asker"].choice(ASKERS), ""),
        office=it["office"].text(),
        number=it["number"].text(),
        about=it["about"].text(),
        answer_in=it["answer_in"].number(1, 90),
        seat=it["seat"].choice(people),
        told=it["told"].text() if "told" in it else "",
        steps=tuple(_step(one) for one in it["steps"].items()) if "steps" in it else (),
    )


def _step(part: Part) -> StepSaid:
    it = part.fields("kind", "code", "words")
    return StepSaid(
        STEPS.get(it["kind"].choice(STEPS), ""),
        FOUND.get(it["code"].choice(FOUND), ""),
        it["words"].text(),
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("demand", one.name): one.story for one in loading.said["demands"]}
    return [Change(Sort.ADDED, story) for story in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: it is said once her life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down; written already, it stands."""
    for each in loading.said.get("demands", []):
        act_id = loading.id("demand", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: DemandSaid, act_id: UUID) -> None:
    by, officer = playing.actor_of(loading, each.by), playing.actor_of(loading, each.seat)
    file_id = admission.file_of(loading.id("referral", each.story))
    at = playing.moment_of(loading, each.day, AT)
    matter_id = matter_of(act_id, file_id)
    with clock.at(at), context.acting_as(by):
        said = Received(
            act_id, each.kind, each.asker, day_of(at), each.office, each.about, each.number,
            day_of(at) + timedelta(days=each.answer_in),
        )  # fmt: skip
        actions.receive(said, by=by, at=at)
        actions.link(file_id, matter_id, said, officer.user_id, by=by, at=at)
        if each.told:
            informed = Informed(
                uuid5(act_id, "told"), Informing.Way.TOLD, each.told,
                support=Informing.Support.OFFERED,
            )  # fmt: skip
            actions.inform(_found(matter_id, by), informed, by=by, at=at)
    seated = replace(officer, purpose=SEAT)
    with clock.at(at), context.acting_as(seated):
        for step in each.steps:
            weighed = Weighed(uuid5(act_id, step.kind), step.kind, step.code, "", step.words)
            actions.weigh(_found(matter_id, seated), weighed, by=seated, at=at)


def _found(matter_id: UUID, actor: Actor) -> Answered:
    found = queries.one(matter_id, actor=actor)
    assert found is not None
    return found


SECTION: Final = Section(
    name="demands",
    file="demands.yaml",
    title=gettext_lazy("Legal demands, and where they stand"),
    check=check,
    plan=plan,
    apply=apply,
)
