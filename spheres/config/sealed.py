"""What do the files of a life say of a psychotherapy, and how is it played? Invented, like all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from spheres.followup.instruments import actions as instruments
from spheres.followup.instruments.policy import Age
from spheres.followup.therapy_notes import actions as therapy
from spheres.records.models import Pen
from spheres.regions.reading import Part
from spheres.sharing.rules import THERAPISTS, THERAPY, WORKERS

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check


@dataclass(frozen=True)
class TherapySaid:
    """A psychotherapist is brought in (`beside`), answers are kept (`asked`), or a note signed."""

    day: int
    who: str
    beside: str = ""
    asked: str = ""  # questionnaire and version
    answers: dict[str, str] = field(default_factory=dict)
    shows_day: bool = False
    texts: dict[str, str] = field(default_factory=dict)


def of(check: Check) -> list[TherapySaid]:
    """Everything the entry says of it."""
    known: set[str] = set()
    return [_said(check, part, known) for part in check.listed("therapy")]


def _said(check: Check, part: Part, known: set[str]) -> TherapySaid:
    if "beside" in part.any_fields():
        it = part.fields("day", "by", "beside")
        day = check.later_day(it["day"])
        known.add(beside := check.person_of(it["beside"], day, THERAPISTS))
        return TherapySaid(day, check.person_of(it["by"], day, WORKERS), beside)
    it = part.fields(
        "day", "by",
        optional=("her_words", "text", "support", "shown", "questionnaire", "answers"),
    )  # fmt: skip
    day = check.later_day(it["day"])
    who = check.person_of(it["by"], day, THERAPISTS)
    if who and who not in known:
        it["by"].fault(_("nobody has brought this psychotherapist in yet."))
    texts = {
        "observation" if name == "text" else name: it[name].text(language=check.language)
        for name in ("her_words", "text", "support")
        if name in it
    }
    asked = ""
    if "questionnaire" in it:
        versions = {
            one.slug: f"{one.slug}/{one.version}"
            for one in check.sheets
            if one.definition.get("section") == THERAPY
        }
        asked = versions.get(it["questionnaire"].choice(versions), "")
    said = it["answers"].any_fields() if "answers" in it else {}
    answers = {name: each.text() for name, each in said.items()}
    shown = "shown" in it and it["shown"].yes()
    return TherapySaid(day, who, asked=asked, answers=answers, shows_day=shown, texts=texts)


def act(telling: Telling, said: TherapySaid) -> Act:
    """The act of one of these, in its story."""
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    number = telling._id("therapy", said.day)
    file_id = telling.file_id
    if said.beside:
        beside = telling.loading.id("person", said.beside)
        return telling._act(
            "beside", said.day, who, at,
            lambda: therapy.bring_in(file_id, beside, number, by=who, at=at),
        )  # fmt: skip
    if said.asked:
        filled = instruments.Written(
            id=number,
            instrument_id=telling.loading.id("instrument", said.asked),
            occurred_at=at,
            pen=Pen.TOGETHER,
            answers=said.answers,
            **said.texts,
        )
        age = Age("", telling.story.referral.texts["age_band"])
        return telling._act(
            "filled", said.day, who, at,
            lambda: instruments.sign(THERAPY, file_id, filled, age=age, by=who, at=at),
        )  # fmt: skip
    written = therapy.Written(number, at, shows_day=said.shows_day, **said.texts)
    return telling._act(
        "therapy note", said.day, who, at,
        lambda: therapy.sign(file_id, written, by=who, at=at),
    )  # fmt: skip
