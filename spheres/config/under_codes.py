"""What does a region's folder say of questions asked under a code, in its demonstration?

Played once the lives stand: a visitor asks, the desk or the worker it asked answers, somebody adds
a word. No code is kept anywhere, so none can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import VISITOR, asker
from spheres.followup.questions import actions
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY: Final = -25  # within the delay, or the first night would erase it


@dataclass(frozen=True)
class WrittenSaid:
    """One answer or one more word: by whom (empty: whoever asked), which day, at what hour."""

    by: str
    day: int
    hour: str
    words: str


@dataclass(frozen=True)
class QuestionSaid:
    """One question: when, how she wants to be called, to whom it was handed, what followed."""

    slug: str
    day: int
    hour: str
    language: str
    nickname: str
    words: str
    handed_to: str
    written: tuple[WrittenSaid, ...]


def check(parts: list[Part], said: Mapping[str, Any]) -> list[QuestionSaid]:
    """Answers come from the desk, or from the worker to whom the question was handed."""
    people = {person.slug: person for person in said.get("people", [])}
    return [_question(entry, people) for entry in (parts[0].items() if parts else [])]


def _question(part: Part, people: Mapping[str, Any]) -> QuestionSaid:
    it = part.fields(
        "slug", "day", "hour", "language", "words",
        optional=("nickname", "handed_to", "answers", "adds"),
    )  # fmt: skip
    written = [
        WrittenSaid(
            said["by"].choice(people) if who == "answers" else "",
            said["day"].number(FIRST_DAY, 0),
            f"{hour_of(said['hour']):%H:%M}",
            said["words"].text(),
        )
        for who in ("answers", "adds")
        for entry in (it[who].items() if who in it else [])
        for said in [entry.fields(*(("by",) if who == "answers" else ()), "day", "hour", "words")]
    ]
    return QuestionSaid(
        it["slug"].slug(),
        it["day"].number(FIRST_DAY, 0),
        f"{hour_of(it['hour']):%H:%M}",
        it["language"].choice({"fr", "en"}),
        it["nickname"].text(most=40) if "nickname" in it else "",
        it["words"].text(most=2_000),
        it["handed_to"].choice(people) if "handed_to" in it else "",
        tuple(sorted(written, key=lambda one: (one.day, one.hour))),
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the lives stand."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each is asked and answered; asked already, it stands."""
    for each in loading.said.get("questions", []):
        form_id = loading.id("question", each.slug)
        playing.once(form_id, partial(_ask, loading, each, form_id))


def _ask(loading: Loading, each: QuestionSaid, form_id: UUID) -> None:
    at = _moment(loading, each.day, each.hour)
    matter = actions.matter_of(form_id)
    with clock.at(at), context.acting_as(VISITOR):
        actions.ask(
            form_id,
            words=each.words,
            nickname=each.nickname,
            language=each.language,
            desk=loading.id("organisation", loading.said["region"].desk),
            by=VISITOR,
            at=at,
        )
    if each.handed_to:
        desk, to = playing.of_the_desk(loading), loading.id("person", each.handed_to)
        with clock.at(at), context.acting_as(desk):
            actions.hand(matter, to=to, by=desk, at=at)
    for number, said in enumerate(each.written):
        at = _moment(loading, said.day, said.hour)
        message = loading.id("question", f"{each.slug} {number}")
        by = playing.actor_of(loading, said.by) if said.by else asker(matter)
        write = actions.answer if said.by else actions.add
        with clock.at(at), context.acting_as(by):
            write(matter, message, words=said.words, by=by, at=at)


def _moment(loading: Loading, day: int, hour: str) -> datetime:
    return playing.moment_of(loading, day, datetime.strptime(hour, "%H:%M").time())


SECTION: Final = Section(
    name="questions",
    file="questions.yaml",
    title=gettext_lazy("Questions asked under a code, in the demonstration"),
    check=check,
    plan=plan,
    apply=apply,
)
