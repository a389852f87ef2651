"""A topic with its questions, a session, a group that Louise asks, and phones in the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from spheres.core import clock
from spheres.core.actor import VISITOR, Actor, service
from spheres.records.between import occasions
from spheres.records.between.occasions import Occasion
from spheres.training.catalogue.models import Topic
from spheres.training.learning import actions, queries
from spheres.training.learning.actions import Opened
from spheres.training.learning.models import LearningRound, QuestionSet
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of

EXPIRY = service("expiry")
SLUG = "exploitation"
SESSION = uuid_of("a session")
AN_HOUR = timedelta(hours=1)
LATER = MONDAY + 4 * AN_HOUR
QUESTIONS = [
    {
        "code": "words",
        "label": {"fr": "Que faites-vous d’abord?", "en": "What do you do first?"},
        "choices": [
            {"fr": "J’accueille ses mots", "en": "I receive their words"},
            {"fr": "Je change de sujet", "en": "I change the subject"},
        ],
        "fits": 1,
    },
    {
        "code": "ready",
        "label": {"fr": "Je me sens à l’aise.", "en": "I feel at ease."},
        "low": {"fr": "Pas du tout", "en": "Not at all"},
        "high": {"fr": "Tout à fait", "en": "Completely"},
    },
]


def put_questions() -> None:
    with acting(LOADER):
        Topic.objects.bulk_create(
            [
                Topic(
                    id=uuid_of(SLUG), slug=SLUG, position=1, kind="INITIAL", minutes=210,
                    title_fr="Comprendre", title_en="Understanding", aims_fr=[], aims_en=[],
                    languages=["fr"], after=[], valid_months=36,
                )
            ]
        )  # fmt: skip
        QuestionSet.objects.bulk_create(
            [
                QuestionSet(
                    id=uuid_of("questions"), slug=SLUG, version=1, position=1,
                    title_fr="Comprendre", title_en="Understanding",
                    definition={"questions": QUESTIONS},
                )
            ]
        )  # fmt: skip


def sessions_come(monkeypatch: pytest.MonkeyPatch, *ids: UUID) -> None:
    """Trainings are planned elsewhere: one folder calls them, this one asks."""
    monkeypatch.setattr(occasions, "_kinds", {})
    occasions.call(
        queries.TRAINING,
        lambda actor: [Occasion(queries.TRAINING, one, "Formation de mardi", "/") for one in ids],
    )


def asks(
    who: Actor, session: UUID = SESSION, *, at: datetime = MONDAY, which: str = "group"
) -> LearningRound:
    with acting(who, at):
        opened = Opened(
            uuid_of(which), QuestionSet.objects.get(slug=SLUG), session, clock.day_of(at)
        )
        actions.open_round(opened, by=who, at=at)
    return again(which, who, at)


def again(which: str, who: Actor, at: datetime) -> LearningRound:
    with acting(who, at):
        found = queries.find(uuid_of(which), actor=who)
    assert found is not None
    return found


def answers(
    of: LearningRound,
    own: str,
    steps: Mapping[str, int] | None = None,
    tries: str = "",
    *,
    sheet: UUID | None = None,
    at: datetime = MONDAY,
) -> None:
    """From a phone: in nobody's name."""
    with acting(VISITOR, at):
        found = queries.in_room(of.code, actor=VISITOR, at=at)
        assert found is not None
        actions.answer(
            found, sheet or uuid4(), own=own, steps=steps or {}, tries=tries, by=VISITOR, at=at
        )


def own(number: int) -> str:
    return f"AB{number:02}"


def after(of: LearningRound, who: Actor, *, at: datetime = LATER) -> None:
    with acting(who, at):
        actions.ask_after(of, by=who, at=at)


def closed(of: LearningRound, who: Actor, *, at: datetime = LATER + AN_HOUR) -> None:
    with acting(who, at):
        actions.close(of, by=who, at=at)


def all_of_it(
    cast: Cast,
    pairs: Sequence[tuple[int, int]],
    *,
    which: str = "group",
    session: UUID = SESSION,
    at: datetime = MONDAY,
    tries: Sequence[str] = (),
    **only: Any,
) -> LearningRound:
    """A group asked before, then after, and closed: each pair is a step of before and of after."""
    of = asks(cast.louise, session, at=at, which=which)
    for number, (first, _then) in enumerate(pairs):
        answers(of, own(number), {"words": first, "ready": 2}, at=at + AN_HOUR)
    after(of, cast.louise, at=at + 4 * AN_HOUR)
    for number, (_first, then) in enumerate(pairs):
        said = tries[number] if number < len(tries) else ""
        answers(
            of, own(number), {"words": then, "ready": 4, "useful": 5}, said, at=at + 5 * AN_HOUR
        )
    closed(of, cast.louise, at=at + 6 * AN_HOUR)
    return again(which, cast.louise, at + 6 * AN_HOUR)


def the_night_comes(at: datetime) -> list[UUID]:
    with acting(EXPIRY, at):
        found = queries.to_forget(by=EXPIRY, at=at)
        for owner_id in found:
            actions.forget(owner_id, by=EXPIRY, at=at)
    return found
