"""In which pile was each need, day after day? Laid out in time; nothing is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.followup.exercises.prompts import Exercise, Kind, Prompt
from spheres.ui import moments

NOW: Final = "now"  # the pile of what matters now


@dataclass(frozen=True)
class Mark:
    """Where one need was on one day: the place of its pile, or nothing (it was not placed)."""

    day: int
    pile: int | None = None
    words: str = ""
    is_first: bool = False

    @property
    def said(self) -> str:
        if self.pile is None:
            return _("Not placed")
        if self.is_first:
            return _("%(pile)s, among the first") % {"pile": self.words}
        return self.words


@dataclass(frozen=True)
class Need:
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Needs:
    """The days, the oldest first, and each need that mattered on one of them."""

    title: str
    days: tuple[datetime, ...]
    piles: tuple[str, ...]  # the words of each shape
    lines: tuple[Need, ...]

    @property
    def columns(self) -> list[str]:
        days = (f"{number}. {moments.day(at)}" for number, at in enumerate(self.days, 1))
        return [_("Need"), *days]

    @property
    def rows(self) -> list[list[str]]:
        return [[need.label, *(mark.said for mark in need.marks)] for need in self.lines]

    @property
    def said_aloud(self) -> str:
        return "; ".join(
            f"{need.label}: "
            + ", ".join(
                f"{moments.day(at)}, {mark.said}"
                for at, mark in zip(self.days, need.marks, strict=True)
            )
            for need in self.lines
        )


def needs_over_time(
    days: Sequence[tuple[datetime, Exercise, Mapping[str, Any]]],
) -> Needs | None:
    """Of opened sheets, the oldest first. None when no need was ever said to matter."""
    sorts = [(at, prompt, kept) for at, asks, all_kept in days if (prompt := _sort(asks))
             and (kept := all_kept.get(prompt.id))]  # fmt: skip
    if not sorts:
        return None
    newest = sorts[-1][1]
    codes = dict.fromkeys(
        code
        for _at, prompt, kept in reversed(sorts)
        for code in [*kept.get("top", []), *(card.id for card in prompt.words)]
        if kept["piles"].get(code) == NOW or code in kept.get("top", [])
    )
    lines = tuple(
        Need(
            _label(code, [prompt for _at, prompt, _kept in reversed(sorts)]),
            tuple(
                _mark(number, code, prompt, kept)
                for number, (_at, prompt, kept) in enumerate(sorts, 1)
            ),
        )
        for code in codes
    )
    if not lines:
        return None
    piles = tuple(str(pile.label) for pile in newest.piles)
    return Needs(str(newest.label), tuple(at for at, _prompt, _kept in sorts), piles, lines)


def _sort(asks: Exercise) -> Prompt | None:
    for prompt in asks.prompts:
        if prompt.kind == Kind.CARD_SORT and NOW in {pile.id for pile in prompt.piles}:
            return prompt
    return None


def _label(code: str, prompts: Sequence[Prompt]) -> str:
    """In the words of the newest version that has this card."""
    words = (str(card.label) for prompt in prompts for card in prompt.words if card.id == code)
    return next(words, code)


def _mark(day: int, code: str, prompt: Prompt, kept: Mapping[str, Any]) -> Mark:
    is_first = code in kept.get("top", [])
    pile = kept["piles"].get(code) or (NOW if is_first else None)
    for place, each in enumerate(prompt.piles):
        if each.id == pile:
            return Mark(day, place, str(each.label), is_first)
    return Mark(day)
