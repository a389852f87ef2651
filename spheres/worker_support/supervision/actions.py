"""What can be done with supervision? Offered, asked for, accepted, moved, held or cancelled; and
written of, by two people."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.records.between import brought
from spheres.sharing import actions as sharing
from spheres.sharing import staying
from spheres.sharing.models import Supervised
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault
from spheres.vault.models import Kind
from spheres.worker_support.supervision import policy
from spheres.worker_support.supervision.models import Brought, Entry, Slot, Supervision

MOST_NOTES: Final = 5  # of one file, for one meeting
FORGOTTEN_AFTER: Final = timedelta(days=732)  # two years, leap days and all


@dataclass(frozen=True)
class Offered:
    id: UUID
    starts_at: datetime
    minutes: int
    way: str
    for_all: bool = False


@dataclass(frozen=True)
class Asked:
    """What it is about, in the region's words and in one's own; a word for somebody, never a
    name."""

    theme: str = ""
    words: str = ""
    pseudonym: str = ""


@transaction.atomic
def offer(offered: Offered, *, by: Actor, at: datetime) -> None:
    """A slot that others may ask for. Sent twice, it is offered once."""
    policy.can_offer(by).or_raise()
    row = Slot(
        id=offered.id, organisation_id=by.organisation_id, offered_by=by.user_id,
        offered_stay_id=staying.begun(by=by, at=at), offered_at=at, for_all=offered.for_all,
        starts_at=offered.starts_at, minutes=offered.minutes, way=offered.way,
    )  # fmt: skip
    if create_once(row):
        audit.record("supervision.offered", by=by, records=[row.pk])


@transaction.atomic
def ask(slot: Slot, asked: Asked, *, by: Actor, at: datetime) -> None:
    """Take a free slot, and say what for. Of two who press at once, one has it."""
    if slot.asked_by == by.user_id:
        return
    policy.can_ask(by, slot, at).or_raise()
    stay_id = staying.begun(by=by, at=at)
    taken = Slot.objects.filter(pk=slot.pk, asked_at=None, ended_at=None).update(
        asked_by=by.user_id, asked_stay_id=stay_id, asked_at=at
    )
    if not taken:
        raise NotAllowed(policy.TAKEN)
    row = Supervision(
        id=slot.pk, supervisor_id=slot.offered_by, offered_stay_id=slot.offered_stay_id,
        asked_by=by.user_id, asked_stay_id=stay_id, asked_at=at,
    )  # fmt: skip
    vault.lock(row, theme=asked.theme, words=asked.words, pseudonym=asked.pseudonym)
    Supervision.objects.bulk_create([row])
    audit.record("supervision.asked", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def accept(slot: Slot, *, by: Actor, at: datetime) -> None:
    """Yes to whoever asks."""
    slot = _locked(slot)
    if slot.offered_by == by.user_id and slot.accepted_at and not slot.ended_at:
        return
    policy.can_accept(by, slot).or_raise()
    _change(slot, "supervision.accepted", by=by, accepted_at=at)


@transaction.atomic
def move(slot: Slot, starts_at: datetime, *, by: Actor, at: datetime) -> None:
    """Another moment: the other one reads it on her day."""
    slot = _locked(slot)
    policy.can_move(by, slot).or_raise()
    _change(slot, "supervision.moved", by=by, starts_at=starts_at, moved_at=at)


@transaction.atomic
def cancel(slot: Slot, *, by: Actor, at: datetime) -> None:
    """It will not take place; nobody says why."""
    slot = _locked(slot)
    if slot.ended_by == by.user_id:
        return
    policy.can_cancel(by, slot).or_raise()
    ends = {"outcome": Slot.Outcome.CANCELLED, "ended_by": by.user_id, "ended_at": at}
    _change(slot, "supervision.cancelled", by=by, **ends)
    if slot.asked_by == by.user_id:
        _take_back(slot, by=by, at=at)


@transaction.atomic
def say_held(slot: Slot, *, by: Actor, at: datetime) -> None:
    """It took place: one slot more was used."""
    slot = _locked(slot)
    if slot.ended_by == by.user_id:
        return
    policy.can_say_held(by, slot, at).or_raise()
    ends = {"outcome": Slot.Outcome.HELD, "ended_by": by.user_id, "ended_at": at}
    _change(slot, "supervision.held", by=by, **ends)


@transaction.atomic
def write(entry_id: UUID, slot: Slot, text: str, *, by: Actor, at: datetime) -> None:
    """A paragraph in the note of the two. Sent twice, it is written once."""
    policy.can_write(by, slot).or_raise()
    row = Entry(id=entry_id, supervision_id=slot.pk, written_by=by.user_id, written_at=at)
    vault.lock(row, text=text)
    if create_once(row):
        audit.record("supervision.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def bring(
    supervised_id: UUID, slot: Slot, file_id: UUID, notes: Collection[UUID], *, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Copy the chosen notes of one file for whoever offered the slot, until shortly after it; in
    place of what was brought to it before. Sent twice, it is brought once."""
    slot = _locked(slot)
    policy.can_bring(by, slot, at).or_raise()
    chosen = brought.chosen(file_id, notes, actor=by)
    if not chosen or len(chosen) != len(set(notes)) or len(chosen) > MOST_NOTES:
        raise WrongState(HAS_CHANGED)
    supervised = Supervised(
        id=supervised_id, file_id=file_id, organisation_id=slot.organisation_id,
        user_id=slot.offered_by, brought_by=by.user_id, brought_at=at,
        ends_at=policy.ends_at(slot) + policy.AFTER,
    )  # fmt: skip
    if not create_once(supervised):
        return
    _take_back(slot, by=by, at=at)
    rows = []
    for one in chosen:
        row = Brought(
            id=uuid4(), supervised_id=supervised.pk, slot_id=slot.pk, for_at=slot.starts_at,
            file_id=file_id, user_id=slot.offered_by, kind=one.kind, occurred_at=one.at,
            written_by=one.written_by, brought_by=by.user_id, brought_at=at,
            goes_at=supervised.ends_at,
        )  # fmt: skip
        vault.lock(row, text=json.dumps(one.texts))
        rows.append(row)
    Brought.objects.bulk_create(rows)
    audit.record(
        "supervision.brought", by=by, file_id=file_id, sections=[NOTES], records=[supervised.pk]
    )


