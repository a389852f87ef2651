"""What does a region's folder say of the training sessions of its demonstration?

Each was planned by somebody on a day; people of the programme and from outside enrolled in the
order of the file; then it was called off, or its list was closed with those who came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.sessions import actions, queries
from spheres.training.sessions.actions import FromOutside, Planned
from spheres.training.sessions.models import TrainingSession

FIRST_DAY, LAST_DAY = -360, 120
MORNING, EVENING = time(9, 0), time(21, 0)
MODES: Final = {code.lower(): code for code in TrainingSession.Mode.values}
LANGUAGES: Final = ("fr", "en")


@dataclass(frozen=True)
class TaughtSaid:
    """One session: planned, enrolled in, then off, or closed with those who came."""

    slug: str
    topic: str
    by: str
    planned: int
    day: int
    starts: time
    ends: time
    mode: str
    language: str
    where: str
    places: int
    host: str
    trainers: tuple[str, ...]
    enrolled: tuple[str, ...]
    outside: tuple[FromOutside, ...]
    off: int | None
    closed: bool
    came: tuple[str, ...]  # of the programme, and addresses of those from outside


def check(parts: list[Part], said: Mapping[str, Any]) -> list[TaughtSaid]:
    """Of this region's topics, people, organisations and environments."""
    people = {one.slug: one for one in said.get("people", [])}
    topics = {one.slug for one in said.get("topics", [])}
    hosts = {one.slug for one in said.get("organisations", [])}
    return [_taught(entry, topics, people, hosts) for entry in (parts[0].items() if parts else [])]


def _taught(part: Part, topics: set[str], people: Mapping[str, Any], hosts: set[str]) -> TaughtSaid:
    it = part.fields(
        "session", "topic", "by", "planned", "day", "from", "to", "mode", "language", "where",
        "places", "host", "trainers", optional=("enrolled", "outside", "off", "came"),
    )  # fmt: skip
    outside = tuple(_outside(one) for one in it["outside"].items()) if "outside" in it else ()
    known = {*people, *(one.reach for one in outside)}
    planned = it["planned"].number(FIRST_DAY, -1)
    return TaughtSaid(
        it["session"].slug(),
        it["topic"].choice(topics),
        it["by"].choice(people),
        planned,
        it["day"].number(planned, LAST_DAY),
        hour_of(it["from"]),
        hour_of(it["to"]),
        MODES.get(it["mode"].choice(MODES), ""),
        it["language"].choice(LANGUAGES),
        it["where"].text(most=200),
        it["places"].number(1, 500),
        it["host"].choice(hosts),
        tuple(it["trainers"].choices(people)),
        tuple(it["enrolled"].choices(people)) if "enrolled" in it else (),
        outside,
        it["off"].number(planned, LAST_DAY) if "off" in it else None,
        "came" in it,
        tuple(it["came"].choices(known)) if "came" in it else (),
    )


def _outside(part: Part) -> FromOutside:
    it = part.fields("name", "place", "environment", "language", "reach")
    return FromOutside(
        it["name"].text(most=120), it["place"].text(most=160), it["environment"].code(),
        it["language"].choice(LANGUAGES), it["reach"].text(most=200),
    )  # fmt: skip


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each session, in the order of the file; played already, it stands."""
    for said in loading.said.get("sessions", []):
        session_id = loading.id("training session", said.slug)
        playing.once(session_id, partial(_play, loading, session_id, said))


def _play(loading: Loading, session_id: UUID, said: TaughtSaid) -> None:
    by, at = playing.actor_of(loading, said.by), playing.moment_of(loading, said.planned, MORNING)
    planned = Planned(
        session_id, loading.id("topic", said.topic), said.mode, said.language,
        playing.moment_of(loading, said.day, said.starts),
        playing.moment_of(loading, said.day, said.ends), said.places, said.where,
        loading.id("organisation", said.host),
        tuple(loading.id("person", slug) for slug in said.trainers),
    )  # fmt: skip
    with clock.at(at), context.acting_as(by):
        actions.plan(planned, by=by, at=at)
    for slug in said.enrolled:
        at += timedelta(minutes=5)
        who = playing.actor_of(loading, slug)
        with clock.at(at), context.acting_as(who):
            actions.enrol(_row(session_id), by=who, at=at)
    for one in said.outside:
        at += timedelta(minutes=5)
        with clock.at(at), context.acting_as(VISITOR):
            actions.enrol_from_outside(session_id, one, by=VISITOR, at=at)
    if said.off is not None:
        late = playing.moment_of(loading, said.off, EVENING)
        with clock.at(late), context.acting_as(by):
            actions.cancel(_row(session_id), by=by, at=late)
    if said.closed:
        _close(loading, session_id, said, planned.ends_at)


def _close(loading: Loading, session_id: UUID, said: TaughtSaid, at: datetime) -> None:
    teacher = playing.actor_of(loading, said.trainers[0])
    outside = {one.reach for one in said.outside}
    came = {
        queries.of_outsider(session_id, one)
        if one in outside
        else queries.of_user(session_id, loading.id("person", one))
        for one in said.came
    }
    with clock.at(at), context.acting_as(teacher):
        actions.note_who_came(_row(session_id), came, by=teacher, at=at)
        actions.close(_row(session_id), by=teacher, at=at)


def _row(session_id: UUID) -> TrainingSession:
    return TrainingSession.objects.get(pk=session_id)


SECTION: Final = Section(
    name="sessions",
    file="sessions.yaml",
    title=gettext_lazy("Training sessions"),
    check=check,
    plan=plan,
    apply=apply,
)
