"""A round that Louise opens, and sheets given in nobody's name, for the tests of rounds."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from spheres.core.actor import service
from spheres.portal.advisory import actions, queries
from spheres.portal.advisory.actions import Heard, Said
from spheres.portal.advisory.models import Round
from spheres.portal.notebook.tests.factories import herself
from tests.cast import MONDAY, Cast, acting, uuid_of

EXPIRY = service("expiry")
THREE_WEEKS = timedelta(days=21)
OVER = MONDAY + THREE_WEEKS
HAPPY = {"LISTENED": "YES", "SAFE": "YES"}


def open_round(cast: Cast, which: str = "round", *, at: datetime = MONDAY) -> Round:
    round_id = uuid_of(which)
    with acting(cast.louise, at):
        actions.open_round(round_id, ends_at=at + THREE_WEEKS, by=cast.louise, at=at)
        return Round.objects.get(pk=round_id)


def gives(
    cast: Cast,
    of: Round,
    said: Said | None = None,
    *,
    token: UUID | None = None,
    at: datetime = MONDAY,
) -> bool:
    """Somebody in her notebook; whose numbers they are, only the token says."""
    she = herself(cast)
    with acting(she, at):
        return actions.give(of, token or uuid4(), said or Said(HAPPY), by=she, at=at)


def eight_give(cast: Cast, of: Round, *, words: str = "", at: datetime = MONDAY) -> None:
    for place in range(8):
        gives(cast, of, Said(HAPPY, f"{words} {place}" if words else ""), at=at)


def typed(cast: Cast, of: Round, *sheets: Said, which: str = "envelope") -> bool:
    """Inès types in an envelope."""
    with acting(cast.ines):
        return actions.type_in(of, uuid_of(which), sheets, by=cast.ines, at=MONDAY)


def counted(cast: Cast, of: Round) -> Round:
    with acting(cast.louise, OVER):
        actions.count(of, by=cast.louise, at=OVER)
        return Round.objects.get(pk=of.pk)


def settled(cast: Cast, of: Round, heard: list[Heard]) -> None:
    """Counted and settled at the end of its last day."""
    for act in (actions.count, lambda one, **by: actions.settle(one, heard, **by)):
        with acting(cast.louise, of.ends_at):
            act(of, by=cast.louise, at=of.ends_at)


def the_night_comes(at: datetime = OVER) -> None:
    with acting(EXPIRY, at):
        for round_id in queries.to_forget(by=EXPIRY):
            actions.forget(round_id, by=EXPIRY, at=at)
