"""How is a worrying situation found: by its author, by who looks at it again; and what is one?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.worrying.models import Addition, Duty, Situation, Telling
from spheres.followup.worrying.policy import ADULT
from spheres.participants.queries import Header
from spheres.records import spoken
from spheres.records.between.telling import REPORT, WEIGHED
from spheres.records.spoken import Shapes, Spoken
from spheres.regions import queries as regions
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import ACCOMPANYING

Found = Spoken
SHAPES: Final = Shapes(Situation, Addition, Telling, (REPORT, WEIGHED))
TO_TELL: Final = "worrying situations, to tell her"
# Its author alone tells her, whether or not the person is still theirs.
TO_TELL_HER: Final = SHAPES.to_tell("d.prepared_by = %(user)s")
TO_LOOK_AT: Final = "worrying situations, to look at again"
# The region's texts: by category; then what is said of the grounds, and where it comes from.
DUTY, GROUNDS, SOURCE = "duty.{category}", "duty.grounds", "duty.source"
# Who is of each category (P-34.1, s. 39): said in words, for whoever says it.
WHO: Final = {
    User.ReportDuty.MUST_ALL: _(
        "Employee of an institution, member of a professional order who gives care or help, "
        "teacher, childcare worker, police officer"
    ),
    User.ReportDuty.MUST_SOME: _("Any other person"),
}


@dataclass(frozen=True)
class Age:
    """What is known of her age: enough to know whether youth protection acts for her."""

    years: int | None
    band: str
    is_adult: bool


def age_of(person: Header, on: date) -> Age:
    """By her day of birth; when it is not known, by the band that was asked instead."""
    is_adult = person.decides_alone(on=on, since_age=ADULT)
    try:
        born = date.fromisoformat(person.birth_date)
    except ValueError:
        band = person.age_band if person.age_band[:1].isdigit() else ""
        return Age(None, band.replace("-", "–"), is_adult)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Age(years, "", is_adult)


def _rows(rows: Collection[Disclosure], *, actor: Actor) -> list[Found]:
    """Those whose words one reads: nobody else knows that there is one."""
    return [one for one in spoken.found(SHAPES, list(rows), actor=actor) if one.words is not None]


def of_file(file_id: UUID, situation_id: UUID, *, actor: Actor) -> Found | None:
    """One of this file, for its author and those who supervise."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=situation_id, items__in=SHAPES.items)
    return next(iter(_rows(rows, actor=actor)), None)


def to_review(situation_id: UUID, *, actor: Actor) -> Found | None:
    """One that this person looks at again, or has seen; its author's too, to read."""
    context.require(actor)
    rows = Disclosure.objects.filter(pk=situation_id, items__in=SHAPES.items)
    return next(iter(_rows(rows, actor=actor)), None)


def looked_at(*, actor: Actor, at: datetime) -> tuple[list[Found], list[Found]]:
    """Those that wait for somebody who supervises, the oldest first; then those of the month."""
    context.require(actor)
    return spoken.looked_at(SHAPES, actor=actor, at=at)


def author_works_here(found: Found, *, actor: Actor, at: datetime) -> bool:
    """Whether whoever wrote it accompanies people in the organisation still."""
    here = accounts.who_works_here(ACCOMPANYING, actor=actor, at=at)
    return found.row.prepared_by in {one.user_id for one in here}


def kept(rows: Collection[Disclosure], *, actor: Actor) -> list[Found]:
    """These, with their words."""
    context.require(actor)
    return _rows(rows, actor=actor)


@dataclass(frozen=True)
class Said:
    """Somebody who accompanies people here, and what the law asks of them, as it was said."""

    user_id: UUID
    name: str
    category: str

    @property
    def label(self) -> str:
        return str(WHO[User.ReportDuty(self.category)])


def categories_of(users: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """What the law asks of each, in the organisation one acts for: as it was said there last, else
    when they were invited."""
    context.require(actor)
    said = Duty.objects.filter(organisation_id=actor.organisation_id, user_id__in=users)
    newest = dict(said.order_by("said_at", "pk").values_list("user_id", "category"))
    invited = dict(User.objects.filter(pk__in=users).values_list("pk", "report_duty"))
    return invited | newest


def category_of(user_id: UUID, *, actor: Actor) -> str:
    """The same, of one person."""
    return categories_of([user_id], actor=actor).get(user_id, "")


def everybody(*, actor: Actor, at: datetime) -> list[Said]:
    """Those who accompany people here, by name, and what the law asks of each."""
    people = accounts.who_works_here(ACCOMPANYING, actor=actor, at=at)
    said = categories_of([one.user_id for one in people], actor=actor)
    return [Said(one.user_id, one.name, said[one.user_id]) for one in people]


def words(key: str) -> str:
    """A text of the region; empty when its files do not hold it yet."""
    try:
        return regions.text(key)
    except regions.Unknown:
        return ""


@dataclass(frozen=True)
class Asks:
    """What the law asks of one category: who is of it, and the region's words."""

    category: str
    who: str
    words: str


def duties() -> list[Asks]:
    """What the law asks, category by category."""
    return [Asks(one, str(who), words(DUTY.format(category=one))) for one, who in WHO.items()]
