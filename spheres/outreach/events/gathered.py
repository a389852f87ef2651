"""What took place with each outside organisation, and what do audiences ask most?

Organisations have no list of their own: each is known by what took place there, under a name that
two spellings share. In the same way, a question asked in several places is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.outreach.events import queries
from spheres.outreach.events.models import Answer, Kit, NextVisit, Question
from spheres.outreach.events.queries import AUDIENCES, ENVIRONMENTS, REGIONS, Shown
from spheres.records.between import engaged, lent, materials
from spheres.records.between.engaged import Engaged, alike
from spheres.records.between.lent import Work
from spheres.records.between.materials import Material
from spheres.regions import queries as regions
from spheres.ui import addresses
from spheres.vault import actions as vault

MOST_YEARS: Final = 5
SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Organisation:
    """An outside organisation, by all that took place with it, the newest first."""

    lines: tuple[Engaged, ...]
    due_on: date | None = None
    anchors: tuple[UUID, ...] = ()  # by which a visit was planned, until now

    @property
    def name(self) -> str:
        """As it was last written."""
        return self.lines[0].organisation

    @property
    def id(self) -> UUID:
        """The thing by which it is known: that of its visit, else the first one."""
        return self.anchors[0] if self.anchors else self.lines[-1].id

    @property
    def environment(self) -> str:
        """As it was last said."""
        code = next((one.environment for one in self.lines if one.environment), "")
        return regions.label(ENVIRONMENTS, code) if code else ""

    @property
    def last(self) -> Engaged | None:
        """What took place last."""
        return next((one for one in self.lines if not one.is_to_come), None)

    def is_late(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on


def of_events(*, actor: Actor, on: date) -> list[Engaged]:
    """Each event that was not called off, at the organisation that was visited."""
    return [
        Engaged(
            one.row.pk,
            one.row.opened.organisation,
            one.row.environment,
            one.row.held_on,
            one.kind,
            addresses.to("events:event", one.row.pk),
            one.people,
            one.is_to_come,
        )
        for one in queries.everything(actor=actor, on=on)
        if not one.row.is_off
    ]


def organisations(*, actor: Actor) -> list[Organisation]:
    """All of them, those whose visit comes first at the top, then by name."""
    groups: dict[str, list[Engaged]] = {}
    for one in engaged.engaged(actor=actor):
        groups.setdefault(alike(one.organisation), []).append(one)
    visits: dict[UUID, date | None] = {}
    for row in NextVisit.objects.order_by("written_at", "pk"):
        visits[row.anchor_id] = row.due_on
    found = [_organisation(lines, visits) for lines in groups.values()]
    return sorted(found, key=lambda one: (one.due_on or date.max, alike(one.name)))


def _organisation(lines: Sequence[Engaged], visits: dict[UUID, date | None]) -> Organisation:
    known = [one.id for one in lines if one.id in visits]
    due = [(day, one) for one in known if (day := visits[one])]
    first = min(due)[1] if due else None
    anchors = sorted(known, key=lambda one: (one != first, str(one)))
    return Organisation(tuple(lines), min(due)[0] if due else None, tuple(anchors))


def organisation(engaged_id: UUID, *, actor: Actor) -> Organisation | None:
    """The one where this took place; None when this person knows of no such thing."""
    found = organisations(actor=actor)
    return next((one for one in found if engaged_id in {line.id for line in one.lines}), None)


@dataclass(frozen=True)
class Often:
    """A question, however it was put; how often it was asked, and what is answered."""

    rows: tuple[Question, ...]  # the newest first
    answer: Answer | None = None

    @property
    def id(self) -> UUID:
        return self.rows[-1].pk

    @property
    def words(self) -> str:
        """As it was first put."""
        return str(self.rows[-1].opened.words)

    @property
    def others(self) -> list[str]:
        """The other ways in which it was put."""
        found = dict.fromkeys(str(one.opened.words) for one in reversed(self.rows))
        return [words for words in found if words != self.words]

    @property
    def number(self) -> int:
        return len(self.rows)


def plain(words: str) -> str:
    """What two ways of writing one question have in common: letters and figures."""
    return " ".join(SIGNS.sub(" ", words.casefold()).split())


def often_asked(*, actor: Actor) -> list[Often]:
    """Every question of audiences, those most asked first; with its answer, when there is one."""
    context.require(actor)
    rows = list(Question.objects.order_by("-written_at", "pk"))
    said = list(Answer.objects.order_by("-written_at", "pk"))
    vault.open([*rows, *said], by=actor, action="list")
    groups = _together(rows, said)
    found = [
        Often(tuple(group), next((one for one in said if keys & set(one.question_ids)), None))
        for group in groups
        for keys in [{row.pk for row in group}]
    ]
    return sorted(found, key=lambda one: (-one.number, plain(one.words), str(one.id)))


def _together(rows: Iterable[Question], said: Iterable[Answer]) -> list[list[Question]]:
    """Those put in the same words, and those that one answer says are one."""
    rows = list(rows)
    top: dict[str, str] = {}

    def of(word: str) -> str:
        while top.setdefault(word, word) != word:
            word = top[word]
        return word

    words = {row.pk: plain(row.opened.words) for row in rows}
    for one in said:
        known = [words[pk] for pk in one.question_ids if pk in words]
        for other in known[1:]:
            top[of(other)] = of(known[0])
    groups: dict[str, list[Question]] = {}
    for row in rows:
        groups.setdefault(of(words[row.pk]), []).append(row)
    return list(groups.values())


@dataclass(frozen=True)
class ForAudience:
    """What is of use before one type of audience."""

    code: str
    label: str
    materials: list[Material] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    firsts: tuple[UUID, ...] = ()

    @property
    def has_something(self) -> bool:
        return bool(self.materials or self.works)


def kits(*, actor: Actor, on: date) -> list[ForAudience]:
    """One for each type of audience, in the region’s order; the newest version of each material."""
    context.require(actor)
    chosen = {row.audience: row for row in Kit.objects.order_by("written_at", "pk")}
    newest = [one for one in materials.known(actor=actor) if one.is_newest]
    works = lent.works(actor=actor, on=on)
    return [
        ForAudience(
            code,
            label,
            [one for one in newest if row and one.first_id in row.materials],
            [one for one in works if row and one.code in row.works],
            tuple(row.materials) if row else (),
        )
        for code, label in regions.choices(AUDIENCES)
        for row in [chosen.get(code)]
    ]


@dataclass(frozen=True)
class Held:
    """How many events were held, before how many people when that is known."""

    events: int = 0
    people: int = 0


@dataclass(frozen=True)
class OfRegion:
    """One administrative region, year by year, in the order of the years."""

    code: str
    label: str
    held: tuple[Held, ...]

    @property
    def has_something(self) -> bool:
        return any(one.events for one in self.held)


@dataclass(frozen=True)
class Reach:
    """The last years, the newest first; all together, then by region."""

    years: tuple[int, ...]
    whole: tuple[Held, ...]
    regions: tuple[OfRegion, ...]


def reach(*, actor: Actor, on: date) -> Reach | None:
    """Where the events that were held took place; None while none was. No text is opened."""
    held = [Shown(row, on) for row in queries.held(actor=actor, on=on)]
    years = sorted({one.row.held_on.year for one in held}, reverse=True)[:MOST_YEARS]
    if not years:
        return None
    by_cell: dict[tuple[str, int], list[Shown]] = {}
    labels = dict(regions.choices(REGIONS))
    for one in held:
        code = one.row.region if one.row.region in labels else ""
        by_cell.setdefault((code, one.row.held_on.year), []).append(one)
    if any(not code and year in years for code, year in by_cell):
        labels[""] = _("Not said")
    return Reach(
        tuple(years),
        tuple(_held(one for one in held if one.row.held_on.year == year) for year in years),
        tuple(
            OfRegion(code, label, tuple(_held(by_cell.get((code, year), ())) for year in years))
            for code, label in labels.items()
        ),
    )


def _held(found: Iterable[Shown]) -> Held:
    those = list(found)
    return Held(len(those), sum(one.people for one in those))
