"""What Inès keeps of a support on the way, for the tests of lines."""

from __future__ import annotations

from datetime import date, datetime

from spheres.accounts.models import Role
from spheres.core.actor import Actor, service
from spheres.worker_support.informal_support import actions, queries
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

EXPIRY, ROLLUPS = service("expiry"), service("rollups")
WORDS = "Parler dans l’auto avant de rentrer."


def notes(
    who: Actor, words: str = WORDS, *, at: datetime = MONDAY, which: str = "one"
) -> actions.Noted:
    noted = actions.Noted(
        uuid_of(f"line {which}"), date(2026, 3, 1), "after_visit", "carrying", words
    )
    with acting(who, at):
        actions.note(noted, by=who, at=at)
    return noted


def words_of(who: Actor, at: datetime = MONDAY) -> list[str]:
    with acting(who, at):
        return [one.words for one in queries.newest(actor=who, at=at)]


def six_people(cast: Cast) -> list[Actor]:
    """Inès, Yanick, Karim, Samir, and two colleagues of theirs."""
    with acting(LOADER):
        more = [add_person(name, cast.elsewhere, Role.YOUTH_WORKER) for name in ("Odile", "Farah")]
    return [cast.ines, cast.yanick, cast.karim, cast.samir, *more]


def each_notes(people: list[Actor], at: datetime = MONDAY) -> None:
    for number, who in enumerate(people):
        notes(who, at=at, which=f"of {number}")


def counted_at(at: datetime) -> None:
    """The service counts, that night."""
    with acting(ROLLUPS, at):
        actions.count(by=ROLLUPS)


def told(who: Actor, at: datetime) -> list[tuple[str, int]]:
    with acting(who, at):
        return [(str(one.first), one.number) for one in queries.counted(actor=who)]
