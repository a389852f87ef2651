"""What can be done with the list of a day? Somebody put on it, taken off, the list kept or gone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.activities import policy, queries
from spheres.followup.activities.actions.offering import must_see
from spheres.followup.activities.models import Attendance, Card, Hold, Seat
from spheres.sharing.models import Along
from spheres.sharing.rules import STEPS


@transaction.atomic(savepoint=False)
def add(
    activity_id: UUID, attendance_id: UUID, file_id: UUID, *, food: str, size: str,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Put a person of one's own on the list of a day. Sent twice, she is there once.

    Two rows, in two places: her file says that she has a place somewhere, the activity that a
    place is taken. What is told in her journal names neither the activity nor the place.
    """
    activity = must_see(activity_id, by=by)
    policy.can_add(
        by,
        is_along=queries.is_along(activity_id, actor=by),
        held_on=activity.held_on,
        today=clock.day_of(at),
    ).or_raise()
    on_it = queries.day_list(activity_id, actor=by).known
    if any(file_id == one.file_id for one in on_it):
        return
    goes_at, seat_id = queries.goes_at(activity.held_on), uuid4()
    row = Attendance(
        id=attendance_id, file_id=file_id, seat_id=seat_id, goes_at=goes_at,
        added_by=by.user_id, added_at=at,
    )  # fmt: skip
    if not create_once(row):
        return
    seat = Seat(id=seat_id, activity=activity, food=food, size=size, goes_at=goes_at)
    Seat.objects.bulk_create([seat])
    audit.record(
        "attendance.added", by=by, file_id=file_id, sections=[STEPS], records=[attendance_id]
    )


@transaction.atomic(savepoint=False)
def take_off(activity_id: UUID, attendance_id: UUID, *, by: Actor, at: datetime) -> None:
    """She does not come after all: nothing is left of it, unless the list is kept."""
    must_see(activity_id, by=by)
    row = Attendance.objects.filter(pk=attendance_id, added_by=by.user_id).first()
    if row is None or queries.is_kept(activity_id, actor=by):
        return
    seats = Seat.objects.filter(pk=row.seat_id, activity_id=activity_id)
    if not seats.exists():
        return
    told = list(Card.objects.filter(seat_id=row.seat_id).values_list("pk", flat=True))
    Along.objects.filter(pk__in=told, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by.user_id
    )
    Card.objects.filter(pk__in=told).delete()
    Attendance.objects.filter(pk=attendance_id).delete()
    seats.delete()
    audit.record(
        "attendance.taken_off", by=by, file_id=row.file_id, sections=[STEPS],
        records=[attendance_id],
    )  # fmt: skip


@transaction.atomic(savepoint=False)
def keep(activity_id: UUID, hold_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Something happened: the list is not destroyed until it is let go. Said twice, it is once."""
    must_see(activity_id, by=by)
    policy.can_keep(by).or_raise()
    if queries.is_kept(activity_id, actor=by):
        return
    hold = Hold(
        id=hold_id,
        activity_id=activity_id,
        organisation_id=by.organisation_id,
        reason=reason,
        held_by=by.user_id,
        held_at=at,
    )
    if create_once(hold):
        audit.record("list.kept", by=by, records=[activity_id], basis=reason)


@transaction.atomic(savepoint=False)
def let_go(activity_id: UUID, *, by: Actor, at: datetime) -> None:
    """The list is no longer needed: it goes the next night."""
    must_see(activity_id, by=by)
    policy.can_keep(by).or_raise()
    kept = Hold.objects.filter(activity_id=activity_id, ended_at=None)
    if kept.update(ended_at=at, ended_by=by.user_id):
        audit.record("list.let_go", by=by, records=[activity_id])


def forget_lists(*, at: datetime) -> int:
    """Each night, the lists of the days before: the rows go, and nothing says who was there.

    The database lets through neither a list that is kept nor one of a day to come.
    """
    Card.objects.filter(goes_at__lte=at).delete()
    Attendance.objects.filter(goes_at__lte=at).delete()
    gone, _by_table = Seat.objects.filter(goes_at__lte=at).delete()
    return gone
