"""How does a row of figures become words in a table and a bar in a picture?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from spheres.evaluation.indicators.queries import NOT_COUNTED, Row
from spheres.ui.text import shortened

WIDTH: Final = 300
LONGEST: Final = 235  # of a bar: its number stands after it
LETTERS: Final = 34  # that fit above a bar; the table beside has the whole
STUB: Final = 24  # the open bar of what is hidden: its length says nothing
STEP: Final = 50  # from one bar to the next


@dataclass(frozen=True)
class Bar:
    """One bar under its words. A hidden figure has an open one, always of the same length."""

    name: str
    words: str
    length: int
    is_open: bool
    top: int

    @property
    def label(self) -> str:
        """The name as far as it fits above the bar; read aloud, it is whole."""
        return shortened(self.name, LETTERS)

    @property
    def label_at(self) -> int:
        return self.top + 14

    @property
    def bar_at(self) -> int:
        return self.top + 21

    @property
    def words_at(self) -> int:
        return self.top + 35

    @property
    def words_from(self) -> int:
        return self.length + 8


@dataclass(frozen=True)
class Picture:
    bars: tuple[Bar, ...]
    width: int = WIDTH

    @property
    def height(self) -> int:
        return STEP * len(self.bars)

    @property
    def said(self) -> str:
        """The picture read aloud."""
        return ", ".join(
            _("%(label)s: %(number)s") % {"label": bar.name, "number": bar.words}
            for bar in self.bars
        )


def in_words(number: int | str | None) -> str:
    """A number, or that it is hidden, or was not counted."""
    if number == NOT_COUNTED:
        return _("not counted")
    return _("hidden") if number is None else str(number)


def lines(rows: Iterable[Row]) -> list[list[str]]:
    """The rows of the table: name, the quarter, its three months."""
    return [[row.words, *(in_words(number) for number in (row.total, *row.months))] for row in rows]


def picture(rows: Iterable[Row]) -> Picture:
    """One bar a row, for the quarter."""
    totals = [(row.words, row.total) for row in rows]
    longest = max((number or 0 for _name, number in totals), default=0) or 1
    return Picture(
        tuple(
            Bar(
                name=name,
                words=in_words(number),
                length=STUB if number is None else round(LONGEST * number / longest),
                is_open=number is None,
                top=place * STEP,
            )
            for place, (name, number) in enumerate(totals)
        )
    )
