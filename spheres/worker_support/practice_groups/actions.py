"""What can be done with a group? Opened, joined, left, closed; sessions planned and cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.regions import queries as regions
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.worker_support.practice_groups import policy
from spheres.worker_support.practice_groups.models import (
    PracticeComing,
    PracticeGroup,
    PracticeMember,
    PracticeSeat,
    PracticeSession,
)
from spheres.worker_support.practice_groups.queries import Group


@dataclass(frozen=True)
class Opened:
    """What a group is called, and what it practises."""

    id: UUID
    title: str
    theme: str
    about: str = ""


@dataclass(frozen=True)
class Planned:
    """When a group meets, for how long, how, where, and what about."""

    id: UUID
    starts_at: datetime
    minutes: int
    way: str
    place: str = ""
    about: str = ""


@transaction.atomic
def open_group(opened: Opened, *, by: Actor, at: datetime) -> None:
    """Open a group, and be its first member. Sent twice, it is one."""
    policy.can_open(by).or_raise()
    row = PracticeGroup(id=opened.id, theme=opened.theme, opened_by=by.user_id, opened_at=at)
    vault.lock(row, title=opened.title, about=opened.about)
    if create_once(row):
        audit.record("practice_group.opened", by=by, records=[row.pk], digest=vault.digest(row))
        _take_a_seat(row.pk, by=by, at=at)


@transaction.atomic
def join(group: PracticeGroup, *, by: Actor, at: datetime) -> None:
    """Be in a group, of one's own will. Pressed twice, it is once."""
    policy.can_join(by, group).or_raise()
    _take_a_seat(group.pk, by=by, at=at)


@transaction.atomic
def leave(group: PracticeGroup, *, by: Actor, at: datetime) -> None:
    """Be in it no more, nor awaited at what is to come. Nobody asks why."""
    context.require(by)
    to_come = PracticeSession.objects.filter(group_id=group.pk, starts_at__gt=at)
    coming = PracticeComing.objects.filter(user_id=by.user_id, session__in=to_come)
    coming.delete()
    PracticeMember.objects.filter(group_id=group.pk, user_id=by.user_id).delete()
    gone, _of_which = PracticeSeat.objects.filter(group_id=group.pk, user_id=by.user_id).delete()
    if gone:
        audit.record("practice_group.left", by=by, records=[group.pk])


@transaction.atomic
def close(group: Group, *, by: Actor, at: datetime) -> None:
    """The group meets no more. Nobody joins it from now on."""
    policy.can_plan(group.row, is_mine=group.is_mine).or_raise()
    changed = PracticeGroup.objects.filter(pk=group.row.pk, ended_at=None).update(
        ended_by=by.user_id, ended_at=at
    )
    if changed:
        audit.record("practice_group.closed", by=by, records=[group.row.pk])


@transaction.atomic
def plan(planned: Planned, group: Group, *, by: Actor, at: datetime) -> None:
    """A session, to which whoever plans it comes. Sent twice, it is planned once."""
    policy.can_plan(group.row, is_mine=group.is_mine).or_raise()
    row = PracticeSession(
        id=planned.id, group_id=group.row.pk, starts_at=planned.starts_at,
        minutes=planned.minutes, way=planned.way, planned_by=by.user_id, planned_at=at,
    )  # fmt: skip
    vault.lock(row, place=planned.place, about=planned.about)
    if create_once(row):
        audit.record("practice_session.planned", by=by, records=[row.pk], digest=vault.digest(row))
        _come(row, by=by, at=at)


@transaction.atomic
def cancel(session: PracticeSession, *, by: Actor, at: datetime) -> None:
    """It is not held. Pressed twice, it is once."""
    changed = PracticeSession.objects.filter(
        pk=session.pk, cancelled_at=None, starts_at__gt=at
    ).update(cancelled_by=by.user_id, cancelled_at=at)
    if changed:
        audit.record("practice_session.cancelled", by=by, records=[session.pk])


@transaction.atomic
def come(session: PracticeSession, *, by: Actor, at: datetime) -> None:
    """Say that one comes."""
    policy.can_come(session, at).or_raise()
    _come(session, by=by, at=at)


@transaction.atomic
def stay_away(session: PracticeSession, *, by: Actor, at: datetime) -> None:
    """Not after all: nothing says that one would have come."""
    policy.can_come(session, at).or_raise()
    PracticeComing.objects.filter(session_id=session.pk, user_id=by.user_id).delete()


def forget(*, by: Actor, at: datetime) -> None:
    """Each night: sessions from before the region's delay, and groups closed as long ago."""
    context.require(by)
    before = regions.term(PracticeGroup.KEEP, at)
    PracticeComing.objects.filter(session__starts_at__lte=before).delete()
    PracticeSession.objects.filter(starts_at__lte=before).delete()
    met = set(PracticeSession.objects.values_list("group_id", flat=True))
    ended = PracticeGroup.objects.filter(ended_at__lte=before).values_list("pk", flat=True)
    gone = [key for key in ended if key not in met]
    for model in (PracticeMember, PracticeSeat):
        model.objects.filter(group_id__in=gone).delete()
    PracticeGroup.objects.filter(pk__in=gone).delete()


def _take_a_seat(group_id: UUID, *, by: Actor, at: datetime) -> None:
    stay_id = staying.begun(by=by, at=at)
    if PracticeSeat.objects.filter(group_id=group_id, stay_id=stay_id).exists():
        return
    seat_id = uuid5(group_id, f"{stay_id} {at.isoformat()}")
    whose: dict[str, Any] = {
        "group_id": group_id,
        "user_id": by.user_id,
        "stay_id": stay_id,
        "joined_at": at,
    }
    PracticeSeat.objects.bulk_create([PracticeSeat(id=seat_id, **whose)])
    PracticeMember.objects.bulk_create([PracticeMember(id=seat_id, **whose)])
    audit.record("practice_group.joined", by=by, records=[group_id])


def _come(session: PracticeSession, *, by: Actor, at: datetime) -> None:
    stay_id = staying.begun(by=by, at=at)
    row = PracticeComing(
        id=uuid5(session.pk, str(stay_id)),
        session_id=session.pk,
        user_id=by.user_id,
        stay_id=stay_id,
        said_at=at,
    )
    create_once(row)
