"""What do the files of a life say of what keeps her safe: her sheets, and when to look again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from spheres.config import contacts
from spheres.core.actor import Actor
from spheres.followup.safety_net import actions as safety
from spheres.followup.safety_net.asking import CIRCLES, KINDS, LONGEST, QUESTIONS
from spheres.followup.safety_net.models import Look, Part, Rhythm
from spheres.records.models import Pen
from spheres.regions.reading import Part as Place

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

MORE: Final = ("pen", "knots", "answers", "her_words", "support", "rhythm", "agreed")


@dataclass(frozen=True)
class SheetSaid:
    """One version of one of her sheets, on the day it was written."""

    day: int
    who: str
    part: str
    pen: str
    answers: dict[str, Any] = field(default_factory=dict)
    her_words: str = ""
    support: str = ""
    rhythm: str = ""
    agreed: int | None = None


@dataclass(frozen=True)
class LookSaid:
    """A day when something called for looking again."""

    day: int
    who: str
    why: str


Said = SheetSaid | LookSaid


def said(check: Check, part: Place) -> Said:
    """One entry, checked."""
    if "look" in part.any_fields():
        it = part.fields("day", "by", "look")
        day, who = contacts.when_and_who(check, it)
        return LookSaid(day, who, it["look"].choice(Look.Why.values))
    it = part.fields("day", "by", "sheet", optional=MORE)
    day, who = contacts.when_and_who(check, it)
    sheet = it["sheet"].choice(Part.values) or Part.NET
    known = [question.name for question in QUESTIONS[sheet]]
    answers: dict[str, Any] = {}
    if "answers" in it:
        told = it["answers"].fields(optional=known)
        answers = {name: each.text() for name, each in told.items() if name in known}
    if "knots" in it:
        answers["knots"] = list(_knots(it["knots"]))
    return SheetSaid(
        day,
        who,
        sheet,
        it["pen"].choice(Pen.values) if "pen" in it else Pen.TOGETHER,
        answers,
        it["her_words"].text() if "her_words" in it else "",
        it["support"].text(language=check.language) if "support" in it else "",
        it["rhythm"].choice(Rhythm.values) if "rhythm" in it else "",
        it["agreed"].number(-1000, day) if "agreed" in it else None,
    )


def _knots(part: Place) -> Iterator[dict[str, Any]]:
    for each in part.items():
        it = each.fields("kind", "who", "circle", optional=("reach",))
        circle = it["circle"].choice([code for code, _label in CIRCLES])
        yield {
            "kind": it["kind"].choice(KINDS),
            "who": it["who"].text(most=LONGEST),
            "reach": it["reach"].text(most=LONGEST) if "reach" in it else "",
            "circle": int(circle or 2),
        }


def act(telling: Telling, told: Said, numbers: dict[str, int]) -> Act:
    """The act of one of these; `numbers` says which version of each sheet stands meanwhile."""
    who, at = telling._actor(told.who), telling._moment(told.day, "meeting")
    file_id = telling.file_id
    if isinstance(told, LookSaid):
        look_id = telling.loading.id("look", f"{telling.story.slug}/{told.day}")

        def look() -> None:
            safety.look_again(file_id, look_id, told.why, by=who, at=at)

        return telling._act("look", told.day, who, at, look)
    on = numbers.get(told.part, 0)
    numbers[told.part] = on + 1
    key = f"{telling.story.slug}/{told.part}/{on}"
    written = safety.Written(
        id=telling.loading.id("safety", key),
        on=on,
        occurred_at=at,
        part=told.part,
        pen=told.pen,
        answers=told.answers,
        rhythm=told.rhythm,
        agreed_on=day_of(telling, told.agreed),
        her_words=told.her_words,
        support=told.support,
    )
    return telling._act("sheet", told.day, who, at, _signing(telling, written, who, at))


def day_of(telling: Telling, day: int | None) -> date | None:
    return None if day is None else telling.monday + timedelta(days=day)


def _signing(telling: Telling, written: safety.Written, who: Actor, at: Any) -> Any:
    return lambda: safety.sign(telling.file_id, written, by=who, at=at)
