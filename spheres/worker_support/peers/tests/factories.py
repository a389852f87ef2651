"""What Karim offers to his colleagues, for the tests of peers."""

from __future__ import annotations

from datetime import datetime

from spheres.core.actor import Actor
from spheres.worker_support.peers import actions, queries
from tests.cast import MONDAY, acting, uuid_of

SENTENCE = "Un café, dix minutes, sans ordre du jour."
REACH = "Poste 231"


def offers(who: Actor, *, at: datetime = MONDAY, which: str = "one", words: str = SENTENCE) -> None:
    offered = actions.Offered(
        uuid_of(f"peer {which}"), ["motivational", "limits"], ["fr", "ar"], ["PHONE"], REACH,
        "Mardi", words,
    )  # fmt: skip
    with acting(who, at):
        actions.offer(offered, by=who, at=at)


def names_seen_by(who: Actor, at: datetime = MONDAY) -> list[str]:
    with acting(who, at):
        return [one.name for one in queries.listed(actor=who)]
