"""How is a statement said, in the language of whoever reads it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Statement:
    """One sentence that an organisation may say of its own part."""

    code: str
    label: str


def in_language(said: Mapping[str, str]) -> str:
    return said["en"] if (get_language() or "").startswith("en") else said["fr"]


def statements_of(definition: Mapping[str, Any]) -> tuple[Statement, ...]:
    """The statements of a version, in its order."""
    return tuple(Statement(one["code"], in_language(one)) for one in definition["statements"])
