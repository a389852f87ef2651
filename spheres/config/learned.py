"""What do a region's groups say before and after their trainings, in its demonstration?

Played once its sessions are there: the group of one is asked as it begins, answers before and after
from phones, and is closed. Each column of figures is one person, known by nothing but a code.
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
from spheres.config.taught import TaughtSaid
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.records.anonymous.questions import STEPS
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.learning import actions, queries
from spheres.training.learning.actions import Opened
from spheres.training.learning.models import LearningRound, QuestionSet

TO_COME, MORNING = -1, time(9, 0)
BEFORE, AFTERWARDS = timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class GroupSaid:
    """One group: of which session, asked by whom, what each answered."""

    session: TaughtSaid
    by: str
    before: Mapping[str, tuple[int, ...]]
    after: Mapping[str, tuple[int, ...]]
    tries: tuple[str, ...]

    @property
    def people(self) -> int:
        return max((len(line) for line in self.before.values()), default=0)


def check(parts: list[Part], said: Mapping[str, Any]) -> list[GroupSaid]:
    """Each group, of a session of this region about whose topic one asks."""
    people = {person.slug: person for person in said.get("people", [])}
    sets = {one.slug: one.definition for one in said.get("learning", [])}
    held = {one.slug: one for one in said.get("sessions", []) if one.topic in sets}
    found = [_group(one, people, sets, held) for one in (parts[0].items() if parts else [])]
    return [one for one in found if one is not None]


def _group(
    part: Part,
    people: Mapping[str, Any],
    sets: Mapping[str, Any],
    held: Mapping[str, TaughtSaid],
) -> GroupSaid | None:
    it = part.fields("session", "by", optional=("before", "after", "tries"))
    session = held.get(it["session"].choice(held))
    if session is None:
        return None
    asked = [one["code"] for one in sets[session.topic]["questions"]]
    pleased = [code for code, _label in queries.PLEASED]
    before = _lines(it["before"], asked) if "before" in it else {}
    after = _lines(it["after"], [*asked, *pleased]) if "after" in it else {}
    if len({len(line) for line in (*before.values(), *after.values())}) > 1:
        part.fault(_("so many lines of before as of after."))
    if after and any(len(line) > len(session.came) for line in after.values()):
        part.fault(_("more people answer than came to this session."))
    return GroupSaid(
        session,
        it["by"].choice(people),
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
        group_id = loading.id("learning group", each.session.slug)
        playing.once(group_id, partial(_play, loading, each))


def _play(loading: Loading, each: GroupSaid) -> None:
    by, of_day = playing.actor_of(loading, each.by), each.session.day
    begins = playing.moment_of(loading, of_day, each.session.starts)
    at = min(begins - BEFORE, playing.moment_of(loading, TO_COME, MORNING))
    of = _open(loading, each, at)
    if of_day > TO_COME:
        return
    _answer(of, each, each.before, at)
    later = playing.moment_of(loading, of_day, each.session.ends)
    done = later + AFTERWARDS
    with clock.at(later), context.acting_as(by):
        actions.ask_after(of, by=by, at=later)
    _answer(of, each, each.after, later, each.tries)
    with clock.at(done), context.acting_as(by):
        actions.close(of, by=by, at=done)


def _open(loading: Loading, each: GroupSaid, at: datetime) -> LearningRound:
    by, session = playing.actor_of(loading, each.by), each.session
    with clock.at(at), context.acting_as(by):
        opened = Opened(
            loading.id("learning", session.slug),
            QuestionSet.objects.get(slug=session.topic, is_offered=True),
            loading.id("training session", session.slug),
            playing.day_of(loading, session.day),
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
        moment = at + timedelta(minutes=place + 1)
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
