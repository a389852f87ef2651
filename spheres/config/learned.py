"""What do a region's groups say before and after their trainings, in its demonstration?

Played once its people are there: a group is asked, answers before and after from phones, and is
closed. Each column of figures is one person, known by nothing but a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.records.anonymous.questions import STEPS
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.learning import actions, queries
from spheres.training.learning.actions import Opened
from spheres.training.learning.models import LearningRound, QuestionSet

FIRST_DAY, LAST_DAY, TO_COME = -1000, 21, -1


@dataclass(frozen=True)
class GroupSaid:
    """One group: about which topic, asked by whom on which day, what each answered."""

    session: str
    topic: str
    by: str
    day: int
    hour: int
    before: Mapping[str, tuple[int, ...]]
    after: Mapping[str, tuple[int, ...]]
    tries: tuple[str, ...]

    @property
    def people(self) -> int:
        return max((len(line) for line in self.before.values()), default=0)


def check(parts: list[Part], said: Mapping[str, Any]) -> list[GroupSaid]:
    """Each group, of this region's people and of the topics about which one asks."""
    people = {person.slug: person for person in said.get("people", [])}
    sets = {one.slug: one.definition for one in said.get("learning", [])}
    return [_group(one, people, sets) for one in (parts[0].items() if parts else [])]


def _group(part: Part, people: Mapping[str, Any], sets: Mapping[str, Any]) -> GroupSaid:
    it = part.fields(
        "session", "topic", "by", "day", "hour", optional=("before", "after", "tries")
    )  # fmt: skip
    topic = it["topic"].choice(sets)
    asked = [one["code"] for one in sets.get(topic, {"questions": ()})["questions"]]
    pleased = [code for code, _label in queries.PLEASED]
    before = _lines(it["before"], asked) if "before" in it else {}
    after = _lines(it["after"], [*asked, *pleased]) if "after" in it else {}
    if len({len(line) for line in (*before.values(), *after.values())}) > 1:
        part.fault(_("so many lines of before as of after."))
    return GroupSaid(
        it["session"].slug(),
        topic,
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["hour"].number(8, 16),
        before,
        after,
        tuple(one.text() for one in it["tries"].items()) if "tries" in it else (),
    )


def _lines(part: Part, codes: list[str]) -> dict[str, tuple[int, ...]]:
    return {
        code: tuple(one.number(0, STEPS[-1]) for one in line.items())
        for code, line in part.fields(optional=codes).items()
    }


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each group, one after the other; played already, it stands."""
    for each in loading.said.get("groups", []):
        group_id = loading.id("learning group", each.session)
        playing.once(group_id, partial(_play, loading, each))


def _play(loading: Loading, each: GroupSaid) -> None:
    by = playing.actor_of(loading, each.by)
    at = playing.moment_of(loading, min(each.day, TO_COME), time(each.hour))
    of = _open(loading, each, at)
    if each.day > TO_COME:
        return
    _answer(of, each, each.before, at + timedelta(minutes=10))
    later, done = at + timedelta(hours=3), at + timedelta(hours=5)
    with clock.at(later), context.acting_as(by):
        actions.ask_after(of, by=by, at=later)
    _answer(of, each, each.after, later + timedelta(minutes=10), each.tries)
    with clock.at(done), context.acting_as(by):
        actions.close(of, by=by, at=done)


def _open(loading: Loading, each: GroupSaid, at: datetime) -> LearningRound:
    by = playing.actor_of(loading, each.by)
    with clock.at(at), context.acting_as(by):
        opened = Opened(
            loading.id("learning", each.session),
            QuestionSet.objects.get(slug=each.topic, is_offered=True),
            loading.id("training session", each.session),
            playing.day_of(loading, each.day),
        )
        actions.open_round(opened, by=by, at=at)
        return LearningRound.objects.get(pk=opened.id)


def _answer(
    of: LearningRound,
    each: GroupSaid,
    lines: Mapping[str, tuple[int, ...]],
    at: datetime,
    tries: tuple[str, ...] = (),
) -> None:
    """From as many phones, in nobody's name."""
    for place in range(each.people):
        moment = at + timedelta(minutes=place)
        steps = {code: line[place] for code, line in lines.items() if line[place]}
        with clock.at(moment), context.acting_as(VISITOR):
            found = queries.in_room(of.code, actor=VISITOR, at=moment)
            assert found is not None
            actions.answer(
                found, uuid4(), own=f"DE{place:02}", steps=steps,
                tries=tries[place] if place < len(tries) else "", by=VISITOR, at=moment,
            )  # fmt: skip


SECTION: Final = Section(
    name="groups",
    file="groups.yaml",
    title=gettext_lazy("What groups answered before and after trainings"),
    check=check,
    plan=plan,
    apply=apply,
)
