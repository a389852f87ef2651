"""How does a demand arrive, to whom is it shown, and how is it linked to a file and frozen?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.privacy.legal_demands import policy, queries
from spheres.privacy.legal_demands.actions.writing import Weighed, tell, write
from spheres.privacy.legal_demands.models import (
    Demand,
    DemandEnd,
    Matter,
    MatterStatus,
    Shown,
)
from spheres.privacy.legal_demands.models.arrived import HOLDS, Written
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.queries import Answered, Arrived
from spheres.sharing import actions as sharing
from spheres.sharing import holding
from spheres.sharing.models import Seat
from spheres.sharing.rules import IDENTITY, LEGAL, RELATION, SEATED
from spheres.vault import actions as vault

Status = MatterStatus.Status
SEATED_FOR: Final = timedelta(days=60)


@dataclass(frozen=True)
class Received:
    """What was handed over or sent: what it is, from whom, until when, about what."""

    id: UUID
    kind: str
    asker: str
    received_on: date
    office: str
    about: str
    number: str = ""
    due_on: date | None = None
    is_on_paper: bool = False


@transaction.atomic
def receive(said: Received, *, by: Actor, at: datetime) -> bool:
    """Write it down: it goes to whoever is in charge of privacy here. Nothing is opened, nobody is
    looked up. Sent twice, it is one."""
    policy.can_receive(by).or_raise()
    row = Demand(id=said.id, organisation_id=by.organisation_id, **_kept(said, by, at))
    vault.lock(row, office=said.office, number=said.number, about=said.about)
    if not create_once(row):
        return False
    audit.record("legal_demand.received", by=by, records=[row.pk], basis=said.kind)
    return True


def _kept(said: Received, by: Actor, at: datetime) -> dict[str, object]:
    return {
        "kind": said.kind, "asker": said.asker, "received_on": said.received_on,
        "due_on": said.due_on, "is_on_paper": said.is_on_paper,
        "written_by": by.user_id, "written_at": at,
    }  # fmt: skip


@transaction.atomic
def show(arrived: Arrived, colleagues: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Show an opened demand to colleagues: does it concern somebody they walk with? How many."""
    policy.can_look(by).or_raise()
    if arrived.end is not None:
        raise WrongState(policy.ENDED)
    row, shown = arrived.row, 0
    for colleague in colleagues:
        said = _said(row)
        one = Shown(
            id=uuid5(row.pk, str(colleague)),
            organisation_id=row.organisation_id,
            demand_id=row.pk,
            to_user_id=colleague,
            **_kept(said, by, at),
        )
        vault.lock(one, office=said.office, number=said.number, about=said.about)
        shown += create_once(one)
    audit.record("legal_demand.shown", by=by, records=[row.pk, *colleagues])
    return shown


def _said(row: Written) -> Received:
    """What an opened row says."""
    return Received(
        id=getattr(row, "demand_id", row.pk),
        kind=row.kind,
        asker=row.asker,
        received_on=row.received_on,
        office=row.opened.office,
        about=row.opened.about,
        number=row.opened.number,
        due_on=row.due_on,
        is_on_paper=row.is_on_paper,
    )


@transaction.atomic
def end_demand(
    arrived: Arrived, how: str, same_id: UUID | None, *, by: Actor, at: datetime
) -> bool:
    """It concerns nobody known here, or is another one again: answered in words that confirm
    nothing, or not at all. Pressed twice, once."""
    policy.can_look(by).or_raise()
    _hold_still(arrived.row.pk)
    if queries.is_answered(arrived.row.pk, actor=by):
        raise WrongState(policy.ENDED)
    row = DemandEnd(
        id=arrived.row.pk,
        organisation_id=by.organisation_id,
        how=how,
        same_id=same_id,
        ended_by=by.user_id,
        ended_at=at,
    )
    if not create_once(row):
        return False
    audit.record("legal_demand.ended", by=by, records=[row.pk], basis=how)
    return True


