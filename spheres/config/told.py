"""What do the files of a life say besides referrals and notes: passages, lines of her page?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from spheres.followup.summary.models import LONGEST, MOST_LINES, Line
from spheres.regions.reading import Part


@dataclass(frozen=True)
class PassageSaid:
    """A pause, a departure, a return, a letter; her words for the end; whether it still fits."""

    day: int
    step: str
    who: str
    words: str = ""
    letter: str = ""
    answer: str = ""


@dataclass(frozen=True)
class LineSaid:
    """A gesture on her page: a line added, the line at a place said otherwise, or taken off."""

    day: int
    who: str
    text: str = ""
    whose: str = ""
    heading: str = ""
    instead_of: int = 0
    off: int = 0


def line(
    part: Part, *, day: Callable[[Part], int], who: Callable[[Part, int], str],
    headings: Collection[str],
) -> LineSaid:  # fmt: skip
    """One gesture, checked. Places on the page count from one."""
    said = ("off",) if "off" in part.any_fields() else ("text", "whose")
    it = part.fields("day", "by", *said, optional=("heading", "instead_of"))
    on = day(it["day"])
    return LineSaid(
        on,
        who(it["by"], on),
        it["text"].text(most=LONGEST) if "text" in it else "",
        it["whose"].choice(Line.Whose.values) if "whose" in it else "",
        it["heading"].choice(headings) if "heading" in it else "",
        it["instead_of"].number(1, MOST_LINES) if "instead_of" in it else 0,
        it["off"].number(1, MOST_LINES) if "off" in it else 0,
    )
