"""What does a region's folder say of dangers, and of who answers them, in its demonstration?

Played once the lives stand: written by whoever called, looked at again by whoever supervises.
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
from spheres.followup.danger import actions
from spheres.followup.danger.models import Danger, Telling
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY: Final = -60
CALLED: Final = {code.lower(): code for code in Danger.Called.values}
IMMINENCE: Final = {code.lower(): code for code in Danger.Imminence.values}
TEXTS: Final = ("recipient", "exposed", "act", "danger", "urgency", "consulted")
AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class DirectiveSaid:
    """What one organisation says: by whom, which telephone, in which words."""

    organisation: str
    by: str
    on_call: str
    fr: str
    en: str

    @property
    def name(self) -> str:
        return f"directive {self.organisation}"


@dataclass(frozen=True)
class DangerSaid:
    """One call about one person: by whom, when, to whom, what was said; what became of it."""

    story: str
    by: str
    day: int
    hour: str
    called: str
    said: str
    imminence: str
    texts: dict[str, str]
    since: str
    told: str
    reviewed_by: str
    learnt: str

    @property
    def name(self) -> str:
        return f"danger {self.story} {self.day}"


Said = DirectiveSaid | DangerSaid


def check(parts: list[Part], said: Mapping[str, Any]) -> list[Said]:
    """Each entry: of an organisation, or of a person whom that worker accompanies."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    found: list[Said] = []
    for entry in parts[0].items() if parts else []:
        if "organisation" in entry.any_fields():
            found.append(_directive(entry, people))
        else:
            found.append(_danger(entry, people, accepted))
    return found


def _directive(part: Part, people: Mapping[str, Any]) -> DirectiveSaid:
    it = part.fields("organisation", "by", "on_call", "fr", "en")
    by = it["by"].choice(people)
    where = it["organisation"].text()
    if by in people and people[by].organisation != where:
        it["by"].fault(_("somebody of another organisation."))
    return DirectiveSaid(where, by, it["on_call"].text(), it["fr"].text(), it["en"].text())


def _danger(part: Part, people: Mapping[str, Any], accepted: dict[str, set[str]]) -> DangerSaid:
    optional = ("imminence", *TEXTS, "since", "told", "reviewed_by", "learnt")
    it = part.fields("person", "by", "day", "hour", "called", "said", optional=optional)
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))

    def text(name: str) -> str:
        return it[name].text() if name in it else ""

    return DangerSaid(
        story,
        by,
        it["day"].number(FIRST_DAY, -1),
        it["hour"].text(),
        CALLED.get(it["called"].choice(CALLED), ""),
        it["said"].text(),
        IMMINENCE.get(it["imminence"].choice(IMMINENCE), "") if "imminence" in it else "",
        {name: text(name) for name in TEXTS},
        text("since"),
        text("told"),
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
    for each in loading.said.get("dangers", []):
        act_id = loading.id("danger", each.name)
        do = _direct if isinstance(each, DirectiveSaid) else _call
        playing.once(act_id, partial(do, loading, each, act_id))


def _direct(loading: Loading, each: DirectiveSaid, act_id: UUID) -> None:
    by, at = playing.actor_of(loading, each.by), _at(loading, FIRST_DAY, "09:00")
    with clock.at(at), context.acting_as(by):
        actions.direct(act_id, on_call=each.on_call, fr=each.fr, en=each.en, by=by, at=at)


def _call(loading: Loading, each: DangerSaid, act_id: UUID) -> None:
    """That night; then, the next day, told and looked at again."""
    by = playing.actor_of(loading, each.by)
    file_id = admission.file_of(loading.id("referral", each.story))
    made_at = _at(loading, each.day, each.hour)
    written = actions.Written(
        id=act_id,
        made_at=made_at,
        called=each.called,
        said=each.said,
        imminence=each.imminence,
        **each.texts,
    )
    at, later = made_at + AN_HOUR, made_at + 12 * AN_HOUR
    with clock.at(at), context.acting_as(by):
        actions.write(file_id, written, by=by, at=at)
    with clock.at(later), context.acting_as(by):
        if each.since:
            actions.add(
                file_id, act_id, addition_id=loading.id("since", each.name), about="SINCE",
                text=each.since, by=by, at=later,
            )  # fmt: skip
        if each.told:
            told = actions.Told(
                loading.id("told of it", each.name), Telling.Way.AFTER, words=each.told
            )
            actions.tell(file_id, act_id, told, by=by, at=later)
    if each.reviewed_by:
        who, at = playing.actor_of(loading, each.reviewed_by), later + AN_HOUR
        with clock.at(at), context.acting_as(who):
            step_id = loading.id("looked at again", each.name)
            actions.review(act_id, step_id=step_id, learnt=each.learnt, by=who, at=at)


def _at(loading: Loading, day: int, hour: str) -> datetime:
    return playing.moment_of(loading, day, datetime.strptime(hour, "%H:%M").time())


SECTION: Final = Section(
    name="dangers",
    file="dangers.yaml",
    title=gettext_lazy("Dangers, and who answers"),
    check=check,
    plan=plan,
    apply=apply,
)
