"""Which texts of the region do the public pages show? Their templates say it themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from spheres.public.queries import READERS, STEPS
from spheres.regions import texts

TEMPLATES: Final = Path(__file__).parent / "templates" / "public"
SHOWN: Final = re.compile(r"region_(?:line|paragraphs|points) key=\"([^\"]+)\"")


@cache
def shown() -> tuple[str, ...]:
    """The key of each text that a template shows."""
    found = (SHOWN.findall(path.read_text("utf-8")) for path in sorted(TEMPLATES.rglob("*.html")))
    return tuple(dict.fromkeys(key for keys in found for key in keys))


def needed(said: Mapping[str, Any]) -> Sequence[str]:
    """Those, and for each step of the region's own list, its words and its tips."""
    steps = [term.code for term in said["vocabularies"].get(STEPS, [])]
    return [*shown(), *(f"steps.{step}.{part}" for step in steps for part in ("words", *READERS))]


texts.need(needed)
