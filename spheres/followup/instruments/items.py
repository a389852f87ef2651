"""What does a questionnaire ask, and how is each answer typed, kept and said back?

Pure: no database, no request. A question is data of whoever holds the rights; an answer is kept
under the question's own identifier, and what was skipped is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.followup.instruments import scoring
from spheres.followup.instruments.scoring import Band, Missing, Question, Result, Rounding, Scale
from spheres.ui import text

LONGEST: Final = 4_000
LONGEST_LINE: Final = 200
YES_NO: Final = {"yes": _("Yes"), "no": _("No")}

Sent = Mapping[str, str]  # what a page sends, or a draft keeps: field, text


class Kind(StrEnum):
    """The kinds of things a questionnaire may hold."""

    GROUP = "group"
    DISPLAY = "display"
    CHOICE = "choice"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    LINE = "string"
    TEXT = "text"


ANSWERED: Final = frozenset(Kind) - {Kind.GROUP, Kind.DISPLAY}


@dataclass(frozen=True)
class Said:
    """A text in both languages."""

    fr: str = ""
    en: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, str] | None) -> Said:
        return cls(**kept) if kept else cls()

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr)


@dataclass(frozen=True)
class Option:
    """One answer that a question offers, and what the recipe may count it for."""

    id: str
    label: Said
    value: int | None = None


@dataclass(frozen=True)
class Item:
    """One question, or a heading, or words to be read. Nothing of it need be answered."""

    id: str
    kind: Kind
    label: Said
    depth: int = 0
    options: tuple[Option, ...] = ()
    span: tuple[int, int] | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Item:
        options = tuple(
            Option(one["id"], Said.of(one["label"]), one["value"]) for one in kept["options"]
        )
        span = kept["span"]
        return cls(
            kept["id"],
            Kind(kept["kind"]),
            Said.of(kept["label"]),
            kept["depth"],
            options,
            (span[0], span[1]) if span else None,
        )

    @property
    def is_answered(self) -> bool:
        return self.kind in ANSWERED

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What may be chosen, in the words of the questionnaire."""
        if self.kind == Kind.BOOLEAN:
            return list(YES_NO.items())
        return [(one.id, one.label) for one in self.options]

    @property
    def values(self) -> dict[str, int]:
        """What each answer may be counted for; empty when nothing is said of it."""
        if self.kind == Kind.BOOLEAN:
            return {"no": 0, "yes": 1}
        return {one.id: one.value for one in self.options if one.value is not None}

    @property
    def is_counted(self) -> bool:
        """Whether a recipe can add up its answers."""
        if self.kind == Kind.INTEGER:
            return self.span is not None
        return bool(self.values) and len(self.values) == len(self.choices)

    @property
    def question(self) -> Question:
        """The same, as a recipe counts it."""
        return Question(self.id, self.values, self.span if self.kind == Kind.INTEGER else None)


@dataclass(frozen=True)
class Recipe:
    """One scale: what it is about, how it adds up, and the sentence of each of its bands."""

    id: str
    title: Said
    scale: Scale
    sentences: tuple[Said, ...]

    @classmethod
    def of(cls, kept: Mapping[str, Any], items: Mapping[str, Item]) -> Recipe:
        return cls(
            kept["id"],
            Said.of(kept["title"]),
            Scale(
                questions=tuple(items[name].question for name in kept["items"]),
                reverse=frozenset(kept["reverse"]),
                multiply=Fraction(kept["multiply"]),
                least_answered=kept["least_answered"],
                missing=Missing(kept["missing"]),
                rounding=Rounding(kept["rounding"]),
                bands=tuple(
                    Band(band["from"], band["to"], number)
                    for number, band in enumerate(kept["bands"])
                ),
            ),
            tuple(Said.of(band["words"]) for band in kept["bands"]),
        )


@dataclass(frozen=True)
class Asks:
    """One version of a questionnaire: what never changes once somebody may have answered it."""

    title: Said
    lead: Said
    section: str
    items: tuple[Item, ...]
    recipes: tuple[Recipe, ...]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Asks:
        items = tuple(map(Item.of, kept["items"]))
        known = {item.id: item for item in items}
        return cls(
            title=Said.of(kept["title"]),
            lead=Said.of(kept["lead"]),
            section=kept["section"],
            items=items,
            recipes=tuple(Recipe.of(one, known) for one in kept["scales"]),
        )

    @property
    def answered(self) -> list[Item]:
        return [item for item in self.items if item.is_answered]

    def field(self, item: Item) -> str:
        """What its field is called in a page: its place, which never changes in a version."""
        return f"q-{self.items.index(item)}"


@dataclass(frozen=True)
class Protocol:
    """What is to be done after some answers, and who answers for it: written by a clinician."""

    items: frozenset[str]
    words: Said
    title: Said
    organisation: Said

    def opens(self, item: Item, answer: str, *, is_reversed: bool) -> bool:
        """Whether this answer stands above the lowest one. In doubt, it does."""
        if item.id not in self.items or not answer:
            return False
        values = item.question
        worth = values.worth(answer) if item.is_counted else None
        return is_reversed or worth is None or worth > values.least


