"""What does a region's folder say of how long things are kept, and of who asks for erasure, in its
demo?

Played once the lives stand: what her worker writes with her after a follow-up is closed, what one
of those who keep the files proposes, and what an organisation says of its own years.
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
from spheres.privacy.retention import actions
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section
from spheres.sharing.models import Ending, ErasureRequest
from spheres.sharing.models.keeping import Sort

FIRST_DAY: Final = -60
SAID_AT: Final = time(11, 10)
SORTS: Final = {sort.lower(): sort for sort in Sort}


@dataclass(frozen=True)
class Said:
    """On one day, by one person: a rule (`keeps`, `years`, `basis`), or a request of `person` in
    their `words`, with who proposes (`proposes`) to destroy what."""

    by: str
    day: int
    keeps: str = ""
    years: int = 0
    basis: str = ""
    person: str = ""
    words: str = ""
    proposes: str = ""

    @property
    def name(self) -> str:
        return f"{self.person or self.keeps} {self.by} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[Said]:
    """Each entry, of somebody whom that worker accompanied."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    return [_said(entry, people, accepted) for entry in (parts[0].items() if parts else [])]


def _said(part: Part, people: Mapping[str, Any], accepted: dict[str, set[str]]) -> Said:
    optional = ("keeps", "years", "basis", "person", "words", "proposes")
    it = part.fields("by", "day", optional=optional)
    person = it["person"].choice(accepted) if "person" in it else ""
    by = it["by"].choice(people)
    if person and by not in accepted.get(person, set()):
        it["by"].fault(_("another worker accepted this referral."))
    return Said(
        by,
        it["day"].number(FIRST_DAY, -1),
        it["keeps"].choice(SORTS) if "keeps" in it else "",
        it["years"].number(1, 100) if "years" in it else 0,
        it["basis"].text() if "basis" in it else "",
        person,
        it["words"].text() if "words" in it else "",
        it["proposes"].choice(people) if "proposes" in it else "",
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    said = {loading.id("kept", one.name): one.name for one in loading.said["keeping"]}
    return [Change(Kind.ADDED, name) for name in playing.unplayed(said)]


def apply(loading: Loading) -> None:
    """Nothing yet: it is said once the lives were played (`play`)."""


def play(loading: Loading) -> None:
    """Each is written down; written already, it stands."""
    for each in loading.said.get("keeping", []):
        act_id = loading.id("kept", each.name)
        playing.once(act_id, partial(_play, loading, each, act_id))


def _play(loading: Loading, each: Said, act_id: UUID) -> None:
    by = playing.actor_of(loading, each.by)
    at = playing.moment_of(loading, each.day, SAID_AT)
    if each.keeps:
        with clock.at(at), context.acting_as(by):
            actions.say_rule(
                act_id, sort=SORTS[each.keeps], years=each.years, basis=each.basis, by=by, at=at
            )
        return
    file_id = admission.file_of(loading.id("referral", each.person))
    asked = actions.Asked(act_id, ErasureRequest.Asker.HERSELF, clock.day_of(at), each.words, "")
    with clock.at(at), context.acting_as(by):
        actions.ask(file_id, asked, by=by, at=at)
    if each.proposes:
        keeper = playing.actor_of(loading, each.proposes)
        proposed = actions.Proposed(
            loading.id("proposed", each.name),
            (Sort.FOLLOW_UP,),
            Ending.Exit.DESTROYED,
            Ending.Why.REQUEST,
            request_id=act_id,
        )
        with clock.at(at), context.acting_as(keeper):
            actions.propose(file_id, proposed, by=keeper)


SECTION: Final = Section(
    name="keeping",
    file="keeping.yaml",
    title=gettext_lazy("Keeping and erasing"),
    check=check,
    plan=plan,
    apply=apply,
)
