"""Which lies are told today? A third each day, by the date; all of them in the long proofs.

A lie that is not told today is told tomorrow or the day after. To tell again those of another day,
name it: « python3 run.py test FILE --day=2026-11-27 ».
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zlib import crc32

import pytest

from spheres.core import clock

PARTS = 3
NAMED: list[date] = []  # another day than today (conftest.py)
# Every second actor at each run, which leaves all roles and states in; all of them in a proof.
CROWDS = pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.proof)])
# Of a test that tells lies: some of them each day, whole in a long proof.
DAILY = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.proof)], ids=["some", "whole"]
)


def day() -> date:
    """The day whose part is told: today, or the one that is named."""
    return NAMED[0] if NAMED else clock.today()


def told_today(names: Iterable[str], *, whole: bool) -> list[str]:
    """Of these lies, by name, those that are told in this run: never none, where there are three.

    They are drawn in an order of their own, so that those of one kind are told on different days.
    """
    if whole:
        return list(names)
    return sorted(names, key=lambda name: crc32(name.encode()))[day().toordinal() % PARTS :: PARTS]


def part_told(*, whole: bool) -> str:
    """What a figure adds, so that a red can be run again."""
    return "" if whole else f" (a third, --day={day()})"
