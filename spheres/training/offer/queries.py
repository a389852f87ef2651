"""What is offered, month by month: in the programme, and to whoever reads the public site?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import get_language

from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.training.catalogue.models import Language, Topic
from spheres.training.offer.models import Offered
from spheres.ui import moments

OFFER: Final = "offer"  # in the region's photograph: nothing personal


@dataclass(frozen=True)
class Line:
    """One topic offered in one month."""

    id: UUID
    year: int
    month: int
    titles: tuple[str, str]
    place_code: str
    language_code: str

    @property
    def title(self) -> str:
        return self.titles[1] if get_language() == "en" else self.titles[0]

    @property
    def place(self) -> str:
        return str(Offered.Place(self.place_code).label)

    @property
    def language(self) -> str:
        return str(Language(self.language_code).label)


@dataclass(frozen=True)
class Month:
    """What is offered in one month."""

    first: date
    offered: list[Line]

    @property
    def name(self) -> str:
        name = moments.month_name(self.first)
        return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class Year:
    """The offer of one year."""

    year: int
    months: list[Month]


def take_offer() -> tuple[Line, ...]:
    """All that is offered, of topics that are still taught: one photograph with the region."""
    topics = {row.slug: row for row in Topic.objects.filter(is_shown=True)}
    rows = Offered.objects.filter(withdrawn_at=None).order_by(
        "year", "month", "topic", "place", "language"
    )
    return tuple(
        Line(
            row.pk,
            row.year,
            row.month,
            (topics[row.topic].title_fr, topics[row.topic].title_en),
            row.place,
            row.language,
        )
        for row in rows
        if row.topic in topics
    )


def offer(*, actor: Actor) -> list[Year]:
    """The whole offer as it stands now, the newest year first."""
    context.require(actor)
    return list(reversed(by_year(take_offer())))


def published(*, on: date) -> list[Year]:
    """What the public site shows: this year, and those that come, the nearest first."""
    lines: tuple[Line, ...] = regions.also(OFFER)
    return by_year(line for line in lines if line.year >= on.year)


def by_year(lines: Iterable[Line]) -> list[Year]:
    """Lines in their order, by year and month."""
    years: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        years.setdefault(line.year, {}).setdefault(line.month, []).append(line)
    return [
        Year(year, [Month(date(year, month, 1), found) for month, found in months.items()])
        for year, months in years.items()
    ]


def offered(offered_id: UUID, *, actor: Actor) -> Offered | None:
    """One line that is still offered."""
    context.require(actor)
    return Offered.objects.filter(pk=offered_id, withdrawn_at=None).first()
