"""Which lies are told today, and who is asked? A part each day, by the date; all in a proof.

A lie that is not told today is told within the week, and who is not asked today within four days.
To tell again those of another day, name it: « python3 run.py test FILE --day=2026-11-27 ».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar
from zlib import crc32

import pytest

from spheres.core import clock

Player = TypeVar("Player")
PARTS = 6
NAMED: list[date] = []  # another day than today (conftest.py)
# Every fourth actor, other ones each day; all of them in a proof.
CROWDS = pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.proof)])
# Of a test that tells lies: some of them each day, whole in a long proof.
DAILY = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.proof)], ids=["some", "whole"]
)


def day() -> date:
    """The day whose part is told: today, or the one that is named."""
    return NAMED[0] if NAMED else clock.today()


def told_today(names: Iterable[str], *, whole: bool) -> list[str]:
    """Of these lies, by name, those that are told in this run: never none, where there is any.

    They are drawn in an order of their own, so that those of one kind are told on different days.
    """
    if whole:
        return list(names)
    drawn = sorted(names, key=lambda name: crc32(name.encode()))
    parts = min(PARTS, len(drawn)) or 1
    return drawn[day().toordinal() % parts :: parts]


def crowd(players: Sequence[Player], step: int) -> Sequence[Player]:
    """Of these actors, one in so many, who are others the next day."""
    return players[day().toordinal() % step :: step]


def part_told(*, whole: bool) -> str:
    """What a figure adds, so that a red can be run again."""
    return "" if whole else f" (a part, --day={day()})"
