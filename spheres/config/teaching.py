"""What does a region's folder say of its teaching, in its demonstration?

Played after the lives: what serves to teach, who teaches, the offer of the year, and what outside
organisations asked, with what was answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor
from spheres.followup.admission import actions as admission
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.catalogue import actions as catalogue
from spheres.training.catalogue import queries as catalogued
from spheres.training.catalogue.models import Language, Trainer
from spheres.training.offer import actions as offering
from spheres.training.offer.models import Offered
from spheres.training.requests import actions as training
from spheres.training.requests.models import Answer, TrainingRequest

FIRST_DAY, LAST_DAY, AHEAD = -1000, -1, 400
MORNING, NOON = time(9, 0), time(12, 0)
PLACES: Final = {code.lower(): code for code in TrainingRequest.Place.values}
OFFERED: Final = {code.lower(): code for code in Offered.Place.values}
REACHES: Final = {code.lower(): code for code in Trainer.Reach.values}
OUTCOMES: Final = {code.lower(): code for code in Answer.Outcome.values}
TEXTS: Final = ("organisation", "group", "needs", "dates", "where", "reach")


@dataclass(frozen=True)
class MaterialSaid:
    """One version of what serves to teach a topic; `of` is the place of its first version."""

    topic: str
    by: str
    day: int
    title: str
    language: str
    address: str
    of: int | None


@dataclass(frozen=True)
class TrainerSaid:
    """What somebody, or an organisation from outside, teaches; and who confirmed it."""

    by: str
    day: int
    topics: list[str]
    languages: list[str]
    reaches: list[str]
    outside: str
    confirmed_by: str


@dataclass(frozen=True)
class OfferedSaid:
    """One line of an offer: months count from that of the first loading."""

    by: str
    day: int
    month: int
    topic: str
    place: str
    language: str


@dataclass(frozen=True)
class AnsweredSaid:
    """What was answered, by whom and on which day."""

    by: str
    day: int
    outcome: str
    words: str
    proposed: int | None


@dataclass(frozen=True)
class AskedSaid:
    """What an outside organisation asked."""

    day: int
    environment: str
    people: int
    place: str
    language: str
    texts: dict[str, str]
    answers: list[AnsweredSaid]


@dataclass(frozen=True)
class Said:
    """All that the file says."""

    materials: tuple[MaterialSaid, ...] = ()
    trainers: tuple[TrainerSaid, ...] = ()
    offered: tuple[OfferedSaid, ...] = ()
    asked: tuple[AskedSaid, ...] = ()


def check(parts: list[Part], said: Mapping[str, Any]) -> Said:
    """Of this region's people, topics and environments."""
    if not parts:
        return Said()
    people = {person.slug for person in said.get("people", [])}
    topics = {row.slug for row in said.get("topics", [])}
    environments = {term.code for term in said.get("vocabularies", {}).get("environments", [])}
    it = parts[0].fields("materials", "trainers", "offered", "asked")
    return Said(
        tuple(_material(one, people, topics) for one in it["materials"].items()),
        tuple(_trainer(one, people, topics) for one in it["trainers"].items()),
        tuple(_offered(one, people, topics) for one in it["offered"].items()),
        tuple(_asked(one, people, environments) for one in it["asked"].items()),
    )


def _material(part: Part, people: set[str], topics: set[str]) -> MaterialSaid:
    it = part.fields("topic", "by", "day", "title", "language", "address", optional=("of",))
    return MaterialSaid(
        it["topic"].choice(topics),
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["title"].text(),
        it["language"].choice(Language.values),
        it["address"].web(),
        it["of"].number(1, 99) - 1 if "of" in it else None,
    )


def _trainer(part: Part, people: set[str], topics: set[str]) -> TrainerSaid:
    it = part.fields(
        "by", "day", "topics", "languages", "reaches", optional=("outside", "confirmed_by")
    )
    return TrainerSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["topics"].choices(topics),
        it["languages"].choices(Language.values),
        [REACHES.get(reach, "") for reach in it["reaches"].choices(REACHES)],
        it["outside"].text() if "outside" in it else "",
        it["confirmed_by"].choice(people) if "confirmed_by" in it else "",
    )


def _offered(part: Part, people: set[str], topics: set[str]) -> OfferedSaid:
    it = part.fields("by", "day", "month", "topic", "place", "language")
    return OfferedSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["month"].number(0, 12),
        it["topic"].choice(topics),
        OFFERED.get(it["place"].choice(OFFERED), ""),
        it["language"].choice(Language.values),
    )


