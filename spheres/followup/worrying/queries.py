"""How is a worrying situation found: by its author, by who looks at it again; and what is one?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.worrying.models import Addition, Category, Duty, Situation, Telling
from spheres.followup.worrying.policy import ADULT
from spheres.participants.queries import Header
from spheres.records import spoken
from spheres.records.spoken import Shapes
from spheres.records.spoken import Spoken as Found
from spheres.records.telling import REPORT, WEIGHED
from spheres.regions import queries as regions
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import ACCOMPANYING

SHAPES: Final = Shapes(Situation, Addition, Telling, (REPORT, WEIGHED))
TO_TELL: Final = "worrying situations, to tell her"
# Its author alone tells her, whether or not the person is still theirs.
TO_TELL_HER: Final = SHAPES.to_tell("d.prepared_by = %(user)s")
TO_LOOK_AT: Final = "worrying situations, to look at again"
# The region's texts, by category; then what is said of the grounds, and where it comes from.
GROUNDS, SOURCE = "duty.grounds", "duty.source"


def text_of(category: Category) -> str:
    return f"duty.{category.value.lower()}"


@dataclass(frozen=True)
class Age:
    """What is known of her age: enough to know whether youth protection acts for her."""

    years: int | None
    is_adult: bool

    @property
    def is_known(self) -> bool:
        return self.years is not None or self.is_adult


def age_of(person: Header, on: date) -> Age:
    """By her day of birth; when it is not known, by the band that was asked instead."""
    is_adult = person.decides_alone(on=on, since_age=ADULT)
    try:
        born = date.fromisoformat(person.birth_date)
    except ValueError:
        first = person.age_band.partition("-")[0]
        return Age(int(first) if first.isdigit() else None, is_adult)
    return Age(on.year - born.year - ((on.month, on.day) < (born.month, born.day)), is_adult)


def _rows(rows: Collection[Disclosure]) -> list[Found]:
    """Those whose words one reads: nobody else knows that there is one."""
    return [one for one in spoken.found(SHAPES, list(rows)) if one.words is not None]


def of_file(file_id: UUID, situation_id: UUID, *, actor: Actor) -> Found | None:
    """One of this file, for its author and those who supervise."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=situation_id, items__in=SHAPES.items)
    return next(iter(_rows(rows)), None)


def to_review(situation_id: UUID, *, actor: Actor) -> Found | None:
    """One that this person looks at again, or has seen; its author's too, to read."""
    context.require(actor)
    rows = Disclosure.objects.filter(pk=situation_id, items__in=SHAPES.items)
    return next(iter(_rows(rows)), None)


def looked_at(*, actor: Actor, at: datetime) -> tuple[list[Found], list[Found]]:
    """Those that wait for somebody who supervises, the oldest first; then those of the month."""
    context.require(actor)
    return spoken.looked_at(SHAPES, actor=actor, at=at)


def kept(rows: Collection[Disclosure], *, actor: Actor) -> list[Found]:
    """These, with their words."""
    context.require(actor)
    return _rows(rows)


@dataclass(frozen=True)
class Said:
    """Somebody who accompanies people here, and what they are for the law, if it was said."""

    user_id: UUID
    name: str
    category: str

    @property
    def label(self) -> str:
        return str(Category(self.category).label) if self.category else ""


def category_of(user_id: UUID, *, actor: Actor) -> str:
    """What this person is for the law, in the organisation one acts for; empty: nobody said it."""
    context.require(actor)
    said = Duty.objects.filter(organisation_id=actor.organisation_id, user_id=user_id)
    newest = said.order_by("-said_at", "pk").values_list("category", flat=True).first()
    return newest or ""


def everybody(*, actor: Actor, at: datetime) -> list[Said]:
    """Those who accompany people here, by name, and what each is for the law."""
    said = Duty.objects.filter(organisation_id=actor.organisation_id).order_by("said_at", "pk")
    newest = dict(said.values_list("user_id", "category"))
    people = accounts.who_works_here(ACCOMPANYING, actor=actor, at=at)
    return [Said(one.user_id, one.name, newest.get(one.user_id, "")) for one in people]


def words(key: str) -> str:
    """A text of the region; empty when its files do not hold it yet."""
    try:
        return regions.text(key)
    except regions.Unknown:
        return ""


def duties() -> list[tuple[Category, str]]:
    """What the law asks of each category, in the region's words."""
    return [(one, words(text_of(one))) for one in Category]
