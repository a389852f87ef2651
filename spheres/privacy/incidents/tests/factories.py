"""An incident that Inès tells, as a form would say it; and what the register adds to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.incidents import actions
from spheres.privacy.incidents.models import Assessment, Happened, Information
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of

INCIDENT = uuid_of("an envelope left on a bench")
WORDS = "J’ai oublié une enveloppe sur un banc; je l’ai retrouvée une heure après."
SUNDAY = date(2026, 3, 1)
WEDNESDAY = TUESDAY + timedelta(days=1)
REASONS = {
    "sensitivity": "Un prénom et une heure.",
    "uses": "Savoir qu’elle vient ici.",
    "consequences": "Être attendue à la sortie.",
    "likelihood": "Retrouvée fermée.",
}


def told(incident_id: UUID = INCIDENT, **said: Any) -> actions.Told:
    whole = {
        "words": WORDS,
        "happened": Happened.LOST,
        "concerns": (Information.NAME,),
        "happened_on": SUNDAY,
        **said,
    }
    return actions.Told(incident_id, **whole)


def tell(by: Actor, incident_id: UUID = INCIDENT, at: datetime = MONDAY, **said: Any) -> UUID:
    with acting(by, at):
        return actions.tell(told(incident_id, **said), by=by, at=at)


def assess(
    by: Actor, conclusion: str = Assessment.Conclusion.SERIOUS, which: str = "judged",
    at: datetime = TUESDAY, incident_id: UUID = INCIDENT,
) -> None:  # fmt: skip
    said = actions.Assessed(uuid_of(which), conclusion, **REASONS)
    with acting(by, at):
        actions.assess(incident_id, said, by=by, at=at)


def give(
    by: Actor, kind: str, at: datetime = TUESDAY, incident_id: UUID = INCIDENT, **said: Any
) -> None:
    given = actions.Given(uuid_of(f"{kind} {at}"), kind, clock.day_of(at), **said)
    with acting(by, at):
        actions.give(incident_id, given, by=by, at=at)


def add(by: Actor, item: str, which: str = "added", at: datetime = TUESDAY, **said: Any) -> None:
    added = actions.Added(uuid_of(which), item, **said)
    with acting(by, at):
        actions.add(INCIDENT, added, by=by, at=at)


def concerns_maya(cast: Cast, by: Actor | None = None, at: datetime = MONDAY) -> None:
    by = by or cast.ines
    with acting(by, at):
        actions.concern(INCIDENT, [cast.maya.file_id], by=by, at=at)


def inform(
    cast: Cast, by: Actor, at: datetime = TUESDAY, until: date | None = None, which: str = "told"
) -> None:
    with acting(by, at):
        actions.inform(
            cast.maya.file_id, INCIDENT, informed_id=uuid_of(which), look_again_on=until, by=by,
            at=at,
        )  # fmt: skip
