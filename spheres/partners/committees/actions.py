"""What can be done at a committee? Name who sits, call, bring, place, talk about, note, promise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.partners.committees import policy, queries, rhythm
from spheres.partners.committees.models import (
    Attendance,
    Brought,
    Decided,
    Minutes,
    Promise,
    PromiseStatus,
    Roll,
)
from spheres.regions.models import Committee
from spheres.sharing import actions as sharing
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, CommitteeMember, ItemAbout
from spheres.vault import actions as vault

Status, Mode = CommitteeItem.Status, CommitteeItem.Mode


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


@dataclass(frozen=True)
class Said:
    """What somebody brings; `about` is the file of which it speaks, and stays theirs alone."""

    id: UUID
    mode: str
    question: str
    words: str = ""
    minutes: int = 20
    about: UUID | None = None


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


@transaction.atomic
def bring(
    meeting: CommitteeMeeting, committee: Committee, said: Said, *, by: Actor, at: datetime
) -> None:
    """Ask for a place on the agenda. Of which file it speaks is marked for the database alone."""
    policy.can_bring(by, meeting, at=at).or_raise()
    if said.mode not in policy.modes(by, committee):
        raise WrongState(HAS_CHANGED)
    row = CommitteeItem(
        id=said.id,
        committee_id=committee.pk,
        meeting_id=meeting.pk,
        mode=said.mode,
        organisation_id=by.organisation_id,
        written_by=by.user_id,
        written_at=at,
        minutes=said.minutes,
        status=Status.ASKED,
        status_by=by.user_id,
        status_at=at,
    )
    if not create_once(row):
        return
    if said.about is not None:
        create_once(ItemAbout(id=said.id, file_id=said.about, marked_by=by.user_id, marked_at=at))
    words = Brought(id=said.id, committee_id=committee.pk, written_by=by.user_id, written_at=at)
    vault.lock(words, question=said.question, words=said.words)
    create_once(words)
    # With her agreement, her journal says so; a vignette names nobody, and says nothing there.
    hers = said.about if said.mode == Mode.CONSENT else None
    audit.record("committee.brought", by=by, file_id=hers, records=[said.id])


@transaction.atomic
def place(item_id: UUID, *, position: int, minutes: int, by: Actor, at: datetime) -> None:
    """Put on the agenda what was asked for, or give it another place."""
    row = queries.lock_item(item_id, actor=by)
    policy.can_place("CHAIRING" in queries.standing_to(item_id, actor=by), row).or_raise()
    if row.status == Status.PLACED:
        row.position, row.minutes, row.status_by, row.status_at = position, minutes, by.user_id, at
        row.save(update_fields=["position", "minutes", "status_by", "status_at"])
    else:
        move(row, Status.PLACED, by=by, at=at, position=position, minutes=minutes)
    audit.record("committee.placed", by=by, records=[item_id])


@transaction.atomic
def take_off(item_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is not talked about."""
    row = queries.lock_item(item_id, actor=by)
    chairs = "CHAIRING" in queries.standing_to(item_id, actor=by)
    policy.can_take_off(by, chairs, row).or_raise()
    audit.record("committee.taken_off", by=by, records=[item_id])
    move(row, Status.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def hold(
    item_id: UUID,
    meeting: CommitteeMeeting,
    *,
    present: Collection[tuple[UUID, UUID]],
    by: Actor,
    at: datetime,
) -> None:
    """It was talked about, with these people there. With somebody's agreement, it is a line of
    their register: the day, the organisations, by which agreements; and nothing when none stands.
    """
    row = queries.lock_item(item_id, actor=by)
    chairs = "CHAIRING" in queries.standing_to(item_id, actor=by)
    if row.status == Status.HELD:
        return  # pressed twice
    policy.can_hold(chairs, row, meeting, at=at).or_raise()
    awaited = {
        (person, place): stays
        for item, person, place, stays in queries.who_is_awaited(meeting, actor=by)
        if item == item_id
    }
    if not all(awaited.get(who) for who in present):
        raise WrongState(policy.STEPS_OUT)
    for user_id, organisation_id in sorted(awaited):
        create_once(
            Attendance(
                id=uuid5(item_id, f"{user_id} {organisation_id}"),
                item_id=item_id,
                user_id=user_id,
                organisation_id=organisation_id,
                is_in=(user_id, organisation_id) in present,
                noted_by=by.user_id,
                noted_at=at,
            )
        )
    if row.mode == Mode.CONSENT:
        there = sorted({organisation_id for _user, organisation_id in present})
        if not sharing.present(item_id, there, by=by):
            raise WrongState(policy.NO_AGREEMENT)
    move(row, Status.HELD, by=by, at=at)
    audit.record("committee.held", by=by, records=[item_id])


@transaction.atomic
def note_roll(
    roll_id: UUID,
    meeting: CommitteeMeeting,
    *,
    seats: Collection[UUID],
    minutes: int,
    by: Actor,
    at: datetime,
) -> None:
    """Who came, and how long it lasted. Noted again, the newest stands; the one before stays."""
    chairs = meeting.committee_id in queries.standing(actor=by).chairs
    policy.can_note_roll(chairs, meeting, at=at).or_raise()
    if not {*seats} <= {one.row.pk for one in queries.seats_at(meeting, actor=by)}:
        raise WrongState(HAS_CHANGED)
    row = Roll(
        id=roll_id,
        committee_id=meeting.committee_id,
        meeting_id=meeting.pk,
        seats=sorted(seats),
        minutes=minutes,
        noted_by=by.user_id,
        noted_at=at,
    )
    if create_once(row):
        audit.record("committee.roll", by=by, records=[meeting.pk])


@transaction.atomic
def write_decision(
    decision_id: UUID, item_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """Keep what was decided of an item, in a sentence."""
    row = queries.item_to_write_of(item_id, actor=by)
    policy.can_promise("CHAIRING" in queries.standing_to(item_id, actor=by), row).or_raise()
    kept = Decided(
        id=decision_id,
        item_id=item_id,
        committee_id=row.committee_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if create_once(kept):
        audit.record("committee.decided", by=by, records=[decision_id])


@transaction.atomic
def write_minutes(
    minutes_id: UUID,
    item_id: UUID,
    words: str,
    *,
    after: Collection[UUID],
    by: Actor,
    at: datetime,
) -> None:
    """Keep the minutes, whole. Whoever wrote meanwhile loses nothing: both stand until one of the
    two, or somebody else, puts them together."""
    row = queries.item_to_write_of(item_id, actor=by)
    ways = queries.standing_to(item_id, actor=by)
    policy.can_note("CHAIRING" in ways, "OPEN" in ways, row).or_raise()
    kept = Minutes(
        id=minutes_id,
        item_id=item_id,
        committee_id=row.committee_id,
        after=sorted(after),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if create_once(kept):
        audit.record("committee.noted", by=by, records=[minutes_id])


@transaction.atomic
def promise(
    promise_id: UUID,
    item_id: UUID,
    words: str,
    *,
    owner_id: UUID,
    organisation_id: UUID,
    due_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody takes something on, in the name of their organisation, for a day."""
    row = queries.item_to_write_of(item_id, actor=by)
    policy.can_promise("CHAIRING" in queries.standing_to(item_id, actor=by), row).or_raise()
    kept = Promise(
        id=promise_id,
        item_id=item_id,
        committee_id=row.committee_id,
        organisation_id=organisation_id,
        owner_id=owner_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if not create_once(kept):
        return
    create_once(
        PromiseStatus(
            id=promise_id,
            item_id=item_id,
            owner_id=owner_id,
            due_on=due_on,
            status=PromiseStatus.Status.PROMISED,
            status_by=by.user_id,
            status_at=at,
        )
    )
    audit.record("committee.promised", by=by, records=[promise_id])


@transaction.atomic
def answer_promise(promise_id: UUID, *, carried_to: date | None, by: Actor, at: datetime) -> None:
    """It is done; or it is carried over to another day, which is said without a reason."""
    row = queries.lock_promise(promise_id, actor=by)
    policy.can_answer_promise(by, row, queries.chaired(actor=by)).or_raise()
    if carried_to is None:
        move(row, PromiseStatus.Status.KEPT, by=by, at=at)
    else:
        move(row, PromiseStatus.Status.CARRIED, by=by, at=at, due_on=carried_to)
    audit.record("committee.answered", by=by, records=[promise_id])
