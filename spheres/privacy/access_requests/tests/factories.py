"""Dull requests for tests: what matters to a test is written in the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import SEAT, Actor
from spheres.privacy.access_requests import actions, queries
from spheres.privacy.access_requests.actions import Answer, Wanted
from spheres.privacy.access_requests.models import Age, Asker, Keep, Outcome, Step, Wish
from spheres.privacy.access_requests.queries import Asked
from tests.cast import MONDAY, Cast, acting, uuid_of

SOON = MONDAY + timedelta(minutes=10)
LATER = MONDAY + timedelta(hours=1)
WANTED: dict[str, Any] = {
    "asker": Asker.SELF,
    "age": Age.FROM_14,
    "way": "VOICE",
    "wish": Wish.COPY,
    "keep": Keep.HERE,
    "received_on": date(2026, 3, 2),
}
WHY = "Après avoir entendu Maya et une travailleuse sociale, la communication lui nuirait."


def receive(cast: Cast, which: str = "a request", *, at: datetime = SOON, **said: Any) -> UUID:
    wanted = Wanted(uuid_of(which), **{**WANTED, **said})
    with acting(cast.ines, at):
        actions.receive(cast.maya.file_id, wanted, days=30, by=cast.ines, at=at)
    return wanted.id


def found(request_id: UUID, actor: Actor) -> Asked:
    asked = queries.one(request_id, actor=actor)
    assert asked is not None
    return asked


def step(
    request_id: UUID,
    kind: str,
    code: str,
    *,
    by: Actor,
    words: str = "Ce qui a été dit.",
    at: datetime = LATER,
    which: str = "",
) -> bool:
    with acting(by, at):
        return actions.write_step(
            found(request_id, by),
            uuid_of(f"{request_id} {kind} {code} {which}"),
            kind,
            code,
            words,
            by=by,
            at=at,
        )


def seat(cast: Cast, request_id: UUID, at: datetime = LATER) -> Actor:
    """Inès gives Nadia a seat; as whom Nadia then acts on the pages made for it."""
    with acting(cast.ines, at):
        actions.give_seat(
            found(request_id, cast.ines),
            uuid_of(f"seat {request_id}"),
            cast.nadia.user_id,
            by=cast.ines,
            at=at,
        )
    return replace(cast.nadia, purpose=SEAT)


def answer(
    request_id: UUID,
    outcome: str = Outcome.WHOLE,
    *,
    by: Actor,
    at: datetime = LATER,
    which: str = "",
    **said: Any,
) -> bool:
    told = Answer(
        uuid_of(f"answer {request_id} {outcome} {which}"), outcome, **{"age": Age.FROM_14, **said}
    )
    with acting(by, at):
        return actions.answer(found(request_id, by), told, by=by, at=at)


def ready_for_parent(cast: Cast, request_id: UUID, *, opinion: str, harm: str) -> None:
    """All that the law asks of the request of a representative, from 14 to 17; without what she
    says of it when `opinion` is empty."""
    step(request_id, Step.Kind.IDENTITY, "TITLE", by=cast.ines)
    if opinion:
        step(request_id, Step.Kind.OPINION, opinion, by=cast.ines)
    step(request_id, Step.Kind.HARM, harm, by=cast.ines)
    step(request_id, Step.Kind.CONSULTED, "CLEAR", by=cast.ines)
