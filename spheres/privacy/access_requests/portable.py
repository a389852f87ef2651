"""How does a copy leave as data, to be taken elsewhere? A shape that does not change by surprise.

`docs/guides/portable-copy.md` says what whoever receives it may rely on. Codes are the same in each
language; words are as they were written; what is hidden is said hidden, and why, and is not there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language

from spheres.records.between.together import Copied, CopiedRegister

SHAPE: Final = "copy-of-a-file"
VERSION: Final = 2


def data(
    texts: Sequence[Copied],
    registers: Sequence[CopiedRegister] | None,
    *,
    on: date,
    reference: str,
    is_neutral: bool,
    left_out: int,
) -> bytes:
    """The same texts as on paper, in the same order."""
    said: dict[str, Any] = {
        "shape": SHAPE,
        "version": VERSION,
        "language": (get_language() or "fr")[:2],
        "made_on": on.isoformat(),
        "reference": reference,
        "left_out": left_out,
        "texts": [_text(one, is_neutral=is_neutral) for one in texts],
        # They say who works where.
        "registers": [] if is_neutral else [_register(one) for one in registers or ()],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _text(one: Copied, *, is_neutral: bool) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "title": one.title,
        "at": one.at.isoformat(),
        "author": None if is_neutral else one.author or None,
        "parts": [
            {
                "code": code or None,
                "title": title or None,
                "pieces": [
                    {"words": words or None, "hidden": reason or None} for words, reason in pieces
                ],
            }
            for code, title, pieces in one.texts
        ],
        "comments": [{"at": at.isoformat(), "words": words} for at, words in one.comments],
    }


def _register(one: CopiedRegister) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "lines": [
            {"at": line.at.isoformat(), "sentences": list(line.sentences)} for line in one.lines
        ],
    }
