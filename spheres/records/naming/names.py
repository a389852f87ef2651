"""Which words are looked for, and which are left alone, when a text must name nobody?

Names and places that are common here: enough to recognise one when it is typed, whatever its
capitals. Without accents, in small letters; drawn by hand, of nobody in particular.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).with_name("lists")


def _read(name: str) -> frozenset[str]:
    return frozenset((LISTS / f"{name}.txt").read_text(encoding="utf-8").split())


FIRST: Final = _read("first_names")
FAMILY: Final = _read("family_names")
PLACES: Final = _read("places")
# Names that are also words of every day: they count with a capital alone.
ORDINARY: Final = _read("ordinary")
# Words that take a capital without naming anybody: roles, services, what English asks.
CAPITALS: Final = _read("capitals")
# After «street» or «school», words that name none.
GENERIC: Final = _read("generic")
# What is said with a capital, and where nobody could be found.
HARMLESS: Final = _read("harmless")
