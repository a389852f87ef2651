"""What does a region's folder say of the letters that an organisation words itself, in its
demonstration?

Played once the people are there: whoever guards privacy adopts a paragraph, in both languages.
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

from spheres.accounts.models import Role
from spheres.config import playing
from spheres.core import clock, context
from spheres.privacy.wording import actions, queries
from spheres.privacy.wording.region import paragraph_said
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section

FIRST_DAY: Final = -400
SAID_AT: Final = time(14, 20)


@dataclass(frozen=True)
class Said:
    """On one day, by whoever guards privacy: one paragraph of one letter, in both languages."""

    by: str
    day: int
    letter: str
    paragraph: str
    fr: str
    en: str

    @property
    def name(self) -> str:
        return f"{self.letter}.{self.paragraph} {self.by} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[Said]:
    """Each entry, of a paragraph that some letter has, by the privacy officer of their place."""
    people = {person.slug: person for person in said.get("people", [])}
    region = said.get("region")
    programme = tuple(region.programme) if region else ()
    return [_said(part, people, programme) for part in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], programme: tuple[str, ...]) -> Said:
    it = part.fields("by", "day", "letter", "paragraph", "fr", "en")
    by = it["by"].choice(people)
    if by in people and Role.PRIVACY_OFFICER not in people[by].roles:
        it["by"].fault(_("not a privacy officer."))
    letter, paragraph, texts = paragraph_said(it, programme)
    return Said(by, it["day"].number(FIRST_DAY, -1), letter, paragraph, **texts)


def plan(loading: Loading) -> list[Change]:
    """What was not adopted yet."""
    said = {loading.id("worded", one.name): one.name for one in loading.said["worded"]}
    return [Change(Kind.ADDED, name) for name in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: it is adopted once the people are there (`play`)."""


def play(loading: Loading) -> None:
    """Each is adopted; adopted already, it stands."""
    for each in loading.said.get("worded", []):
        act_id = loading.id("worded", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: Said, act_id: UUID) -> None:
    by = playing.actor_of(loading, each.by)
    at = playing.moment_of(loading, each.day, SAID_AT)
    with clock.at(at), context.acting_as(by):
        standing = queries.one(each.letter, each.paragraph, actor=by, on=clock.day_of(at))
        assert standing is not None
        actions.adopt(standing, actions.Said(act_id, each.fr, each.en), by=by, at=at)


SECTION: Final = Section(
    name="worded",
    file="worded.yaml",
    title=gettext_lazy("Letters worded by an organisation"),
    check=check,
    plan=plan,
    apply=apply,
)
