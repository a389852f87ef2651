"""What does a demonstration say of what success is for its people, and of the years before them?

In a life, the sentences that somebody chose, some day; in `chosen.yaml`, what was told of years
that were over before these lives begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy

from spheres.config import contacts, playing
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.followup.success import actions
from spheres.followup.success.models import STATEMENTS
from spheres.records.models import Pen
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

PENS: Final = {"hers": Pen.HER, "together": Pen.TOGETHER, "worker": Pen.WORKER}
FEWEST, MOST = 5, 500
EARLIEST, LATEST = -10, -1


@dataclass(frozen=True)
class SuccessSaid:
    """What somebody said that success is, that day."""

    day: int
    who: str
    statements: tuple[str, ...]
    pen: str
    her_words: str


@dataclass(frozen=True)
class YearSaid:
    """What was told of a year: it counts back from the year of the loading."""

    year: int
    numbers: Mapping[str, int]


def of(check: Check) -> list[SuccessSaid]:
    """Everything the entry of a life says of it."""
    return [_said(check, part) for part in check.listed("success")]


def _said(check: Check, part: Part) -> SuccessSaid:
    it = part.fields("day", "by", "statements", optional=("pen", "her_words"))
    day, who = contacts.when_and_who(check, it)
    return SuccessSaid(
        day,
        who,
        tuple(it["statements"].choices(check.codes_of(STATEMENTS))),
        PENS.get(it["pen"].choice(PENS) if "pen" in it else "", Pen.TOGETHER),
        it["her_words"].text() if "her_words" in it else "",
    )


def act(telling: Telling, said: SuccessSaid) -> Act:
    """The act of one of these, in its story."""
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    written = actions.Written(
        telling.loading.id("success", f"{telling.story.slug}/{said.day}"),
        said.statements,
        at,
        pen=said.pen,
        her_words=said.her_words,
    )
    return telling._act(
        "success", said.day, who, at,
        lambda: actions.sign(telling.file_id, written, by=who, at=at),
    )  # fmt: skip


def check(parts: list[Part], said: Mapping[str, Any]) -> list[YearSaid]:
    codes = [term.code for term in said["vocabularies"].get(STATEMENTS, ())]
    return [_year(one, codes) for one in (parts[0].items() if parts else [])]


def _year(part: Part, codes: list[str]) -> YearSaid:
    it = part.fields("year", "numbers")
    numbers = it["numbers"].fields(optional=codes)
    return YearSaid(
        it["year"].number(EARLIEST, LATEST),
        {code: numbers[code].number(FEWEST, MOST) for code in codes if code in numbers},
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each year told, by the service that tells it; played already, it stands."""
    for each in loading.said.get("chosen", []):
        playing.once(loading.id("told success", str(each.year)), partial(_play, loading, each))


def _play(loading: Loading, each: YearSaid) -> None:
    with clock.at(loading.first_at), context.acting_as(service("rollups")):
        actions.tell(playing.day_of(loading, 0).year + each.year, each.numbers)


SECTION: Final = Section(
    name="chosen",
    file="chosen.yaml",
    title=gettext_lazy("What was told before of what success is for participants"),
    check=check,
    plan=plan,
    apply=apply,
)
