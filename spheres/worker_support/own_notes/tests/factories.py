"""A note Inès keeps for herself, for the tests of own notes."""

from __future__ import annotations

from datetime import datetime, timedelta

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.core.actor import Actor, service
from spheres.sharing import staying
from spheres.worker_support.own_notes import actions
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

EXPIRY = service("expiry")
KEPT = "Reparler au superviseur de ma hâte avec Hirondelle."
LAST = MONDAY + timedelta(days=21)


def keeps(
    who: Actor, text: str = KEPT, *, at: datetime = MONDAY, which: str = "one", pseudonym: str = ""
) -> actions.Written:
    written = actions.Written(uuid_of(f"own note {which}"), text, pseudonym)
    with acting(who, at):
        actions.write(written, by=who, at=at)
    return written


def manager(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Solange", cast.la_maison, Role.ORGANISATION_MANAGER)


def leaves(cast: Cast, who: Actor, at: datetime, *, last_at: datetime | None = None) -> None:
    """The manager of La Maison ends what she does there: at once, or on a day to come."""
    solange = manager(cast)
    with acting(solange, at):
        accounts.end_membership(who.user_id, by=solange, at=at, last_at=last_at)


def ten_minutes_pass(at: datetime) -> None:
    """The service of expiry looks for those who have left."""
    with acting(EXPIRY, at):
        for stay_id in staying.to_end(by=EXPIRY):
            actions.leave(stay_id, by=EXPIRY, at=at)


def the_night_comes(at: datetime) -> None:
    with acting(EXPIRY, at):
        actions.forget(by=EXPIRY)
