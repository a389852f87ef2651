"""Which texts are to be reviewed, which help lines to be verified, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.regions import texts
from spheres.regions.models import HelpLine, Text

FIRST_WORDS: Final = 80


@dataclass(frozen=True)
class Due:
    """One of them: its name in the region's files, how it begins, why somebody is to look."""

    name: str
    begins: str
    why: str


def due(*, actor: Actor, on: date) -> tuple[list[Due], list[Due]]:
    """The texts, then the help lines, in the order of their names."""
    context.require(actor)
    written = list(Text.objects.order_by("key"))
    lines = list(HelpLine.objects.order_by("position", "pk"))
    names = {line.slug: line.name for line in regions.help_lines()}
    return (
        [
            Due(one.name, _beginning(regions.text(one.name)), one.why)
            for one in texts.due(written, [], on=on)
        ],
        [Due(one.name, names.get(one.name, ""), one.why) for one in texts.due([], lines, on=on)],
    )


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + "…"
