"""Which of the region's numbers stand first on a page, and was each verified lately?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spheres.directory.models import VERIFY_AFTER
from spheres.regions import queries as regions
from spheres.regions.queries import Line


@dataclass(frozen=True)
class Number:
    """One number to call, and whether somebody verified it lately."""

    line: Line
    is_to_verify: bool

    @property
    def dialled(self) -> str:
        return "".join(letter for letter in self.line.call if letter.isdigit())


def first(begins: tuple[str, ...], *, on: date) -> list[Number]:
    """Those whose name begins so, in that order; the region's others stand elsewhere."""
    lines = regions.help_lines()
    return [
        Number(
            line,
            not line.is_verified
            or line.verified_on is None
            or line.verified_on + VERIFY_AFTER < on,
        )
        for word in begins
        for line in lines
        if line.slug.startswith(word)
    ]
