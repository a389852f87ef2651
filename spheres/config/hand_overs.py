"""What does a region's folder say of who is handed over, in its demonstration?

Played once the lives stand: each is told by her worker, then says what she wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import life, playing  # noqa: F401 -- life is read first: its people
from spheres.core import clock, context
from spheres.followup.admission import actions as admission
from spheres.followup.handing_over import actions as handing_over
from spheres.followup.handing_over.models import MAY_PASS, Choice
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

FIRST_DAY: Final = -60
TOLD_AT, SAID_AT = time(15, 10), time(15, 40)
WAYS: Final = {way.lower(): way for way in Choice.Way.values}


@dataclass(frozen=True)
class HandOverSaid:
    """One person, by whom she was told, on which day; what she wants, when she has said it."""

    story: str
    by: str
    day: int
    words: str
    way: str
    to: str
    passes: tuple[str, ...]


def check(parts: list[Part], said: Mapping[str, Any]) -> list[HandOverSaid]:
    """Each entry, of a person whom that worker accompanies, to a colleague of hers."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    return [_said(entry, people, accepted) for entry in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], accepted: dict[str, set[str]]) -> HandOverSaid:
    it = part.fields("person", "by", "day", optional=("words", "way", "to", "passes"))
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    to = it["to"].choice(people) if "to" in it else ""
    if to and by and people[to].organisation != people[by].organisation:
        it["to"].fault(_("somebody is handed over to a colleague of one’s own organisation."))
    return HandOverSaid(
        story,
        by,
        it["day"].number(FIRST_DAY, -1),
        it["words"].text() if "words" in it else "",
        WAYS.get(it["way"].choice(WAYS), "") if "way" in it else "",
        to,
        tuple(it["passes"].choices(MAY_PASS)) if "passes" in it else (),
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("hand-over", one.story): one.story for one in loading.said["hand_overs"]}
    return [Change(Kind.ADDED, story) for story in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: a person is handed over once her life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is told, then says what she wants; said already, it stands."""
    for each in loading.said.get("hand_overs", []):
        playing.once(loading.id("hand-over", each.story), partial(_play, loading, each))


def _play(loading: Loading, each: HandOverSaid) -> None:
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    told_at, said_at = (playing.moment_of(loading, each.day, hour) for hour in (TOLD_AT, SAID_AT))
    told = handing_over.Told(
        loading.id("told", each.story), clock.day_of(told_at), "" if each.way else each.words
    )
    with clock.at(told_at), context.acting_as(by):
        handing_over.tell(file_id, told, by=by, at=told_at)
    if not each.way:
        return
    wanted = handing_over.Wanted(
        loading.id("wanted", each.story),
        each.way,
        loading.id("person", each.to) if each.to else None,
        each.passes,
        each.words,
    )
    with clock.at(said_at), context.acting_as(by):
        handing_over.decide(file_id, wanted, by=by, at=said_at)


register(
    Section(
        name="hand_overs",
        file="hand_overs.yaml",
        title=gettext_lazy("Hand-overs"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
