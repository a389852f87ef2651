"""How is a text cut into sentences, and what is left of it once some are hidden?

Pure: it knows neither rows nor pages. What it gives holds no character of what is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

# To the end of a sentence, with the quotation marks and brackets that close it, or of the line.
SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…]+(?:[\s\u00a0\u202f]*[»”\"’)\]])*(?=\s|\Z)|(?=\n)|\Z)")


@dataclass(frozen=True, order=True)
class Span:
    """From one character of a text to another, which is not in it."""

    starts: int
    ends: int


@dataclass(frozen=True)
class Hidden:
    """A passage to hide, and what is said in its place."""

    span: Span
    reason: str
    words: str = ""


@dataclass(frozen=True)
class Piece:
    """Some of a text: its words; or, hidden, why, and what may be said of it."""

    words: str
    reason: str = ""


def sentences(text: str) -> list[Span]:
    """Every sentence; all that shows in the text is in one of them."""
    return [Span(found.start(), found.end()) for found in SENTENCE.finditer(text)]


def joined(chosen: Iterable[Span], text: str) -> list[Span]:
    """Sentences that follow each other are hidden as one, and nobody counts them."""
    places = {span: place for place, span in enumerate(sentences(text))}
    known = sorted(place for span, place in places.items() if span in set(chosen))
    order = list(places)
    runs = groupby(enumerate(known), key=lambda pair: pair[1] - pair[0])
    found = []
    for _gap, run in runs:
        held = [place for _number, place in run]
        found.append(Span(order[held[0]].starts, order[held[-1]].ends))
    return found


def fits(span: Span, text: str) -> bool:
    return 0 <= span.starts < span.ends <= len(text)


def pieces(text: str, hidden: Iterable[Hidden]) -> list[Piece]:
    """What is left of a text, and a mark in place of each passage; those that touch are one.

    One that does not fit hides all of it.
    """
    hidden = sorted(hidden, key=lambda one: one.span)
    if stray := [one for one in hidden if not fits(one.span, text)]:
        return [Piece(stray[0].words, stray[0].reason)]
    found: list[Piece] = []
    reached = 0
    for one in hidden:
        if one.span.ends <= reached:
            continue
        left = text[reached : max(one.span.starts, reached)]
        if left.strip():
            found.append(Piece(left.strip()))
        if left.strip() or not found or found[-1].reason != one.reason:
            found.append(Piece(one.words, one.reason))
        reached = one.span.ends
    if (rest := text[reached:].strip()) or not found:
        found.append(Piece(rest))
    return [piece for piece in found if piece.words or piece.reason]
