"""What does a region's folder say of worrying situations under 18, in its demonstration?

Played once the lives stand: written by whoever weighed it, looked at again by whoever supervises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.followup.admission import actions as admission
from spheres.followup.worrying import actions
from spheres.followup.worrying.models import Situation, Telling
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY: Final = -200
REACHED: Final = {code.lower(): code for code in Situation.Reached.values}
TOLD: Final = {code.lower(): code for code in sorted(Telling.KNOWS)}
TEXTS: Final = (
    "recipient", "said", "because", "facts", "consulted", "wishes", "support", "her_words",
)  # fmt: skip
AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class WorrySaid:
    """One situation of one person: by whom, when; whom was reached, or why nobody; what became."""

    story: str
    by: str
    day: int
    hour: str
    reached: str
    texts: dict[str, Any]
    told: str
    since: str
    reviewed_by: str
    learnt: str

    @property
    def name(self) -> str:
        return f"worry {self.story} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[WorrySaid]:
    """Each entry is of a person whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    return [_worry(entry, people, accepted) for entry in (parts[0].items() if parts else [])]


def _worry(part: Part, people: Mapping[str, Any], accepted: dict[str, set[str]]) -> WorrySaid:
    optional = ("reached", *TEXTS, "told", "since", "reviewed_by", "learnt")
    it = part.fields("person", "by", "day", "hour", optional=optional)
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))

    def text(name: str) -> str:
        return it[name].text() if name in it else ""

    def code(name: str, codes: Mapping[str, str]) -> str:
        return codes.get(it[name].choice(codes), "") if name in it else ""

    return WorrySaid(
        story,
        by,
        it["day"].number(FIRST_DAY, -1),
        it["hour"].text(),
        code("reached", REACHED),
        {name: text(name) for name in TEXTS},
        code("told", TOLD),
        text("since"),
        it["reviewed_by"].choice(people) if "reviewed_by" in it else "",
        text("learnt"),
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the lives stand."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down; written already, it stands."""
    for each in loading.said.get("worries", []):
        act_id = loading.id("worry", each.name)
        playing.once(act_id, partial(_write, loading, each, act_id))


def _write(loading: Loading, each: WorrySaid, act_id: UUID) -> None:
    """That day; then what came of it, and the second look of the next morning."""
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    hour = datetime.strptime(each.hour, "%H:%M").time()
    made_at = playing.moment_of(loading, each.day, hour)
    outcome = Situation.Outcome.REPORTED if each.reached else Situation.Outcome.NOT_REPORTED
    written = actions.Written(
        id=act_id,
        made_at=made_at,
        outcome=outcome,
        reached=each.reached,
        told_her=each.told,
        **each.texts,
    )
    at, later = made_at + AN_HOUR, made_at + 18 * AN_HOUR
    with clock.at(at), context.acting_as(by):
        actions.write(file_id, written, by=by, at=at)
    if each.since:
        with clock.at(later), context.acting_as(by):
            actions.add(
                file_id, act_id, addition_id=loading.id("since", each.name), about="SINCE",
                text=each.since, by=by, at=later,
            )  # fmt: skip
    if each.reviewed_by:
        who, at = playing.actor_of(loading, each.reviewed_by), later + AN_HOUR
        with clock.at(at), context.acting_as(who):
            step_id = loading.id("looked at again", each.name)
            actions.review(act_id, step_id=step_id, learnt=each.learnt, by=who, at=at)


SECTION: Final = Section(
    name="worries",
    file="worries.yaml",
    title=gettext_lazy("Worrying situations under 18"),
    check=check,
    plan=plan,
    apply=apply,
)
