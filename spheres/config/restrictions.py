"""What does a region's folder say of whom a person bars, and of what she refuses, in its demo?

Played once the lives stand: each is written by her worker, with her.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import life, playing  # noqa: F401 -- life is read first: its people
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.restrictions import actions, queries
from spheres.followup.restrictions.models import ALL, PARTS, Refusal, SaidBy
from spheres.followup.restrictions.policy import Barred, faces_of
from spheres.papers import actions as papers
from spheres.papers import sandbox
from spheres.papers.checking import Answer
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

FIRST_DAY: Final = -60
SAID_AT: Final = time(16, 20)
RELATIVES: Final = {code.lower(): code for code in Refusal.Relatives.values}


@dataclass(frozen=True)
class RestrictionSaid:
    """One person, by whom it was written, on which day: whom she bars, or what she refuses."""

    story: str
    by: str
    day: int
    bars: str = ""  # one person
    of: str = ""  # everybody of an organisation
    parts: tuple[str, ...] = ()
    words: str = ""
    relatives: tuple[str, ...] = ()
    research: tuple[str, ...] = ()
    notice: str = ""  # the picture of the notice she signed, a file of the region’s folder

    @property
    def name(self) -> str:
        return f"{self.story} {self.day} {self.bars or self.of}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[RestrictionSaid]:
    """Each entry, of a person of 14 or more whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    there = {one.slug for one in said.get("organisations", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
        if story.referral.texts["age_band"] != "12-13"
    }
    themes = {term.code for term in said["vocabularies"].get("research_themes", [])}
    return [
        _said(entry, people, there, accepted, themes)
        for entry in (parts[0].items() if parts else [])
    ]


def _said(
    part: Part,
    people: Mapping[str, Any],
    there: set[str],
    accepted: dict[str, set[str]],
    themes: set[str],
) -> RestrictionSaid:
    optional = ("bars", "of", "parts", "words", "relatives", "research", "notice")
    it = part.fields("person", "by", "day", optional=optional)
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    return RestrictionSaid(
        story,
        by,
        it["day"].number(FIRST_DAY, -1),
        it["bars"].choice(people) if "bars" in it else "",
        it["of"].choice(there) if "of" in it else "",
        tuple(it["parts"].choices(PARTS)) if "parts" in it else (),
        it["words"].text() if "words" in it else "",
        tuple(it["relatives"].choices(RELATIVES)) if "relatives" in it else (),
        tuple(it["research"].choices(themes)) if "research" in it else (),
        it["notice"].text() if "notice" in it else "",
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("restriction", one.name): one.story for one in loading.said["restrictions"]}
    return [Change(Kind.ADDED, story) for story in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: it is said once her life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down; written already, it stands."""
    for each in loading.said.get("restrictions", []):
        act_id = loading.id("restriction", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: RestrictionSaid, act_id: UUID) -> None:
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    at = playing.moment_of(loading, each.day, SAID_AT)
    with clock.at(at), context.acting_as(by):
        explained_by = queries.who_may_explain(actor=by, at=at)[0][0]
        if each.bars or each.of:
            barred = Barred(
                loading.id("person", each.bars) if each.bars else None,
                loading.id("organisation", each.of) if each.of else None,
            )
            said = actions.Said(
                id=act_id,
                barred=barred,
                faces=tuple(faces_of(each.parts) if each.parts else ALL),
                explained_by=explained_by,
                explained_on=clock.day_of(at),
                decider=SaidBy.HERSELF,
                her_words=each.words,
            )
            actions.restrict(file_id, said, decides_alone=True, by=by, at=at)
        if each.notice:
            _keep_notice(loading, each, act_id, file_id, by=by, at=at)
        wanted = [
            *((Refusal.Kind.RELATIVES.value, RELATIVES[code]) for code in each.relatives),
            *((Refusal.Kind.RESEARCH.value, code) for code in each.research),
        ]
        if not wanted:
            return
        explained = actions.Explained(explained_by, clock.day_of(at))
        actions.refuse(
            file_id, loading.id("refusal", each.name), wanted, decider=SaidBy.HERSELF,
            decides_alone=True, explained=explained, by=by, at=at,
        )  # fmt: skip


def _keep_notice(
    loading: Loading, each: RestrictionSaid, act_id: UUID, file_id: UUID, *, by: Actor, at: datetime
) -> None:
    """The picture of the signed notice: drawn by us and bare already, so the demonstration needs no
    sandbox. Any other picture is refused."""
    page = (settings.ROOT / "regions" / loading.slug / each.notice).read_bytes()
    if not sandbox.is_bare_picture(page):
        raise ValueError(f"{each.notice} is not a picture as ours are made.")
    papers.keep_taken(
        file_id,
        "restriction",
        papers.Sent(
            id=uuid5(act_id, each.notice),
            about=act_id,
            content=b"",
            name=each.notice,
            signed_on=clock.day_of(at),
        ),
        sandbox.Taken("JPEG", (page,)),
        Answer.NOT_ASKED,
        by=by,
        at=at,
    )


register(
    Section(
        name="restrictions",
        file="restrictions.yaml",
        title=gettext_lazy("Restrictions and refusals"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
