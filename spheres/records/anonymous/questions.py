"""How is a question with a few steps said, in the language of whoever reads it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

STEPS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Asked:
    """One question. Its steps go from `low` to `high`; or each has its own words, its choices, of
    which one `fits`."""

    code: str
    label: str
    low: str = ""
    high: str = ""
    choices: tuple[str, ...] = ()
    fits: int = 0

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(range(1, len(self.choices) + 1)) if self.choices else STEPS

    def words_of(self, step: int) -> str:
        """What one step means, where it is said."""
        if self.choices:
            return self.choices[step - 1]
        return {STEPS[0]: self.low, STEPS[-1]: self.high}.get(step, "")


def in_language(said: Mapping[str, str]) -> str:
    """The reader's language; the other one where it says nothing."""
    first, second = ("en", "fr") if (get_language() or "").startswith("en") else ("fr", "en")
    return said.get(first) or said.get(second, "")


def asked_of(definition: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The questions of a set, in its order."""
    return tuple(
        Asked(
            one["code"],
            in_language(one["label"]),
            in_language(one.get("low", {})),
            in_language(one.get("high", {})),
            tuple(in_language(choice) for choice in one.get("choices", ())),
            one.get("fits", 0),
        )
        for one in definition["questions"]
    )
