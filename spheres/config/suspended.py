"""What does a region's folder say of representatives whose rights are suspended, in its demo?

Played once the lives stand: written by the person's worker, looked at again by whoever is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import life, playing  # noqa: F401 -- life is read first: its people
from spheres.core import clock, context
from spheres.followup.admission import actions as admission
from spheres.followup.representatives import actions
from spheres.participants.models import Suspension, SuspensionReview
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

FIRST_DAY: Final = -60
WRITTEN_AT, LOOKED_AT = time(15, 40), time(16, 10)
WHO: Final = {code.lower(): code for code in Suspension.Who.values}
GROUNDS: Final = {code.lower(): code for code in Suspension.Ground.values}


@dataclass(frozen=True)
class SuspensionSaid:
    """Of one young person: whose rights, why, by whom, and who looked at it again."""

    story: str
    by: str
    day: int
    who: str
    ground: str
    reason: str
    kept_by: str

    @property
    def name(self) -> str:
        return f"{self.story} {self.who} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SuspensionSaid]:
    """Each entry, of a person for whom somebody else still speaks, and whom that worker
    accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
        if story.referral.texts["age_band"] == "12-13"
    }
    return [_said(one, people, accepted) for one in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], accepted: dict[str, set[str]]) -> SuspensionSaid:
    it = part.fields("person", "by", "day", "who", "ground", "reason", optional=("kept_by",))
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    return SuspensionSaid(
        story,
        by,
        it["day"].number(FIRST_DAY, -1),
        WHO.get(it["who"].choice(WHO), ""),
        GROUNDS.get(it["ground"].choice(GROUNDS), ""),
        it["reason"].text(),
        it["kept_by"].choice(people) if "kept_by" in it else "",
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("suspension", one.name): one.story for one in loading.said["suspensions"]}
    return [Change(Kind.ADDED, story) for story in playing.unplayed(said)]


def apply(_loading: Loading) -> None:
    """Nothing yet: it is said once the person's life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down, then looked at again; written already, it stands."""
    for each in loading.said.get("suspensions", []):
        act_id = loading.id("suspension", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: SuspensionSaid, act_id: UUID) -> None:
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    at = playing.moment_of(loading, each.day, WRITTEN_AT)
    with clock.at(at), context.acting_as(by):
        said = actions.Said(act_id, each.who, each.ground, each.reason)
        actions.suspend(file_id, said, by=by, at=at)
    if each.kept_by:
        other = playing.actor_of(loading, each.kept_by)
        then = playing.moment_of(loading, each.day, LOOKED_AT)
        with clock.at(then), context.acting_as(other):
            actions.review(act_id, SuspensionReview.Outcome.KEPT, by=other, at=then)


register(
    Section(
        name="suspensions",
        file="suspensions.yaml",
        title=gettext_lazy("Rights of representatives that are suspended"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
