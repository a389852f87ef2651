"""What do the files of a life say of exercises filled in, and how is each played?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.config import contacts
from spheres.core.actor import Actor
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises import prompts
from spheres.followup.exercises.defining import HANDS, ExerciseSaid
from spheres.regions.reading import Part

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check


@dataclass(frozen=True)
class SheetSaid:
    """One exercise, filled one day: what a page would send, and who held the pen."""

    day: int
    who: str
    exercise: ExerciseSaid
    pen: str
    was_read: bool
    sent: dict[str, str]
    texts: dict[str, str]


def sheet(check: Check, part: Part) -> SheetSaid:
    """One filled exercise, checked: every answer is to a question that it asks.

    What a tool keeps is not filled here: it is told with the tool.
    """
    it = part.fields(
        "day", "by", "exercise", "pen", "answers",
        optional=("her_words", "observation", "support", "read"),
    )  # fmt: skip
    day, who = contacts.when_and_who(check, it)
    known = {one.slug: one for one in check.exercises if "kept_in" not in one.definition}
    asked = known.get(it["exercise"].choice(known)) or next(iter(known.values()))
    texts = {
        name: it[name].text(language=check.language)
        for name in ("her_words", "observation", "support")
        if name in it
    }
    pen = HANDS.get(it["pen"].choice(HANDS), "")
    was_read = "read" in it and it["read"].yes()
    return SheetSaid(day, who, asked, str(pen), was_read, _sent(it["answers"], asked), texts)


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
    one, asks = said.exercise, prompts.Exercise.of(said.exercise.definition)
    written = exercises.Written(
        id=number,
        exercise_id=telling.loading.id("exercise", f"{one.slug}/{one.version}"),
        occurred_at=at,
        pen=said.pen,
        was_read=said.was_read,
        answers=prompts.answers(asks, said.sent),
        **said.texts,
    )
    return telling._act(
        "filled", said.day, who, at, _filling(asks.section, telling.file_id, written, who, at)
    )


def _filling(
    section: str, file_id: UUID, written: exercises.Written, who: Actor, at: datetime
) -> Callable[[], Any]:
    return lambda: exercises.sign(section, file_id, written, by=who, at=at)
