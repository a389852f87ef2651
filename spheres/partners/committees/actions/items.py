"""What is done with what is brought? It is brought, placed, taken off, carried, talked about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.partners.committees import policy, queries
from spheres.partners.committees.models import Attendance, Brought, Roll
from spheres.regions.models import Committee
from spheres.sharing import actions as sharing
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, ItemAbout
from spheres.vault import actions as vault

Status: Final = CommitteeItem.Status
Mode: Final = CommitteeItem.Mode


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
def carry_item(item_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Bring again, as it is, to the next meeting of that committee, what was brought to one that is
    not held. Of somebody who agreed, the agreement was for the other day: it is asked anew. Pressed
    twice, it is carried once."""
    carried = uuid5(item_id, "carried")
    if queries.item(carried, actor=by) is not None:
        return carried
    row = queries.lock_item(item_id, actor=by)
    from_, to = queries.carried_between(row, actor=by, at=at)
    policy.can_carry(by, row, from_, to).or_raise()
    assert to is not None
    words = queries.brought(item_id, actor=by)
    if words is None:
        raise WrongState(HAS_CHANGED)
    vault.open([words], by=by)
    again = Said(
        carried,
        row.mode,
        words.opened.question,
        words.opened.words,
        row.minutes,
        queries.about(item_id, actor=by),
    )
    of = queries.committees(actor=by).get(pk=row.committee_id)
    bring(to, of, again, by=by, at=at)
    take_off(item_id, by=by, at=at)
    return carried


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
