"""Where Inès says that she stands, and eight colleagues with her, for the tests of competencies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from spheres.accounts.models import Role
from spheres.core.actor import Actor, service
from spheres.worker_support.competencies import actions, queries
from spheres.worker_support.competencies.models import CompetencyLook
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

EXPIRY, ROLLUPS = service("expiry"), service("rollups")
WORDS = "Mieux parler du signalement."
AUTUMN = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)  # the half-year of Monday is over
NAMES = ("Odile", "Farah", "Owen", "Leïla", "Priya")


def looks(
    who: Actor, steps: Mapping[str, int] | None = None, *, at: datetime = MONDAY,
    which: str = "one", words: str = "", counts: bool = True,
) -> actions.Looked:  # fmt: skip
    looked = actions.Looked(
        uuid_of(f"look {which}"), steps or {"listen": 3, "duty": 2}, words, counts
    )
    with acting(who, at):
        actions.look(looked, by=who, at=at)
    return looked


def nine_people(cast: Cast) -> list[Actor]:
    """Inès first; then those of three organisations."""
    with acting(LOADER):
        more = [add_person(name, cast.elsewhere, Role.YOUTH_WORKER) for name in NAMES]
    return [cast.ines, cast.yanick, cast.karim, cast.samir, *more]


def each_looks(people: list[Actor], at: datetime = MONDAY, **steps: int) -> None:
    for number, who in enumerate(people):
        looks(who, steps, at=at, which=f"of {number}")


def told_at(at: datetime) -> None:
    """The service tells what is over, that night."""
    with acting(ROLLUPS, at):
        actions.tell(by=ROLLUPS)


def read_by(who: Actor, at: datetime = AUTUMN) -> list[tuple[str, dict[str, str]]]:
    with acting(who, at):
        return [(str(one.starts_on), one.shares) for one in queries.together(actor=who)]


def erases_all(who: Actor, at: datetime = AUTUMN) -> None:
    with acting(who, at):
        for row in CompetencyLook.objects.order_by("pk"):
            actions.erase(row, by=who)
