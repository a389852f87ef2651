"""What does a region's folder say of who does what for whom, in its demonstration?

Played in her life: each is written down by her worker, with her.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.followup.parts import actions as parts
from spheres.followup.parts import queries
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling

FIRST_DAY, LAST_DAY = -300, 60


@dataclass(frozen=True)
class TakenSaid:
    """What one organisation does for one person, as one worker wrote it one day."""

    story: str
    by: str
    to: str
    day: int
    what: str
    who: str
    next: str
    is_shown: bool  # the person agrees that this partner reads it
    since: int | None
    next_day: int | None
    asked: int | None
    there: dict[str, Any]  # what the partner says there of what comes next: by whom, which day
    ended: int | None  # the day when it was over

    @property
    def slug(self) -> str:
        return f"{self.story} {self.to} {self.day}"


@dataclass(frozen=True)
class LaterSaid:
    """What was said of a part later: at the partner's, what comes next; here, that it is over."""

    of: TakenSaid
    by: str
    day: int
    next: str = ""


def check(found: list[Part], said: Mapping[str, Any]) -> list[TakenSaid]:
    """Each entry, of a person whom that worker accompanies, with a partner."""
    people = {person.slug: person for person in said.get("people", [])}
    partners = {one.slug for one in said.get("organisations", []) if one.fields["is_partner"]}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    return [_said(one, people, partners, accepted) for one in (found[0].items() if found else [])]


def _said(
    part: Part, people: Mapping[str, Any], partners: set[str], accepted: dict[str, set[str]]
) -> TakenSaid:
    optional = ("who", "next", "since", "next_day", "asked", "shown", "there", "ended")
    it = part.fields("person", "by", "with", "day", "what", optional=optional)
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    days = {
        name: it[name].number(FIRST_DAY, LAST_DAY) if name in it else None
        for name in ("since", "next_day", "asked")
    }
    return TakenSaid(
        story,
        by,
        it["with"].choice(dict.fromkeys(partners, "")),
        it["day"].number(FIRST_DAY, -1),
        it["what"].text(),
        it["who"].text() if "who" in it else "",
        it["next"].text() if "next" in it else "",
        "shown" in it and it["shown"].yes(),
        there=_there(it["there"], people) if "there" in it else {},
        ended=it["ended"].number(FIRST_DAY, -1) if "ended" in it else None,
        **days,
    )


def _there(part: Part, people: Mapping[str, Any]) -> dict[str, Any]:
    it = part.fields("by", "day", "next")
    return {
        "by": it["by"].choice(people),
        "day": it["day"].number(FIRST_DAY, -1),
        "next": it["next"].text(),
    }


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: what is done for somebody is an act of their life, planned with it."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet: it is played in the life of whoever it is done for."""


def of_story(loading: Loading, slug: str) -> list[TakenSaid | LaterSaid]:
    """What is done in one life, and what was said of it later."""
    found: list[TakenSaid | LaterSaid] = []
    for each in loading.said.get("parts", []):
        if each.story != slug:
            continue
        found.append(each)
        if each.there:
            found.append(LaterSaid(each, **each.there))
        if each.ended is not None:
            found.append(LaterSaid(each, each.by, each.ended))
    return found


def act(telling: Telling, said: TakenSaid | LaterSaid) -> Act:
    """The act of one of these, in its story."""
    by, at = telling._actor(said.by), telling._moment(said.day, "meeting")
    if isinstance(said, TakenSaid):
        return telling._act("parts", said.day, by, at, lambda: _say(telling, said, by, at))
    if said.next:
        there = replace(by, purpose=SHARED)
        return telling._act("parts", said.day, there, at, lambda: _next(telling, said, there, at))
    return telling._act("parts", said.day, by, at, lambda: _say(telling, said.of, by, at, said.day))


def _next(telling: Telling, said: LaterSaid, by: Actor, at: datetime) -> None:
    part_id = telling.loading.id("part", said.of.slug)
    [own] = [one for one in queries.ours(telling.file_id, actor=by) if one.shown.part_id == part_id]
    step_id = telling.loading.id("part next", said.of.slug)
    parts.say_next(own, step_id, next_step=said.next, next_on=None, by=by, at=at)


def _say(
    telling: Telling, said: TakenSaid, by: Actor, at: datetime, ended: int | None = None
) -> None:
    part_id = telling.loading.id("part", said.slug)

    def on(day: int | None) -> date | None:
        since = said.day if ended is None else ended
        return None if day is None else clock.day_of(at) + timedelta(days=day - since)

    is_over = ended is not None
    one = parts.Said(
        id=telling.loading.id("part ended", said.slug) if is_over else part_id,
        organisation_id=telling.loading.id("organisation", said.to),
        what=said.what,
        person=said.who,
        next_step=said.next,
        since_on=on(said.since),
        next_on=on(said.next_day),
        asked_on=on(said.asked),
        ended_on=on(ended),
        is_shown=said.is_shown and not is_over,
        on=int(is_over),
    )
    parts.say(telling.file_id, one, of=part_id if is_over else None, by=by, at=at)


SECTION: Final = Section(
    name="parts",
    file="parts.yaml",
    title=gettext_lazy("Who does what"),
    check=check,
    plan=plan,
    apply=apply,
)
