"""What do the files of a life say of exercises and questionnaires, and how is each played?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.config import contacts
from spheres.core.actor import Actor
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises import prompts
from spheres.followup.exercises.defining import HANDS, ExerciseSaid
from spheres.followup.instruments import actions as instruments
from spheres.followup.instruments import items
from spheres.followup.instruments.defining import MODES, InstrumentSaid
from spheres.followup.instruments.policy import Age
from spheres.regions.reading import Part

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check


Asked: TypeAlias = ExerciseSaid | InstrumentSaid


@dataclass(frozen=True)
class SheetSaid:
    """One sheet, filled one day: what a page would send, and who held the pen."""

    day: int
    who: str
    asked: Asked
    pen: str
    was_read: bool
    sent: dict[str, str]
    texts: dict[str, str]


def sheet(check: Check, part: Part) -> SheetSaid:
    """One filled sheet, checked: every answer is to a question that it asks.

    What a tool keeps is not filled here: it is told with the tool.
    """
    kind = "questionnaire" if "questionnaire" in part.any_fields() else "exercise"
    it = part.fields(
        "day", "by", kind, "pen", "answers",
        optional=("her_words", "observation", "support", "read"),
    )  # fmt: skip
    day, who = contacts.when_and_who(check, it)
    wanted = InstrumentSaid if kind == "questionnaire" else ExerciseSaid
    known = {
        one.slug: one
        for one in check.sheets
        if isinstance(one, wanted) and "kept_in" not in one.definition
    }
    asked = known.get(it[kind].choice(known)) or next(iter(known.values()))
    texts = {
        name: it[name].text(language=check.language)
        for name in ("her_words", "observation", "support")
        if name in it
    }
    hands: dict[str, Any] = {**(MODES if kind == "questionnaire" else HANDS)}
    pen = hands.get(it["pen"].choice(hands), "")
    was_read = "read" in it and it["read"].yes()
    sent = (
        _answered(it["answers"], asked)
        if isinstance(asked, InstrumentSaid)
        else _sent(it["answers"], asked)
    )
    return SheetSaid(day, who, asked, str(pen), was_read, sent, texts)


def _answered(part: Part, asked: InstrumentSaid) -> dict[str, str]:
    """The answers to a questionnaire, by question."""
    known = {item.id: item for item in items.Asks.of(asked.definition).answered}
    said = {name: each.text() for name, each in part.any_fields().items()}
    for name, each in part.any_fields().items():
        if name not in known or items.answer(known[name], said[name]) != each.plain:
            each.fault(_("this questionnaire asks nothing that is answered so."))
    return said


def _sent(part: Part, asked: ExerciseSaid) -> dict[str, str]:
    asks = prompts.Exercise.of(asked.definition)
    typed = {f"p-{name}": each.text() for name, each in part.any_fields().items()}
    for prompt in asks.prompts:
        for group in ((), *((word.id,) for word in prompt.words)):
            typed.setdefault(prompt.field(*group, "lines"), str(prompts.MOST_LINES))
    understood = prompts.fields_of(asks, prompts.answers(asks, typed))
    for name, each in part.any_fields().items():
        if understood.get(f"p-{name}") != each.plain:
            each.fault(_("this exercise asks nothing that is answered so."))
    return typed


def act(telling: Telling, said: SheetSaid) -> Act:
    """The act of one of these, in its story."""
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    number = telling._id("sheet", said.day)
    make = _answering if isinstance(said.asked, InstrumentSaid) else _filling
    return telling._act("filled", said.day, who, at, make(telling, said, number, who, at))


def _filling(
    telling: Telling, said: SheetSaid, number: UUID, who: Actor, at: datetime
) -> Callable[[], Any]:
    asked, asks = said.asked, prompts.Exercise.of(said.asked.definition)
    written = exercises.Written(
        id=number,
        exercise_id=telling.loading.id("exercise", f"{asked.slug}/{asked.version}"),
        occurred_at=at,
        pen=said.pen,
        was_read=said.was_read,
        answers=prompts.answers(asks, said.sent),
        **said.texts,
    )
    file_id = telling.file_id
    return lambda: exercises.sign(asks.section, file_id, written, by=who, at=at)


def _answering(
    telling: Telling, said: SheetSaid, number: UUID, who: Actor, at: datetime
) -> Callable[[], Any]:
    asked, section = said.asked, said.asked.definition["section"]
    written = instruments.Written(
        id=number,
        instrument_id=telling.loading.id("instrument", f"{asked.slug}/{asked.version}"),
        occurred_at=at,
        pen=said.pen,
        answers=said.sent,
        **said.texts,
    )
    file_id, age = telling.file_id, Age("", telling.story.referral.texts["age_band"])
    return lambda: instruments.sign(section, file_id, written, age=age, by=who, at=at)
