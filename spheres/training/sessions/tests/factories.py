"""A topic, a session that Louise plans for Odile to teach, and those who come to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from spheres.accounts.models import Role
from spheres.core.actor import VISITOR, Actor
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions, queries
from spheres.training.sessions.actions import FromOutside, Planned
from spheres.training.sessions.models import Enrolment, TrainingSession
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

SESSION = uuid_of("a session")
STARTS = MONDAY + timedelta(days=7)
ENDS = STARTS + timedelta(hours=3)
SHORTLY_BEFORE = STARTS - timedelta(minutes=10)
AFTERWARDS = ENDS + timedelta(minutes=5)
LEA = FromOutside("Léa Fortin", "École des Rives", "school", "fr", "lea.fortin@example.org")
TOPIC = {
    "kind": "INITIAL", "aims_fr": ["Nommer."], "aims_en": ["To name."], "minutes": 180,
    "languages": ["fr", "en"], "valid_months": 36, "after": [], "position": 1,
    "title_fr": "Stades de changement", "title_en": "Stages of change",
}  # fmt: skip


def teach(cast: Cast) -> Actor:
    """Odile teaches; the topic is in the catalogue."""
    with acting(LOADER):
        Topic.objects.bulk_create([Topic(id=uuid_of("stages"), slug="stages", **TOPIC)])
        return add_person("Odile", cast.institute, Role.TRAINER)


def plan(
    by: Actor, *trainers: Actor, places: int = 2, name: str = "a session", **others: Any
) -> None:
    said: dict[str, Any] = {
        "topic_id": uuid_of("stages"), "mode": "IN_PERSON", "language": "fr", "starts_at": STARTS,
        "ends_at": ENDS, "places": places, "where": "Salle 4", "host_id": by.organisation_id,
        "trainer_ids": tuple(one.user_id for one in trainers),
    }  # fmt: skip
    with acting(by):
        actions.plan(Planned(uuid_of(name), **(said | others)), by=by, at=MONDAY)


def row(by: Actor, at: datetime = MONDAY, name: str = "a session") -> TrainingSession:
    with acting(by, at):
        return TrainingSession.objects.get(pk=uuid_of(name))


def enrols(who: Actor, at: datetime = MONDAY) -> None:
    of = row(who, at)
    with acting(who, at):
        actions.enrol(of, by=who, at=at)


def leaves(who: Actor, at: datetime = MONDAY) -> None:
    of = row(who, at)
    with acting(who, at):
        actions.leave(of, by=who, at=at)


def enrols_from_outside(said: FromOutside = LEA, at: datetime = MONDAY) -> Enrolment:
    with acting(VISITOR, at):
        return actions.enrol_from_outside(SESSION, said, by=VISITOR, at=at)


def stands(who: Actor) -> str:
    """Where somebody of the programme stands, as they see it themselves."""
    with acting(who):
        found = queries.session(SESSION, actor=who)
        assert found is not None
        return found.mine or ""


def listed(who: Actor) -> list[queries.Line]:
    with acting(who):
        found = queries.session(SESSION, actor=who)
        assert found is not None
        return queries.names(found, actor=who)


def the_list(who: Actor) -> list[tuple[str, str, str]]:
    return [(one.name, one.place, one.row.status) for one in listed(who)]
