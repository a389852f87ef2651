"""What does a region's folder say was answered to professionals, in its demonstration?

Played once the lives stand, which hold the requests: somebody takes one, answers or hands it over,
the professional writes again. No code is kept anywhere, so none can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import asker
from spheres.records.between import lent
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.worker_support.intervention_support import actions
from spheres.worker_support.intervention_support.models import Way

FIRST_DAY: Final = -60
WAYS: Final = {way.lower(): way for way in Way.values}
PROFESSIONAL: Final = ""


@dataclass(frozen=True)
class LineSaid:
    """One answer, or one more word of the professional's: by whom, when, what went along."""

    by: str
    day: int
    hour: str
    way: str
    words: str
    works: tuple[str, ...]
    outcomes: tuple[str, ...]
    is_ongoing: bool


@dataclass(frozen=True)
class AdvisedSaid:
    """What followed one request of the lives: who answered, what was said, how it ended."""

    slug: str
    handed_to: str
    lines: tuple[LineSaid, ...]
    is_closed: bool


def check(parts: list[Part], said: Mapping[str, Any]) -> list[AdvisedSaid]:
    """Each names a request of the lives; the colleagues are of the region's people."""
    people = {person.slug for person in said.get("people", [])}
    terms = said.get("vocabularies", {}).get("advice_outcomes", [])
    works = {work.slug for work in said.get("library", [])}
    known = Known(people, {term.code for term in terms}, works)
    return [_advised(entry, known) for entry in (parts[0].items() if parts else [])]


@dataclass(frozen=True)
class Known:
    """What a line may name."""

    people: set[str]
    outcomes: set[str]
    works: set[str]


def _advised(part: Part, known: Known) -> AdvisedSaid:
    it = part.fields("of", "lines", optional=("handed_to", "closed"))
    return AdvisedSaid(
        it["of"].slug(),
        it["handed_to"].choice(known.people) if "handed_to" in it else "",
        tuple(_line(one, known) for one in it["lines"].items()),
        "closed" in it and it["closed"].yes(),
    )


def _line(part: Part, known: Known) -> LineSaid:
    optional = ("by", "way", "words", "works", "outcomes", "goes_on")
    it = part.fields("day", "hour", optional=optional)
    return LineSaid(
        it["by"].choice(known.people) if "by" in it else PROFESSIONAL,
        it["day"].number(FIRST_DAY, 0),
        f"{hour_of(it['hour']):%H:%M}",
        WAYS[it["way"].choice(WAYS)] if "way" in it else Way.CODE,
        it["words"].text(most=4_000) if "words" in it else "",
        tuple(it["works"].choices(known.works)) if "works" in it else (),
        tuple(it["outcomes"].choices(known.outcomes)) if "outcomes" in it else (),
        "goes_on" in it and it["goes_on"].yes(),
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the lives stand."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each is answered; answered already, it stands."""
    for each in loading.said.get("advised", []):
        playing.once(loading.id("advised", each.slug), partial(_follow, loading, each))


def _follow(loading: Loading, each: AdvisedSaid) -> None:
    advice_id = loading.id("referral", each.slug)
    first = _moment(loading, each.lines[0])
    desk = playing.of_the_desk(loading)
    if each.handed_to:
        to = loading.id("person", each.handed_to)
        with clock.at(first), context.acting_as(desk):
            actions.hand(advice_id, to=to, by=desk, at=first)
    for number, line in enumerate(each.lines):
        at = _moment(loading, line)
        _say(loading, advice_id, loading.id("advised", f"{each.slug} {number}"), line, at)
    if each.is_closed:
        at = _moment(loading, each.lines[-1])
        with clock.at(at), context.acting_as(desk):
            actions.close(advice_id, by=desk, at=at)


def _say(loading: Loading, advice_id: UUID, line_id: UUID, line: LineSaid, at: datetime) -> None:
    if line.by == PROFESSIONAL:
        them = asker(advice_id)
        with clock.at(at), context.acting_as(them):
            actions.ask_more(advice_id, line_id, words=line.words, by=them, at=at)
        return
    by = playing.actor_of(loading, line.by)
    with clock.at(at), context.acting_as(by):
        lendable = lent.works(actor=by, on=clock.day_of(at))
        works = [one for one in lendable if one.code in line.works]
        given = actions.Given(line_id, line.way, line.words, works, line.outcomes, line.is_ongoing)
        actions.answer(advice_id, given, by=by, at=at)


def _moment(loading: Loading, line: LineSaid) -> datetime:
    return playing.moment_of(loading, line.day, datetime.strptime(line.hour, "%H:%M").time())


SECTION: Final = Section(
    name="advised",
    file="advised.yaml",
    title=gettext_lazy("Advice given to professionals, in the demonstration"),
    check=check,
    plan=plan,
    apply=apply,
)
