"""How is a question with five steps said, in the language of whoever reads it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

STEPS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Asked:
    """One question: what its first and its last step mean; a remark may be added to each."""

    code: str
    label: str
    low: str
    high: str


def in_language(said: Mapping[str, str]) -> str:
    """The reader's language; the other one where it says nothing."""
    first, second = ("en", "fr") if (get_language() or "").startswith("en") else ("fr", "en")
    return said.get(first) or said.get(second, "")


def asked_of(definition: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The questions of a set, in its order."""
    return tuple(
        Asked(
            one["code"], in_language(one["label"]), in_language(one["low"]),
            in_language(one["high"]),
        )
        for one in definition["questions"]
    )  # fmt: skip
