"""What does a region's folder say of what partners hold to be good practice, in its demonstration?

Played once its committees have met: each version of a note as somebody proposed it, then what a
committee decided of it, leaning on what that committee wrote down; links that were looked at; and
who accepted the charter of values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.partners.joining import actions as joining
from spheres.partners.joining import queries as joining_queries
from spheres.partners.library import actions as library
from spheres.partners.library.models import Work
from spheres.partners.practice_notes import actions, queries
from spheres.partners.practice_notes.models import Ruling, Version
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY, LAST_DAY, AHEAD = -1000, -1, 1500
MORNING, NOON = time(9, 0), time(12, 0)
OUTCOMES: Final = {code.lower(): code for code in Ruling.Outcome.values}
NOBODY: Final = ("", "")


@dataclass(frozen=True)
class RuledSaid:
    """What a committee decided, written by one person on a day, after one item of a meeting."""

    by: str
    day: int
    committee: str
    meeting: int
    item: int
    outcome: str
    review: int | None
    minority: tuple[str, str]


@dataclass(frozen=True)
class VersionSaid:
    """One version, by one person, on a day; without a source, it is practice wisdom."""

    by: str
    day: int
    title: tuple[str, str]
    words: tuple[str, str]
    source: str
    ruled: RuledSaid | None


@dataclass(frozen=True)
class LookedSaid:
    """Somebody looked at a work's link on a day, and says whether it opens."""

    work: str
    by: str
    day: int
    address: str
    opens: bool


@dataclass(frozen=True)
class Said:
    """The notes, each with its versions, the oldest first; the links; and who accepted the charter
    on which day."""

    notes: tuple[tuple[VersionSaid, ...], ...] = ()
    links: tuple[LookedSaid, ...] = ()
    accepted: tuple[tuple[str, int], ...] = ()


def check(parts: list[Part], said: Mapping[str, Any]) -> Said:
    """Of this region's people, committees and works."""
    if not parts:
        return Said()
    people = {person.slug: person for person in said.get("people", [])}
    committees = {one.slug for one in said.get("committees", [])}
    works = {one.slug for one in said.get("library", [])}
    it = parts[0].fields("notes", "links", "accepted")
    return Said(
        tuple(
            tuple(
                _version(one, people, committees)
                for one in note.fields("versions")["versions"].items()
            )
            for note in it["notes"].items()
        ),
        tuple(_looked(one, people, works) for one in it["links"].items()),
        tuple(
            (slug, said["day"].number(FIRST_DAY, LAST_DAY))
            for said in (one.fields("day", "who") for one in it["accepted"].items())
            for slug in said["who"].choices(people)
        ),
    )


def _looked(part: Part, people: Mapping[str, Any], works: set[str]) -> LookedSaid:
    it = part.fields("work", "by", "day", "address", "opens")
    return LookedSaid(
        it["work"].choice(works),
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["address"].web(),
        it["opens"].yes(),
    )


def _version(part: Part, people: Mapping[str, Any], committees: set[str]) -> VersionSaid:
    it = part.fields("by", "day", "title", "words", optional=("source", "decided"))
    return VersionSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["title"].both(most=160),
        it["words"].both(),
        it["source"].text() if "source" in it else "",
        _ruled(it["decided"], people, committees) if "decided" in it else None,
    )


def _ruled(part: Part, people: Mapping[str, Any], committees: set[str]) -> RuledSaid:
    it = part.fields("by", "day", "meeting", "outcome", optional=("review", "minority"))
    where = it["meeting"].fields("committee", "day", "item")
    return RuledSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        where["committee"].choice(committees),
        where["day"].number(FIRST_DAY, LAST_DAY),
        where["item"].number(1, 99),
        OUTCOMES.get(it["outcome"].choice(OUTCOMES), ""),
        it["review"].number(FIRST_DAY, AHEAD) if "review" in it else None,
        it["minority"].both() if "minority" in it else NOBODY,
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the committees have met."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each note, with its versions in order, then each link; played already, it stands."""
    said: Said = loading.said.get("practice", Said())
    for number, versions in enumerate(said.notes):
        note_id = loading.id("practice note", str(number))
        playing.once(note_id, partial(_play, loading, number, versions))
    for each in said.links:
        look_id = loading.id("link looked at", f"{each.work} {each.day}")
        playing.once(look_id, partial(_look, loading, each, look_id))
    for slug, day in said.accepted:
        accepted_id = loading.id("charter accepted", slug)
        playing.once(accepted_id, partial(_accept, loading, slug, day, accepted_id))


def _accept(loading: Loading, slug: str, day: int, accepted_id: UUID) -> None:
    by, at = playing.actor_of(loading, slug), playing.moment_of(loading, day, MORNING)
    with clock.at(at), context.acting_as(by):
        charter = joining_queries.charter(actor=by)
        if charter is not None:
            joining.accept(accepted_id, charter, by=by, at=at)


def _look(loading: Loading, each: LookedSaid, look_id: UUID) -> None:
    by, at = playing.actor_of(loading, each.by), playing.moment_of(loading, each.day, MORNING)
    with clock.at(at), context.acting_as(by):
        work = Work.objects.get(pk=loading.id("work", each.work))
        library.check(look_id, work, address=each.address, opens=each.opens, by=by, at=at)


def _play(loading: Loading, number: int, versions: tuple[VersionSaid, ...]) -> None:
    first = loading.id("practice version", f"{number} 0")
    for place, each in enumerate(versions):
        version_id = loading.id("practice version", f"{number} {place}")
        by, at = playing.actor_of(loading, each.by), playing.moment_of(loading, each.day, MORNING)
        basis = Version.Basis.SOURCE if each.source else Version.Basis.WISDOM
        proposed = actions.Proposed(version_id, *each.title, *each.words, basis, each.source)
        with clock.at(at), context.acting_as(by):
            of = queries.note(first, actor=by) if place else None
            actions.propose(proposed, by=by, at=at, of=of)
        if each.ruled is not None:
            _rule(loading, version_id, each.ruled)


def _rule(loading: Loading, version_id: UUID, each: RuledSaid) -> None:
    by, at = playing.actor_of(loading, each.by), playing.moment_of(loading, each.day, NOON)
    item_id = loading.id("brought", f"{each.committee} {each.meeting} {each.item}")
    said = actions.Said(
        loading.id("practice ruled", str(version_id)),
        loading.id("decided at a committee", str(item_id)), each.outcome, *each.minority,
        None if each.review is None else playing.day_of(loading, each.review),
    )  # fmt: skip
    with clock.at(at), context.acting_as(by):
        found = queries.note_of(version_id, actor=by)
        if found is not None:
            actions.rule(said, found[1], by=by, at=at)


SECTION: Final = Section(
    name="practice",
    file="practice.yaml",
    title=gettext_lazy("What partners hold to be good practice"),
    check=check,
    plan=plan,
    apply=apply,
)