def _asked(part: Part, people: set[str], environments: set[str]) -> AskedSaid:
    it = part.fields(
        "day", "environment", "people", "place", "language", *TEXTS, optional=("answers",)
    )
    return AskedSaid(
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["environment"].choice(environments),
        it["people"].number(1, 2000),
        PLACES.get(it["place"].choice(PLACES), ""),
        it["language"].choice(Language.values),
        {name: it[name].text() for name in TEXTS},
        [_answered(one, people) for one in it["answers"].items()] if "answers" in it else [],
    )


def _answered(part: Part, people: set[str]) -> AnsweredSaid:
    it = part.fields("by", "day", "outcome", "words", optional=("proposed",))
    return AnsweredSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        OUTCOMES.get(it["outcome"].choice(OUTCOMES), ""),
        it["words"].text(),
        it["proposed"].number(FIRST_DAY, AHEAD) if "proposed" in it else None,
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once people live."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each in its order; played already, it stands."""
    said: Said = loading.said.get("teaching", Said())
    for what, lines, do in (
        ("material", said.materials, _keep),
        ("trainer", said.trainers, _say),
        ("training offered", said.offered, _offer),
        ("training asked", said.asked, _ask),
    ):
        for number, line in enumerate(lines):
            line_id = loading.id(what, str(number))
            playing.once(line_id, partial(_do, do, loading, line, line_id))


def _do(do: Callable[..., None], loading: Loading, line: Any, line_id: UUID) -> None:
    do(loading, line, line_id)


def _at(loading: Loading, by: str, day: int) -> tuple[Actor, datetime]:
    return playing.actor_of(loading, by), playing.moment_of(loading, day, MORNING)


def _keep(loading: Loading, line: MaterialSaid, line_id: UUID) -> None:
    by, at = _at(loading, line.by, line.day)
    sent = catalogue.Sent(line_id, line.title, line.language, clock.day_of(at), line.address)
    with clock.at(at), context.acting_as(by):
        if line.of is not None:
            of = catalogued.material(loading.id("material", str(line.of)), actor=by)
            assert of is not None
            catalogue.keep_next(sent, of, by=by, at=at)
            return
        topic = catalogued.topic(loading.id("topic", line.topic), actor=by)
        assert topic is not None
        catalogue.keep(sent, topic.row, by=by, at=at)


def _say(loading: Loading, line: TrainerSaid, line_id: UUID) -> None:
    by, at = _at(loading, line.by, line.day)
    said = catalogue.Said(line_id, line.topics, line.languages, line.reaches)
    with clock.at(at), context.acting_as(by):
        if line.outside:
            catalogue.say_outside(said, line.outside, by=by, at=at)
        else:
            catalogue.say_own(said, by=by, at=at)
    if not line.confirmed_by:
        return
    confirmer, noon = (
        playing.actor_of(loading, line.confirmed_by),
        playing.moment_of(loading, line.day, NOON),
    )
    with clock.at(noon), context.acting_as(confirmer):
        of = catalogued.teaching(by.user_id, actor=confirmer)
        assert of is not None
        confirmed_id = loading.id("trainer confirmed", str(line_id))
        catalogue.confirm(confirmed_id, of, by=confirmer, at=noon)


def _offer(loading: Loading, line: OfferedSaid, line_id: UUID) -> None:
    by, at = _at(loading, line.by, line.day)
    first = playing.day_of(loading, 0)
    months = first.year * 12 + first.month - 1 + line.month
    said = offering.Said(
        line_id, months // 12, months % 12 + 1, line.topic, line.place, line.language
    )
    with clock.at(at), context.acting_as(by):
        offering.offer(said, by=by, at=at)


def _ask(loading: Loading, line: AskedSaid, line_id: UUID) -> None:
    at = playing.moment_of(loading, line.day, NOON)
    sent = training.Sent(
        id=line_id,
        number=admission.number_of(line_id),
        environment=line.environment,
        people=line.people,
        place=line.place,
        language=line.language,
        said_in=line.language,
        **line.texts,
    )
    desk = loading.id("organisation", loading.said["region"].desk)
    with clock.at(at), context.acting_as(VISITOR):
        training.ask(sent, desk=desk, by=VISITOR, at=at)
    for number, each in enumerate(line.answers):
        by, then = _at(loading, each.by, each.day)
        day: date | None = None
        if each.proposed is not None:
            day = playing.day_of(loading, each.proposed)
        given = training.Given(
            loading.id("training answered", f"{line_id} {number}"), each.outcome, each.words, day
        )
        with clock.at(then), context.acting_as(by):
            training.answer(given, line_id, by=by, at=then)


SECTION: Final = Section(
    name="teaching",
    file="teaching.yaml",
    title=gettext_lazy("Who teaches, what is offered and what is asked"),
    check=check,
    plan=plan,
    apply=apply,
)
