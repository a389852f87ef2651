"""What does a region's folder say of files opened at odd hours, in its demonstration?

Played once its lives stand: each is opened by its worker at that moment; then the service looks at
who opened what, week after week, as it would have, and whoever guards privacy answers some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spheres.accounts.models import Role
from spheres.config import playing
from spheres.config.planned import hour_of
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.followup.admission import actions as admission
from spheres.followup.dossier import queries as dossier
from spheres.followup.openings import actions
from spheres.followup.openings.models import Unusual
from spheres.participants import queries as participants
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

LOOKOUT: Final = service("lookout")
FIRST_DAY, LAST_DAY = -28, -1  # from the Monday of the week in which the region is loaded
AT_NIGHT: Final = time(4, 10)
IN_THE_MORNING: Final = time(9, 30)


@dataclass(frozen=True)
class OpenedSaid:
    """One file, opened by one worker, on a day and at an hour; and what came of it, if it did."""

    story: str
    by: str
    day: int
    hour: time
    outcome: str

    @property
    def name(self) -> str:
        return f"{self.by}/{self.story}/{self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[OpenedSaid]:
    """Each entry, of a person in a life, by somebody of the region."""
    people = {person.slug: "" for person in said.get("people", [])}
    lives = {story.slug: "" for story in said.get("life", [])}
    return [_opened(entry, people, lives) for entry in (parts[0].items() if parts else [])]


def _opened(part: Part, people: dict[str, str], lives: dict[str, str]) -> OpenedSaid:
    it = part.fields("person", "by", "day", "hour", optional=("outcome",))
    outcomes = {outcome.lower(): outcome for outcome in Unusual.Outcome.values}
    return OpenedSaid(
        it["person"].choice(lives),
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        hour_of(it["hour"]),
        outcomes.get(it["outcome"].choice(outcomes), "") if "outcome" in it else "",
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played after the lives."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet: the files are not there."""


def play(loading: Loading) -> None:
    """Each is opened, then looked at; done already, it stands."""
    said: list[OpenedSaid] = loading.said.get("openings", [])
    for each in said:
        playing.once(loading.id("opening", each.name), partial(_open, loading, each))
    if said:
        playing.once(loading.id("opening", "looked at"), partial(_look, loading, said))


def _open(loading: Loading, each: OpenedSaid) -> None:
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    with clock.at(playing.moment_of(loading, each.day, each.hour)), context.acting_as(by):
        known = participants.known(file_id, actor=by)
        if known is None:
            raise ValueError(f"{each.by} does not read {each.story} on day {each.day}.")
        dossier.dossier(file_id, known, actor=by)


def _look(loading: Loading, said: list[OpenedSaid]) -> None:
    """As each Monday at night; then this one. What is old was answered the same morning."""
    answered = {each.by: each.outcome for each in said if each.outcome}
    for day in (-14, -7, 0):
        at = playing.moment_of(loading, day, AT_NIGHT)
        if at > loading.at:
            break
        with clock.at(at), context.acting_as(LOOKOUT):
            actions.look_at_weeks(by=LOOKOUT, at=at)
        if day < 0:
            _answer(loading, answered, playing.moment_of(loading, day, IN_THE_MORNING))
    with clock.at(loading.at), context.acting_as(LOOKOUT):
        actions.look_at_grounds(by=LOOKOUT, at=loading.at)


def _answer(loading: Loading, answered: Mapping[str, str], at: datetime) -> None:
    workers = {loading.id("person", slug): outcome for slug, outcome in answered.items()}
    for person in loading.said["people"]:
        if Role.PRIVACY_OFFICER not in person.roles:
            continue
        officer = playing.actor_of(loading, person.slug)
        with clock.at(at), context.acting_as(officer):
            for row in Unusual.objects.filter(outcome="", user_id__in=workers):
                actions.say(row.pk, workers[row.user_id], by=officer, at=at)


SECTION: Final = Section(
    name="openings",
    file="openings.yaml",
    title=gettext_lazy("Files opened at odd hours"),
    check=check,
    plan=plan,
    apply=apply,
)
