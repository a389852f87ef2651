"""What Karim says to Inès, for the tests of good words."""

from __future__ import annotations

from datetime import datetime

from spheres.core.actor import Actor, service
from spheres.worker_support.appreciation import actions, queries
from tests.cast import MONDAY, acting, uuid_of

EXPIRY = service("expiry")
TEXT = "Ta façon d’attendre qu’elle parle en premier, jeudi."


def says(
    who: Actor, to: Actor, text: str = TEXT, *, at: datetime = MONDAY, which: str = "one"
) -> actions.Written:
    written = actions.Written(uuid_of(f"good word {which}"), to.user_id, to.organisation_id, text)
    with acting(who, at):
        actions.write(written, by=who, at=at)
    return written


def read_by(who: Actor, at: datetime = MONDAY) -> tuple[list[str], list[str]]:
    """What was said to this person, and what this person said."""
    with acting(who, at):
        found = queries.between(actor=who, at=at)
    return (
        [one.row.opened.text for one in found.to_me],
        [one.row.opened.text for one in found.by_me],
    )
