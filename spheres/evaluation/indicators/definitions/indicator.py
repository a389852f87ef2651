"""What is an indicator? One definition: what is counted, of whom, in what unit, from which records,
and what it does not know; with the question that the database is asked, and how few are hidden.

A definition never changes under the same version: the figures published under it are read beside
it. To change one, raise its version; a test holds every version to its text and its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.theory.models import Component
from spheres.regions import queries as regions


class Shape(Enum):
    """How a figure is told, and so what is hidden with what."""

    MONTHS = "a number by month, and its quarter"
    KINDS_BY_MONTH = "each kind of it by month, and its quarter; no sum of the kinds"
    QUARTER = "a number by quarter, for people are counted once"
    KINDS = "its kinds by quarter, hidden as if their sum were told"
    BANDS = "its kinds by quarter; all of them hidden when their sum is small"

    @property
    def is_quarterly(self) -> bool:
        return self in {Shape.QUARTER, Shape.KINDS, Shape.BANDS}

    @property
    def has_kinds(self) -> bool:
        return self in {Shape.KINDS_BY_MONTH, Shape.KINDS, Shape.BANDS}


PERIODS = {
    True: _("The quarter"),
    False: _("The month, and the quarter"),
}


@dataclass(frozen=True)
class Indicator:
    """One figure. Its SQL gives the first day of the month or quarter, the organisation, the
    measure, the kind and how many, with {span}, {zone}, {from_at} and {until_at}."""

    measure: Measure
    version: int
    component: Component
    shape: Shape
    counts: Any  # a sentence, in both languages, as all that follows
    unit: Any
    unknowns: Any
    records: Any
    query: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at
    vocabulary: str = ""  # of the region: the kinds, in its order
    choices: Sequence[tuple[str, Any]] = ()  # or beside it: code and words
    is_of_people: bool = True  # what speaks of no person is told as it is, however few
    is_of_quality: bool = False  # what it counts is what the other figures miss
    listed: str = ""  # the way to what is counted, one by one, for whoever is shown that way

    @property
    def period(self) -> str:
        return str(PERIODS[self.shape.is_quarterly])

    @property
    def name(self) -> str:
        return str(self.measure.label)

    @property
    def said(self) -> list[tuple[Any, Any]]:
        """All but what is counted, as pairs of a name and its words."""
        few = _("Hidden, with what would tell them.")
        shown = _("Shown: no person is in it.")
        return [
            (_("Counted in"), self.unit),
            (_("Period"), self.period),
            (_("Comes from"), self.records),
            (_("What it does not know"), self.unknowns),
            (_("Small numbers"), few if self.is_of_people else shown),
            (_("Version of the definition"), self.version),
        ]

    @property
    def kinds(self) -> list[str]:
        """The codes of its kinds, in the order of the page."""
        words = regions.words(self.vocabulary) if self.vocabulary else ()
        return [*(word.code for word in words), *(code for code, _words in self.choices)]

    def kind_name(self, code: str) -> str:
        """A kind, in the reader's language; one the region no longer offers too."""
        words = dict(self.choices).get(code)
        return regions.label(self.vocabulary, code) if words is None else str(words)


def month(column: str) -> str:
    """The first day of the month or quarter in which a moment falls, where the programme works."""
    return f"date_trunc({{span}}, {column} at time zone {{zone}})::date"


def within(column: str) -> str:
    return f"{column} >= {{from_at}} and {column} < {{until_at}}"


def within_days(column: str) -> str:
    """The same, of a day."""
    return (
        f"{column} >= ({{from_at}} at time zone {{zone}})::date "
        f"and {column} < ({{until_at}} at time zone {{zone}})::date"
    )


# Whoever receives referrals and requests for the whole region.
OUR_DESK = "(select desk_organisation_id from regions_region limit 1)"
# A matter is its first desk's: where it arrived.
FIRST_DESK = """
  join lateral (
    select h.organisation_id from sharing_handler h
    where h.matter_id = {matter} and h.kind = 'DESK' order by h.starts_at, h.id limit 1
  ) d on true"""
HANDLERS = {"sharing_handler": ("matter_id", "organisation_id", "kind", "starts_at", "id")}
HOLDERS = {"participants_file": ("id", "holder_id")}
