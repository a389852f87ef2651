"""What is done with who sits and when? Name a member, end it, call, move or cancel a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.partners.committees import policy, queries, rhythm
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeMeeting, CommitteeMember


@dataclass(frozen=True)
class Called:
    """A meeting: a day, two hours of the region's own, a kind of place; and how many there are, of
    a committee that has a rhythm."""

    id: UUID
    held_on: date
    starts: time
    ends: time
    place: str
    times: int = 1


@transaction.atomic
def name_member(
    member_id: UUID,
    committee: Committee,
    *,
    user_id: UUID,
    organisation_id: UUID,
    is_chair: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody sits from now on, for an organisation. Named twice, they sit once."""
    policy.can_name(by, is_desk=queries.standing(actor=by).is_desk).or_raise()
    if is_chair:
        policy.may_chair(is_police=queries.is_police(organisation_id)).or_raise()
    row = CommitteeMember(
        id=member_id,
        committee_id=committee.pk,
        user_id=user_id,
        organisation_id=organisation_id,
        is_chair=is_chair,
        starts_at=at,
        named_by=by.user_id,
        named_at=at,
    )
    sits = CommitteeMember.objects.filter(
        committee_id=committee.pk, user_id=user_id, organisation_id=organisation_id, ended_at=None
    )
    if not sits.exists() and create_once(row):
        audit.record("committee.member_named", by=by, records=[member_id])


@transaction.atomic
def end_member(member_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody sits no more; the line stays, with its dates."""
    policy.can_name(by, is_desk=queries.standing(actor=by).is_desk).or_raise()
    row = queries.lock_member(member_id, actor=by)
    row.ended_at, row.ended_by = at, by.user_id
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record("committee.member_ended", by=by, records=[member_id])


@transaction.atomic
def call(committee: Committee, called: Called, *, by: Actor, at: datetime) -> None:
    """A meeting is called, or several, on the same weekday of each month that its rhythm says: each
    is then moved by itself. Sent twice, they are called once."""
    policy.can_call(committee.pk in queries.standing(actor=by).chairs).or_raise()
    months = rhythm.months_of(committee)
    days = rhythm.days(called.held_on, months=months, times=called.times)
    comes_back = len(days) > 1
    made = []
    for number, day in enumerate(days):
        starts_at = moment_of(day, called.starts)
        row = CommitteeMeeting(
            id=uuid5(called.id, str(number)) if number else called.id,
            committee_id=committee.pk,
            held_on=day,
            starts_at=starts_at,
            ends_at=moment_of(day, called.ends),
            place=called.place,
            called_by=by.user_id,
            called_at=at,
            series_id=called.id if comes_back else None,
            called_for_at=starts_at if comes_back else None,
            months=months if comes_back else None,
        )
        if create_once(row):
            made.append(row.pk)
    if made:
        audit.record("committee.called", by=by, records=made)


@transaction.atomic
def move_meeting(meeting_id: UUID, called: Called, *, by: Actor, at: datetime) -> None:
    """Another day or another hour, as it is said on a clock of the region: also past the night on
    which its hour changes. What was agreed for the first day is not for the other."""
    row = queries.lock_meeting(meeting_id, actor=by)
    chairs = row.committee_id in queries.standing(actor=by).chairs
    policy.can_change(chairs, row, at=at).or_raise()
    row.times_moved += 1
    row.held_on, row.place = called.held_on, called.place
    row.starts_at = moment_of(called.held_on, called.starts)
    row.ends_at = moment_of(called.held_on, called.ends)
    row.moved_by, row.moved_at = by.user_id, at
    row.save(update_fields=[
        "held_on", "starts_at", "ends_at", "place", "moved_by", "moved_at", "times_moved",
    ])  # fmt: skip
    audit.record("committee.moved", by=by, records=[meeting_id])


@transaction.atomic
def cancel_meeting(meeting_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is not held: its line stays, so that nobody waits for it, and what was to be opened there
    opens no more. Pressed twice, it is cancelled once."""
    shown = queries.meeting(meeting_id, actor=by)
    if shown is not None and shown.cancelled_at is not None:
        return
    row = queries.lock_meeting(meeting_id, actor=by)
    chairs = row.committee_id in queries.standing(actor=by).chairs
    policy.can_change(chairs, row, at=at).or_raise()
    row.cancelled_by, row.cancelled_at = by.user_id, at
    row.save(update_fields=["cancelled_by", "cancelled_at"])
    audit.record("committee.cancelled", by=by, records=[meeting_id])


def moment_of(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())
