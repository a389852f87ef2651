"""Who is at the foundation for these tests? Jade, Élise who welcomed her, and colleagues."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from spheres.accounts.models import Membership, Role
from spheres.core.actor import Actor
from spheres.followup.therapy_notes import actions
from spheres.followup.therapy_notes.tests import factories
from tests.cast import LOADER, MONDAY, Cast, Participant, acting, add_person, follow, uuid_of

# Whoever works at the foundation without being her psychotherapist.
COLLEAGUES = {
    "Élise": Role.PROFESSIONAL_SUPPORT,  # she accompanies Jade there, and reads her file
    "Chloé": Role.PSYCHOTHERAPIST,  # she is beside Jade too
    "Colin": Role.PSYCHOTHERAPIST,
    "Marthe": Role.TEAM_LEAD,
    "Gaston": Role.ORGANISATION_MANAGER,
    "Françoise": Role.CLINICAL_DIRECTOR,
    "Norbert": Role.PRIVACY_OFFICER,
    "Renée": Role.RECORDS_OFFICER,
    "Tarek": Role.TECHNICAL_ADMINISTRATOR,
    "Coralie": Role.COORDINATOR,
}
ELSEWHERE = ("ines", "yanick", "karim", "samir", "louise", "roy", "nadia")


@dataclass
class Office:
    cast: Cast
    jade: Participant
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def amrani(self) -> Actor:
        return self.cast.amrani

    @property
    def others(self) -> dict[str, Actor]:
        """Everybody of the cast and of the foundation but her psychotherapist."""
        return {**self.people, **{name: getattr(self.cast, name) for name in ELSEWHERE}}

    def write(self, name: str = "one", *, shows_day: bool = False, at: datetime = MONDAY) -> UUID:
        with acting(self.amrani, at):
            return factories.write(
                self.jade.file_id, uuid_of(name), by=self.amrani, at=at, shows_day=shows_day
            )


def open_office(cast: Cast) -> Office:
    """The desk offers Jade to the foundation; Élise says yes, and brings two colleagues in."""
    with acting(LOADER):
        people = {
            name: add_person(name, cast.foundation, role) for name, role in COLLEAGUES.items()
        }
    elise = people["Élise"]
    jade = follow("Jade", desk=cast.institute.id, louise=cast.louise, worker=elise)
    office = Office(cast, jade, people)
    for beside in (cast.amrani, people["Chloé"]):
        bring_in(office, beside)
    return office


def add_hat(office: Office, name: str) -> Actor:
    """One of them is a psychotherapist there too."""
    actor = office.people[name]
    with acting(LOADER):
        hers = Membership.objects.get(user_id=actor.user_id)
        hers.pk, hers.role = uuid_of(f"{name}, psychotherapist"), Role.PSYCHOTHERAPIST
        Membership.objects.bulk_create([hers])
    return replace(actor, roles=actor.roles | {Role.PSYCHOTHERAPIST})


def bring_in(office: Office, beside: Actor) -> UUID:
    elise, walks = office.people["Élise"], uuid_of(f"{beside.user_id} beside Jade")
    with acting(elise):
        actions.bring_in(office.jade.file_id, beside.user_id, walks, by=elise, at=MONDAY)
    return walks
