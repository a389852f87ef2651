"""What does a region's folder say of incidents, and of their registers, in its demonstration?

Played once the lives stand: told by whoever saw it, then, when somebody keeps it, filled by whoever
keeps the register, as far as it is said: judged, its notices given, closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts.region import PersonSaid
from spheres.config import playing
from spheres.core import clock, context
from spheres.followup.admission import actions as admission
from spheres.privacy.incidents import actions
from spheres.privacy.incidents.models import Addition, Assessment, Happened, Information, Step
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY: Final = -2000  # what is past its five years was told as long ago
HAPPENED: Final = {code.lower(): code for code in Happened.values}
CONCERNS: Final = {code.lower(): code for code in Information.values}
CONCLUSIONS: Final = {code.lower(): code for code in Assessment.Conclusion.values}
NOTICES: Final = {code.lower(): code for code in Step.Kind.values}
REASONS: Final = ("sensitivity", "uses", "consequences", "likelihood")
# What is added in words, and to which item.
ADDED: Final = {
    "description": Addition.Item.DESCRIPTION,
    "measures": Addition.Item.MEASURES,
    "letter": Addition.Item.LETTER,
}
AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class IncidentSaid:
    """One incident: by whom, when, what; then what whoever keeps the register made of it."""

    by: str
    day: int
    hour: str
    happened: str
    happened_day: int
    concerns: tuple[str, ...]
    words: str
    person: str  # which of the teller's people it concerns; empty: none is said
    is_told: bool
    keeper: str
    persons: int
    texts: dict[str, str]
    reasons: dict[str, str]
    conclusion: str
    notices: tuple[str, ...]
    is_closed: bool

    @property
    def name(self) -> str:
        return f"incident {self.by} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[IncidentSaid]:
    """Each entry: told by somebody, kept by somebody in charge of privacy in the same place."""
    people = {person.slug: person for person in said.get("people", [])}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    found = []
    for entry in parts[0].items() if parts else []:
        is_kept = "keeper" in entry.any_fields()
        it = entry.fields(
            "by", "day", "hour", "happened", "happened_day", "concerns", "words",
            *(("keeper", "persons", "conclusion", *REASONS) if is_kept else ()),
            optional=("person", "told", *(("notices", "closed", *ADDED) if is_kept else ())),
        )  # fmt: skip
        by, keeper = it["by"].choice(people), it["keeper"].choice(people) if is_kept else ""
        places = {people[who].organisation for who in (by, keeper) if who in people}
        if len(places) > 1:
            it["keeper"].fault(_("somebody of another organisation."))
        day = it["day"].number(FIRST_DAY, -1)
        for part, who in (("by", by), ("keeper", keeper)):
            if who in people and not _is_there(people[who], day):
                name = people[who].name
                it[part].fault(_("%s does not work here that day (people.yaml).") % name)
        person = it["person"].plain if "person" in it else ""
        if person and by not in accepted.get(person, set()):
            it["person"].fault(_("another worker accepted this referral."))
        found.append(
            IncidentSaid(
                by,
                day,
                it["hour"].text(),
                HAPPENED.get(it["happened"].choice(HAPPENED), ""),
                it["happened_day"].number(FIRST_DAY, -1),
                tuple(CONCERNS[code] for code in it["concerns"].choices(CONCERNS)),
                it["words"].text(),
                person,
                it["told"].plain == "true" if "told" in it else False,
                keeper,
                it["persons"].number(0, 1000) if is_kept else 0,
                {name: it[name].text() for name in ADDED if name in it},
                {name: it[name].text() for name in REASONS if is_kept},
                CONCLUSIONS.get(it["conclusion"].choice(CONCLUSIONS), "") if is_kept else "",
                tuple(NOTICES[code] for code in it["notices"].choices(NOTICES))
                if "notices" in it
                else (),
                it["closed"].plain == "true" if "closed" in it else False,
            )
        )
    return found


def _is_there(person: PersonSaid, day: int) -> bool:
    """Said in days: they had begun by then. Of a date of the calendar, it is not known here."""
    return not isinstance(person.since, int) or person.since <= day


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the lives stand."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each is told, then its entry is filled; told already, it stands."""
    for each in loading.said.get("incidents", []):
        act_id = loading.id("incident", each.name)
        playing.once(act_id, partial(_tell, loading, each, act_id))


def _tell(loading: Loading, each: IncidentSaid, act_id: UUID) -> None:
    by, at = playing.actor_of(loading, each.by), _at(loading, each.day, each.hour)
    told = actions.Told(
        act_id, each.words, each.happened, each.concerns, playing.day_of(loading, each.happened_day)
    )
    file_id = admission.file_of(loading.id("referral", each.person)) if each.person else None
    with clock.at(at), context.acting_as(by):
        actions.tell(told, by=by, at=at)
        if file_id is not None:
            actions.concern(act_id, [file_id], by=by, at=at)
    if file_id is not None and each.is_told:
        later = at + AN_HOUR
        with clock.at(later), context.acting_as(by):
            actions.inform(
                file_id, act_id, informed_id=loading.id("informed", each.name),
                look_again_on=None, by=by, at=later,
            )  # fmt: skip
    if each.keeper:
        _keep(loading, each, act_id, at + 20 * AN_HOUR)


def _keep(loading: Loading, each: IncidentSaid, act_id: UUID, at: datetime) -> None:
    """The next day, item by item, by whoever keeps the register."""
    by, today = playing.actor_of(loading, each.keeper), clock.day_of(at)
    with clock.at(at), context.acting_as(by):
        for name, item in ADDED.items():
            if name in each.texts:
                words = actions.Added(loading.id(name, each.name), item, each.texts[name])
                actions.add(act_id, words, by=by, at=at)
        number = actions.Added(
            loading.id("persons", each.name), Addition.Item.PERSONS, persons=each.persons,
            in_quebec=each.persons,
        )  # fmt: skip
        actions.add(act_id, number, by=by, at=at)
        judged = actions.Assessed(
            loading.id("assessed", each.name), each.conclusion, **each.reasons
        )
        actions.assess(act_id, judged, by=by, at=at)
        for kind in each.notices:
            _give(loading, each, act_id, kind, today, at)
        if each.is_closed:
            closed_id = loading.id("closed", each.name)
            actions.close(act_id, step_id=closed_id, by=by, at=at)


def _give(
    loading: Loading, each: IncidentSaid, act_id: UUID, kind: str, on: date, at: datetime
) -> None:
    by = playing.actor_of(loading, each.keeper)
    given = actions.Given(loading.id(f"notice {kind}", each.name), kind, on)
    actions.give(act_id, given, by=by, at=at)


def _at(loading: Loading, day: int, hour: str) -> datetime:
    return playing.moment_of(loading, day, datetime.strptime(hour, "%H:%M").time())


SECTION: Final = Section(
    name="incidents",
    file="incidents.yaml",
    title=gettext_lazy("Confidentiality incidents"),
    check=check,
    plan=plan,
    apply=apply,
)