@dataclass(frozen=True)
class Terms:
    """On what terms it is offered: they may change without a new version."""

    licence: Said
    until: date | None
    may_print: bool
    offered_by: frozenset[str]
    figures_for: frozenset[str]
    pens: tuple[str, ...]
    youngest: int
    protocol: Protocol | None
    touches: Said = Said()  # what it may stir, said before its first question

    def is_over(self, on: date) -> bool:
        """Whether the permission to use it has ended: its last day is still a day of it."""
        return self.until is not None and on > self.until

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Terms:
        said = kept["protocol"]
        return cls(
            licence=Said.of(kept["licence"]),
            until=date.fromisoformat(kept["until"]) if kept["until"] else None,
            may_print=kept["may_print"],
            offered_by=frozenset(kept["offered_by"]),
            figures_for=frozenset(kept["figures_for"]),
            pens=tuple(kept["pens"]),
            youngest=kept["youngest"],
            protocol=Protocol(
                frozenset(said["items"]),
                Said.of(said["words"]),
                Said.of(said["title"]),
                Said.of(said["organisation"]),
            )
            if said
            else None,
            touches=Said.of(kept.get("touches")),
        )


# What a page sends becomes an answer; None when it was skipped.


def answers(asks: Asks, sent: Sent) -> dict[str, str]:
    """Every answer that a page, or a draft, holds; what was skipped is absent."""
    found = {item.id: answer(item, sent.get(asks.field(item), "")) for item in asks.answered}
    return {name: said for name, said in found.items() if said is not None}


def answer(item: Item, typed: str) -> str | None:
    said = text.clean(str(typed)).strip()
    if item.kind in {Kind.CHOICE, Kind.BOOLEAN}:
        return said if said in dict(item.choices) else None
    if item.kind == Kind.INTEGER:
        number = scoring.whole(said)
        return None if number is None or is_outside(item, number) else str(number)
    return said[: LONGEST if item.kind == Kind.TEXT else LONGEST_LINE] or None


def is_outside(item: Item, number: int) -> bool:
    return item.span is not None and not item.span[0] <= number <= item.span[1]


def fields_of(asks: Asks, kept: Mapping[str, str]) -> dict[str, str]:
    """The fields that would give these answers: to be corrected, or gone on with."""
    return {asks.field(item): kept[item.id] for item in asks.answered if item.id in kept}


# An answer, said back.


@dataclass(frozen=True)
class Told:
    """One question and its answer, in the reader's language where the words are not hers."""

    item: Item
    words: str
    is_outside: bool = False


def told(asks: Asks, kept: Mapping[str, str]) -> list[Told]:
    """Headings and answers, in the order of the questions; what was skipped has no words.

    An answer that its question does not offer is said as it was kept: nothing is lost.
    """
    return [_told(item, kept.get(item.id, "")) for item in asks.items]


def _told(item: Item, said: str) -> Told:
    if item.kind in {Kind.CHOICE, Kind.BOOLEAN} and said:
        label = dict(item.choices).get(said)
        return Told(item, said if label is None else str(label), label is None)
    if item.kind == Kind.INTEGER and said:
        number = scoring.whole(said)
        return Told(item, said, number is None or is_outside(item, number))
    return Told(item, said)


def beyond(asks: Asks, kept: Mapping[str, str]) -> dict[str, str]:
    """Answers to what this version does not ask: kept as they are, counted nowhere."""
    names = scoring.unasked((item.id for item in asks.answered), kept)
    return {name: kept[name] for name in names}


@dataclass(frozen=True)
class Reading:
    """What one recipe makes of a filled questionnaire: a sentence; the figure for a few."""

    recipe: Recipe
    result: Result

    @property
    def sentence(self) -> Said | None:
        band = self.result.band
        return self.recipe.sentences[band.sentence] if band else None

    @property
    def is_enough(self) -> bool:
        return self.result.figure is not None

    @property
    def bounds(self) -> tuple[int, int]:
        return scoring.bounds(self.recipe.scale)

    @property
    def skipped(self) -> int:
        return len(self.result.skipped)


def readings(asks: Asks, kept: Mapping[str, str]) -> list[Reading]:
    return [Reading(one, scoring.result(one.scale, kept)) for one in asks.recipes]


def opening(asks: Asks, protocol: Protocol | None, kept: Mapping[str, str]) -> list[Item]:
    """The questions whose answer asks that the written protocol be read, now."""
    if protocol is None:
        return []
    reversed_ = {name for one in asks.recipes for name in one.scale.reverse}
    return [
        item
        for item in asks.answered
        if protocol.opens(item, kept.get(item.id, ""), is_reversed=item.id in reversed_)
    ]


@dataclass(frozen=True)
class Choice:
    """One button to choose from."""

    value: str
    label: Any
    is_chosen: bool
    opens: bool = False


@dataclass(frozen=True)
class Asked:
    """One item as the page draws it, with what was typed or chosen so far."""

    item: Item
    name: str
    value: str = ""
    choices: tuple[Choice, ...] = field(default=())
    is_watched: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}-box"