@transaction.atomic
def take_back(slot: Slot, *, by: Actor, at: datetime) -> None:
    """They are read no more, from the next statement; the copies are gone."""
    policy.can_take_back(by, slot).or_raise()
    _take_back(slot, by=by, at=at)


@transaction.atomic
def step_back(slot: Slot, *, by: Actor, at: datetime) -> None:
    """Whoever supervises knows the person: nothing of her file is ever read, without saying why."""
    policy.can_step_back(by, slot).or_raise()
    rows = Brought.objects.filter(slot_id=slot.pk, user_id=by.user_id)
    for file_id in sorted(set(rows.values_list("file_id", flat=True))):
        sharing.declare_conflict(file_id, by=by, at=at)


def _take_back(slot: Slot, *, by: Actor, at: datetime) -> None:
    rows = list(Brought.objects.filter(slot_id=slot.pk, brought_by=by.user_id))
    Brought.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for supervised_id, file_id in {(row.supervised_id, row.file_id) for row in rows}:
        standing = Supervised.objects.filter(pk=supervised_id, withdrawn_at=None)
        if standing.update(withdrawn_at=at, withdrawn_by=by.user_id):
            audit.record(
                "supervision.taken_back", by=by, file_id=file_id, sections=[NOTES],
                records=[supervised_id],
            )  # fmt: skip


def over(*, by: Actor) -> list[UUID]:
    """Those of which both people have left, when no legal hold keeps what either wrote."""
    context.require(by)
    here = staying.standing(by=by)
    rows = Supervision.objects.order_by("pk").values_list("pk", "offered_stay_id", "asked_stay_id")
    return [key for key, *stays in rows if here.isdisjoint(stays)]


@transaction.atomic
def destroy(supervision_id: UUID, *, by: Actor, at: datetime) -> None:
    """What two people wrote together, who are both gone: its key and its texts."""
    if supervision_id in over(by=by):
        vault.erase(
            supervision_id, kinds=[Kind.COMMITTEE], basis="supervision.both_left", by=by, at=at
        )


def forget(*, by: Actor, at: datetime) -> None:
    """Each night: notes that were brought, once it is over; slots that nobody asked for and that
    are past, or whose author has left; and, after two years, those of which nothing is kept any
    more."""
    context.require(by)
    Brought.objects.all().delete()  # those that are over: the service sees no other
    here = staying.standing(by=by)
    unasked = Slot.objects.filter(asked_at=None).values_list("pk", "offered_stay_id", "starts_at")
    _forget(key for key, stay_id, starts_at in unasked if starts_at <= at or stay_id not in here)
    kept = set(Supervision.objects.values_list("pk", flat=True))
    old = Slot.objects.filter(starts_at__lte=at - FORGOTTEN_AFTER).values_list("pk", flat=True)
    _forget(key for key in old if key not in kept)


def _forget(keys: Iterable[UUID]) -> None:
    Slot.objects.filter(pk__in=list(keys)).delete()


def _locked(slot: Slot) -> Slot:
    """As it stands now: the other one may have pressed a moment before."""
    return Slot.objects.select_for_update().get(pk=slot.pk)


def _change(slot: Slot, what: str, *, by: Actor, **becomes: object) -> None:
    Slot.objects.filter(pk=slot.pk).update(**becomes)
    audit.record(what, by=by, records=[slot.pk])
