"""What do the files of a demonstration's life say of contacts and of urgent needs?

Held by the check of their story (`stories.Check`), which knows the day, the worker and the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from spheres.accounts.models import Role
from spheres.accounts.region import SHAPES
from spheres.core.actor import Actor
from spheres.followup.notes import actions as notes
from spheres.followup.notes.models import CHANGE
from spheres.followup.urgent_needs.models import Answer
from spheres.regions.reading import Fields, Part

if TYPE_CHECKING:
    from spheres.config.stories import Check

WORDS: Final = ("her_words", "text", "support")
MORE: Final = {
    "place": "contact_places", "initiative": "contact_beginners", "tags": "contact_tags",
}  # fmt: skip
WHO: Final = frozenset({Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT})
# What came of a need; without it, the need is still open.
CAME_TO: Final = {
    "being_met": Answer.Status.BEING_MET,
    "met": Answer.Status.MET,
    "still_there": Answer.Status.STILL_THERE,
    "not_wanted": Answer.Status.NOT_WANTED,
}

# From which hour to which hour each thing happens: a plausible day.
HOURS: Final = {
    "referral": (8, 20), "offered": (9, 12), "asked": (9, 12), "accepted": (10, 16),
    "declined": (10, 16),
    "in_contact": (11, 17), "admitted": (13, 16), "meeting": (13, 17), "text": (9, 19),
    "call": (10, 17), "accompaniment": (9, 14), "drop_in": (16, 19), "outreach": (17, 20),
    "activity": (10, 16), "missed": (13, 17), "cancelled_hers": (10, 16), "need": (9, 18),
}  # fmt: skip
OFFICE: Final = (9, 16)


@dataclass(frozen=True)
class NoteSaid:
    day: int
    who: str
    kind: str
    length: str
    her_words: str
    observation: str
    support: str
    more: dict[str, Any] = field(default_factory=dict)
    copied: str = ""  # the shape of its copy for the official file


@dataclass(frozen=True)
class NeedSaid:
    """Something that could not wait, and what came of it the same day."""

    day: int
    who: str
    need: str
    her_words: str
    came_to: str = ""
    answer: str = ""
    line: str = ""


def note(check: Check, part: Part) -> NoteSaid:
    it = part.fields(
        "day", "by", "kind", "length", *WORDS, optional=(*MORE, "given_back", "copied")
    )
    day, who = when_and_who(check, it)
    if not any(it[name].plain for name in WORDS):
        part.fault(_("a note says something: her_words, text or support."))
    return NoteSaid(
        day,
        who,
        it["kind"].choice(check.codes_of("contact_kinds")),
        it["length"].choice(check.codes_of("contact_lengths")) if it["length"].plain else "",
        it["her_words"].text(empty=True),
        it["text"].text(empty=True, language=check.language),
        it["support"].text(empty=True, language=check.language),
        more_of(check, it),
        SHAPES.get(it["copied"].choice(SHAPES), "") if "copied" in it else "",
    )


def noted(
    file_id: UUID, written: notes.Written, said: NoteSaid, *, by: Actor, at: datetime
) -> None:
    """Sign the note; then, where the file says so, copy it to the official file."""
    notes.sign(file_id, written, by=by, at=at)
    if said.copied:
        copy_id = uuid5(written.id, said.copied)
        notes.hand_over(written.id, copy_id, said.copied, by=by, at=at)


def more_of(check: Check, it: Fields) -> dict[str, Any]:
    """Where, who began it, what about, the summary given back: only where the file says so."""
    more = {name: check.codes_of(codes) for name, codes in MORE.items() if name in it}
    one, several = Part.choice, Part.choices
    said: dict[str, Any] = {
        n: (several if n == "tags" else one)(it[n], codes) for n, codes in more.items()
    }
    if "given_back" in it:
        words = it["given_back"].text(language=check.language)
        said |= {"guide": CHANGE, "given_back": words, "agreed": True}
    return said


def need(check: Check, part: Part) -> NeedSaid:
    it = part.fields("day", "by", "need", "her_words", optional=("came_to", "answer", "line"))
    day, who = when_and_who(check, it)
    return NeedSaid(
        day,
        who,
        it["need"].choice(check.codes_of("urgent_needs")),
        it["her_words"].text(empty=True),
        CAME_TO.get(it["came_to"].choice(CAME_TO), "") if "came_to" in it else "",
        it["answer"].text(empty=True) if "answer" in it else "",
        it["line"].text(empty=True, language=check.language) if "line" in it else "",
    )


def when_and_who(check: Check, it: Fields) -> tuple[int, str]:
    """A day that does not go backwards, and the worker who took her on."""
    day = check.later_day(it["day"])
    who = check.person_of(it["by"], day, WHO)
    if who and who != check.holder:
        it["by"].fault(_("another worker accepted this referral."))
    return day, who
