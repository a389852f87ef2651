"""What do several rounds of one exercise say beside each other: two voices, several days?

Laid out, never counted: no total, no mean, nothing of what lies between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from spheres.followup.exercises.prompts import Kind, Prompt, Told
from spheres.followup.exercises.sheet import Pen, Sheet
from spheres.ui import moments

HERS: Final = frozenset({Pen.HERSELF, Pen.TOGETHER})
MOST_OLDER: Final = 5  # rings that an eye still tells apart
MOST_DAYS: Final = 7  # that a line of days still shows on a phone


class Voice(StrEnum):
    """Whose, and of which day."""

    HERS = "HERS"
    WORKER = "WORKER"
    OLDER = "OLDER"


# Spheres.


@dataclass(frozen=True)
class Round:
    """One filled wheel."""

    voice: Voice
    at: datetime
    told: Told

    @property
    def title(self) -> str:
        who = {
            Voice.HERS: _("Your own words, %(day)s"),
            Voice.WORKER: _("Your worker’s, %(day)s"),
            Voice.OLDER: _("Your own words before, %(day)s"),
        }
        return who[self.voice] % {"day": moments.day(self.at)}

    @property
    def shares(self) -> dict[str, float | None]:
        return dict(self.told.parts)

    @property
    def words(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self.told.rows}


@dataclass(frozen=True)
class Wheel:
    """One question about spheres, in every round that is shown; hers of the last day first."""

    prompt: Prompt
    rounds: tuple[Round, ...]

    @cached_property
    def spheres(self) -> list[str]:
        """Every sphere that one of them names, hers first."""
        return list(dict.fromkeys(name for each in self.rounds for name, _share in each.told.parts))

    @property
    def drawn_in_order(self) -> list[Round]:
        """Hers under, then the rings of older days, then the outline of the worker."""
        order = (Voice.HERS, Voice.OLDER, Voice.WORKER)
        return sorted(self.rounds, key=lambda each: order.index(each.voice))

    @property
    def columns(self) -> list[str]:
        return [str(self.prompt.column or _("Sphere")), *(each.title for each in self.rounds)]

    @property
    def rows(self) -> list[list[str]]:
        """The same, in words."""
        return [
            [
                f"{number}. {sphere}",
                *(each.words.get(sphere) or _("Not said") for each in self.rounds),
            ]
            for number, sphere in enumerate(self.spheres, 1)
        ]

    @property
    def said_aloud(self) -> list[str]:
        said = zip(self.rounds, list(zip(*self.rows, strict=True))[1:], strict=True)
        return [
            f"{each.title}: " + ", ".join(map(" ".join, zip(self.spheres, words, strict=True)))
            for each, words in said
        ]


def since(sheets: Sequence[Sheet], moment: datetime | None) -> list[Sheet]:
    """Of somebody who came back, those written since; all of them, when nothing is folded."""
    return [sheet for sheet in sheets if moment is None or sheet.written_at >= moment]


def chosen(sheets: Sequence[Sheet], *, worker: bool, older: bool) -> list[tuple[Voice, Sheet]]:
    """Which sheets to open, of those that stand, newest first: only what was asked for."""
    hers = [sheet for sheet in sheets if sheet.pen in HERS]
    found = [(Voice.HERS, sheet) for sheet in hers[:1]]
    if worker:
        found += [(Voice.WORKER, sheet) for sheet in sheets if sheet.pen == Pen.WORKER][:1]
    if older:
        found += [(Voice.OLDER, sheet) for sheet in hers[1 : MOST_OLDER + 1]]
    return found


def wheels(rounds: Iterable[tuple[Voice, datetime, list[Told]]]) -> list[Wheel]:
    """Each question about spheres, with every round that answers it."""
    held: dict[str, list[Round]] = {}
    for voice, at, told in rounds:
        for each in told:
            if each.prompt.kind == Kind.WHEEL:
                held.setdefault(each.prompt.id, []).append(Round(voice, at, each))
    return [Wheel(each[0].told.prompt, tuple(each)) for each in held.values()]
