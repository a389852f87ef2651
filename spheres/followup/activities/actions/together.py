"""What can be done of an outing with another organisation? Invite it; let a worker there know what
somebody says for that day, as that person agrees; take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.followup.activities import policy, queries
from spheres.followup.activities.actions.offering import must_see
from spheres.followup.activities.models import Attendance, Card, Guest
from spheres.participants.queries import Header
from spheres.regions import queries as regions
from spheres.sharing.models import Along
from spheres.sharing.rules import STEPS
from spheres.ui import moments
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Agreed:
    """Who reads it, what that person wants known, and how it was said."""

    id: UUID
    user_id: UUID
    name: str
    given_by: str
    form: str
    needs: str = ""
    contact: str = ""


@transaction.atomic
def invite(
    activity_id: UUID, guest_id: UUID, organisation_id: UUID, *, by: Actor, at: datetime
) -> None:
    """Offer it together with another organisation. Said twice, it is said once."""
    activity = must_see(activity_id, by=by)
    policy.can_invite(by, activity, today=clock.day_of(at)).or_raise()
    if organisation_id not in dict(queries.partners(actor=by)):
        raise WrongState(HAS_CHANGED)
    if organisation_id in dict(queries.guests(activity_id, actor=by)):
        return
    guest = Guest(
        id=guest_id,
        activity=activity,
        host_id=by.organisation_id,
        organisation_id=organisation_id,
        invited_by=by.user_id,
        invited_at=at,
    )
    if create_once(guest):
        audit.record("activity.together", by=by, records=[activity_id])


@transaction.atomic
def agree(
    activity_id: UUID,
    attendance_id: UUID,
    agreed: Agreed,
    *,
    person: Header,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what somebody wants one worker of the other organisation to know, that day alone.

    Sent twice, it is once; that worker reads nothing before the day.
    """
    activity = must_see(activity_id, by=by)
    is_along = queries.is_along(activity_id, actor=by)
    today, alone = clock.day_of(at), regions.region().self_from
    held_on = activity.held_on
    policy.can_add(by, is_along=is_along, held_on=held_on, today=today).or_raise()
    row = must_sit(attendance_id, activity_id, by=by)
    decides_alone = person.decides_alone(on=held_on, since_age=alone)
    policy.gives(
        agreed.given_by, decides_alone=decides_alone, suspended=person.suspended
    ).or_raise()
    others = {one.user_id: one for one in queries.others_along(activity_id, actor=by)}
    if agreed.user_id not in others:
        raise WrongState(HAS_CHANGED)
    if agreed.user_id in queries.told_to(row.seat_id, actor=by):
        return
    along = Along(
        id=agreed.id,
        file_id=row.file_id,
        organisation_id=others[agreed.user_id].organisation_id,
        user_id=agreed.user_id,
        giver=agreed.given_by,
        form=agreed.form,
        taken_by=by.user_id,
        taken_at=at,
        starts_at=moments.moment_of(held_on, time()),
        ends_at=queries.goes_at(held_on),
    )
    if not create_once(along):
        return
    card = Card(
        id=agreed.id,
        file_id=row.file_id,
        seat_id=row.seat_id,
        user_id=agreed.user_id,
        written_by=by.user_id,
        written_at=at,
        goes_at=queries.goes_at(held_on),
    )
    vault.lock(card, name=agreed.name, needs=agreed.needs, contact=agreed.contact)
    Card.objects.bulk_create([card])
    audit.record(
        "outing.agreed", by=by, file_id=row.file_id, sections=[STEPS], records=[along.pk],
        digest=vault.digest(card),
    )  # fmt: skip


@transaction.atomic
def take_back(file_id: UUID, along_id: UUID, *, by: Actor, at: datetime) -> None:
    """They do not want it any more: it is over at the next statement. Pressed twice, it is once."""
    policy.can_write(by).or_raise()
    context.require(by)
    standing = Along.objects.filter(pk=along_id, file_id=file_id, withdrawn_at=None)
    if standing.update(withdrawn_at=at, withdrawn_by=by.user_id):
        Card.objects.filter(pk=along_id, written_by=by.user_id).delete()
        audit.record(
            "outing.taken_back", by=by, file_id=file_id, sections=[STEPS], records=[along_id]
        )


def must_sit(attendance_id: UUID, activity_id: UUID, *, by: Actor) -> Attendance:
    """Who sits there, when the database shows it to this worker. WrongState when it does not."""
    row = queries.sitting(attendance_id, activity_id, actor=by)
    if row is None:
        raise WrongState(HAS_CHANGED)
    return row
