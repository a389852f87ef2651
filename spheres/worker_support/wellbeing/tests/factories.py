"""What Inès answers about herself, for the tests of well-being."""

from __future__ import annotations

from datetime import datetime

from spheres.core.actor import Actor, service
from spheres.worker_support.wellbeing import actions, queries
from tests.cast import MONDAY, acting, uuid_of

EXPIRY = service("expiry")
WORDS = "Le mois a été long, je dors mal."


def answers(
    who: Actor, words: str = WORDS, *, at: datetime = MONDAY, which: str = "one", **steps: int
) -> actions.Answered:
    said = actions.Answered(uuid_of(f"check-in {which}"), steps or {"rest": 1, "someone": 3}, words)
    with acting(who, at):
        actions.answer(said, by=who, at=at)
    return said


def words_of(who: Actor, at: datetime = MONDAY) -> list[str]:
    with acting(who, at):
        return [one.opened.words for one in queries.newest(actor=who)]


def the_night_comes(at: datetime) -> None:
    with acting(EXPIRY, at):
        actions.forget(by=EXPIRY)
