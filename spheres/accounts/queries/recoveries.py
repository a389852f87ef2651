"""Which accounts wait for new devices, who sees it, and what may each one do about it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from spheres.accounts import policy
from spheres.accounts.models import DELAY, Membership, RecoveryStatus, Role, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.decision import Decision

# How long the end of a recovery is still told.
TOLD: Final = timedelta(days=30)


@dataclass(frozen=True)
class RecoverySeen:
    """A recovery as those whom it concerns see it."""

    id: UUID
    name: str
    asked_by: str
    asked_at: datetime
    second: str
    status: str
    status_words: str | Promise
    status_at: datetime
    ready_at: datetime | None
    is_open: bool
    is_mine: bool
    stopped_by_signing_in: bool
    may_vouch: Decision
    may_hand_over: Decision
    may_stop: Decision


def recoveries(*, actor: Actor, at: datetime) -> list[RecoverySeen]:
    """Those of my account, those I vouch in, and those of whom I look after; the newest first.

    Coordination sees all: an account taken over reaches further than one organisation.
    """
    context.require(actor)
    me = actor.user_id
    mine = Q(recovery__user_id=me) | Q(recovery__asked_by=me) | Q(recovery__second_id=me)
    if actor.has(*policy.MANAGERS):
        here = Membership.objects.filter(organisation_id=actor.organisation_id)
        mine |= Q(recovery__user_id__in=here.exclude(ends_at__lte=at).values("user_id"))
    if actor.has(Role.COORDINATOR):
        mine |= Q(pk__isnull=False)
    with doorkeeping():
        rows = list(
            RecoveryStatus.objects.filter(mine, status_at__gt=at - TOLD)
            .select_related("recovery")
            .order_by("-recovery__asked_at", "pk")
        )
        ids = {
            user_id
            for row in rows
            for user_id in (row.recovery.user_id, row.recovery.asked_by, row.recovery.second_id)
        }
        names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [_seen(row, names, actor, at) for row in rows]


def _seen(row: RecoveryStatus, names: dict[UUID, str], actor: Actor, at: datetime) -> RecoverySeen:
    recovery = row.recovery
    is_open = row.status in RecoveryStatus.OPEN and row.expires_at > at
    words = row if row.status not in RecoveryStatus.OPEN or is_open else _lapsed()
    return RecoverySeen(
        recovery.pk,
        names.get(recovery.user_id, ""),
        names.get(recovery.asked_by, ""),
        recovery.asked_at,
        names.get(recovery.second_id, ""),
        words.status,
        RecoveryStatus.Status(words.status).label,
        row.status_at,
        row.vouched_at + DELAY if row.vouched_at else None,
        is_open,
        recovery.user_id == actor.user_id,
        row.status_by == DOORKEEPER.user_id,
        policy.is_second(actor, recovery),
        policy.can_hand_over(actor, recovery, row, at),
        policy.can_stop(actor, recovery),
    )


def _lapsed() -> RecoveryStatus:
    return RecoveryStatus(status=RecoveryStatus.Status.LAPSED)


def recovery(recovery_id: UUID, *, actor: Actor, at: datetime) -> RecoverySeen | None:
    """One of those I see; any other does not exist for me."""
    found = recoveries(actor=actor, at=at)
    return next((one for one in found if one.id == recovery_id), None)


def open_recoveries(at: datetime) -> QuerySet[RecoveryStatus]:
    """Those under way. In the doorkeeper's name."""
    return RecoveryStatus.objects.filter(
        status__in=RecoveryStatus.OPEN, expires_at__gt=at
    ).select_related("recovery")


def lapsed_recoveries(at: datetime) -> QuerySet[RecoveryStatus]:
    """Those nobody went on with in time. In the doorkeeper's name."""
    return RecoveryStatus.objects.filter(
        status__in=RecoveryStatus.OPEN, expires_at__lte=at
    ).order_by("pk")


def lock_recovery(recovery_id: UUID, at: datetime) -> RecoveryStatus | None:
    """One under way, for whoever moves it. In the doorkeeper's name."""
    return open_recoveries(at).select_for_update(of=("self",)).filter(pk=recovery_id).first()


def second_of(second_id: UUID, user_id: UUID, at: datetime) -> policy.Second:
    """How whoever vouches second stands to the person. In the doorkeeper's name."""
    live = (
        Membership.objects.filter(
            user_id__in=[second_id, user_id], user__is_active=True, starts_at__lte=at
        )
        .exclude(ends_at__lte=at)
        .values_list("user_id", "organisation_id", "role")
    )
    rows = list(live)
    places = {where for who, where, _ in rows if who == user_id}
    return policy.Second(
        second_id,
        frozenset(role for who, _, role in rows if who == second_id),
        any(who == second_id and where in places for who, where, _ in rows),
    )


@dataclass(frozen=True)
class Choice:
    """Someone who may be chosen, with the organisation that tells two namesakes apart."""

    user_id: UUID
    words: str


def choices_for_recovery(*, actor: Actor, at: datetime) -> tuple[list[Choice], list[Choice]]:
    """Whom I may ask a recovery for, and who may vouch with me; the action asks again."""
    context.require(actor)
    live = list(
        Membership.objects.filter(user__is_active=True, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .exclude(user_id=actor.user_id)
        .select_related("user", "organisation")
        .order_by("user__name", "user_id", "organisation__name_fr", "role")
    )
    everywhere = actor.has(Role.COORDINATOR)
    mine = [one for one in live if everywhere or one.organisation_id == actor.organisation_id]
    seconds = [one for one in live if one in mine or one.role == Role.COORDINATOR]
    return _choices(mine), _choices(seconds)


def _choices(held: list[Membership]) -> list[Choice]:
    found: dict[UUID, Choice] = {}
    for one in held:
        found.setdefault(
            one.user_id, Choice(one.user_id, f"{one.user.name} · {one.organisation.name}")
        )
    return list(found.values())