def _hold_still(demand_id: UUID) -> None:
    """One thing at a time becomes of a demand, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(demand_id)])


def shown_as_received(shown: Shown) -> Received:
    """An opened demand that was shown to a colleague, to be linked to somebody they walk with."""
    return _said(shown)


@transaction.atomic
def link(
    file_id: UUID, matter_id: UUID, said: Received, officer: UUID, *, by: Actor, at: datetime
) -> bool:
    """It concerns somebody one walks with: at once nothing of their file is destroyed any more, and
    the officer named has a seat. Sent twice, it is linked once."""
    policy.can_link(by).or_raise()
    _hold_still(said.id)
    if queries.one(matter_id, actor=by) is not None:
        return False
    if queries.is_linked(file_id, said.id, actor=by):
        raise WrongState(policy.ALREADY)
    row = Matter(
        id=matter_id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        demand_id=said.id,
        kind=said.kind,
        asker=said.asker,
        received_on=said.received_on,
        due_on=said.due_on,
        is_on_paper=said.is_on_paper,
        linked_by=by.user_id,
        linked_at=at,
    )
    if not create_once(row):
        return False
    create_once(
        MatterStatus(
            matter=row,
            file_id=file_id,
            organisation_id=by.organisation_id,
            status=Status.FROZEN,
            status_by=by.user_id,
            status_at=at,
        )
    )
    who = "\n".join(part for part in (said.office, said.number) if part)
    write(row, Weighed(uuid5(matter_id, "asked"), Do.ASKED, "", who, said.about), by=by, at=at)
    holding.freeze(matter_id, file_id, ground=HOLDS[said.kind], by=by)
    _seat(row, uuid5(matter_id, f"seat {officer}"), officer, SEATED, by=by, at=at)
    tell("legal_demand.linked", row, by=by, basis=said.kind)
    return True


@transaction.atomic
def call_officer(
    answered: Answered, seat_id: UUID, officer: UUID, *, by: Actor, at: datetime
) -> bool:
    """Give an officer a seat again: the first one left, or its last day is past."""
    policy.can_call_officer(by, answered.facts).or_raise()
    if str(officer) not in dict(queries.officers(actor=by)):
        return False
    return _seat(answered.row, seat_id, officer, SEATED, by=by, at=at)


@transaction.atomic
def end_seats(answered: Answered, *, by: Actor, at: datetime) -> bool:
    """Those who walk with the person end every seat at it; another is given by them alone."""
    policy.can_link(by).or_raise()
    row = answered.row
    return sharing.end_seats(row.pk, row.file_id, tells="legal_demand.seat_ended", by=by, at=at)


@transaction.atomic
def give_seat(
    answered: Answered,
    seat_id: UUID,
    person: UUID,
    faces: Collection[str],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Counsel, or another officer, reads the demand, what was weighed, and the parts of the file
    that are named: neither more, nor after it is over."""
    policy.can_give_seat(by, answered.facts).or_raise()
    if str(person) not in dict(queries.sitters(actor=by)):
        return False
    mine = answered.seat_of(by.user_id)
    if mine is None:
        return False
    # No more than they read themselves, and for no longer.
    named = sorted({IDENTITY, LEGAL, RELATION, *faces} & {*mine.faces})
    return _seat(answered.row, seat_id, person, named, until=mine.ends_at, by=by, at=at)


def _seat(
    row: Matter,
    seat_id: UUID,
    person: UUID,
    faces: Collection[str],
    *,
    until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    mine = Seat.objects.filter(matter_id=row.pk, user_id=person, ended_at=None)
    if mine.filter(ends_at__gt=at, narrowed_at=None).exists():
        return False
    mine.update(ended_at=at, ended_by=by.user_id)  # its last day is past, or it was answered
    seat = Seat(
        id=seat_id,
        file_id=row.file_id,
        user_id=person,
        matter_id=row.pk,
        kind=Seat.Kind.DEMAND,
        faces=list(faces),
        given_by=by.user_id,
        given_at=at,
        starts_at=at,
        ends_at=min(at + SEATED_FOR, until) if until else at + SEATED_FOR,
    )
    if not create_once(seat):
        return False
    tell("legal_demand.seat", row, person, by=by)
    return True


@transaction.atomic
def forget_demands(*, before: datetime, by: Actor) -> int:
    """Forget, with their keys, those that no file answers, once they are no longer kept."""
    forgotten = vault.forget_due(Demand.KEEP, before=before, by=by)
    if forgotten:
        audit.record("legal_demands.forgotten", by=by, basis=Demand.KEEP)
    return forgotten
