"""What do the files of a life say of her one page, gesture by gesture?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.admission import policy
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import LONGEST, MOST_LINES, Line
from spheres.regions.reading import Part

if TYPE_CHECKING:
    from spheres.config.stories import Check


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


def line(check: Check, part: Part) -> LineSaid:
    """One gesture, checked. Places on the page count from one."""
    said = ("off",) if "off" in part.any_fields() else ("text", "whose")
    it = part.fields("day", "by", *said, optional=("heading", "instead_of"))
    day = check.later_day(it["day"])
    who = check.person_of(it["by"], day, frozenset(policy.WORKERS))
    if who and who != check.holder:
        it["by"].fault(_("another worker accepted this referral."))
    return LineSaid(
        day,
        who,
        it["text"].text(most=LONGEST) if "text" in it else "",
        it["whose"].choice(Line.Whose.values) if "whose" in it else "",
        it["heading"].choice(check.codes_of("summary_headings")) if "heading" in it else "",
        it["instead_of"].number(1, MOST_LINES) if "instead_of" in it else 0,
        it["off"].number(1, MOST_LINES) if "off" in it else 0,
    )


@dataclass
class HerPage:
    """Her page while its gestures are told: which lines stand on it, and its number."""

    file_id: UUID
    lines: list[UUID] = field(default_factory=list)
    number: int = 0

    def doing(self, said: LineSaid, act_id: UUID, who: Actor, at: datetime) -> Callable[[], object]:
        """What one gesture does, on the page that the one before left."""
        file_id, on = self.file_id, self.number
        self.number += 1
        if said.off:
            gone = self.lines.pop(said.off - 1)
            return lambda: summary.remove(file_id, gone, gesture=act_id, by=who, at=at)
        words = summary.Said(act_id, on, said.text, said.whose, said.heading)
        if said.instead_of:
            before, self.lines[said.instead_of - 1] = self.lines[said.instead_of - 1], act_id
            return lambda: summary.change(file_id, before, words, by=who, at=at)
        self.lines.append(act_id)
        return lambda: summary.add(file_id, words, by=who, at=at)
