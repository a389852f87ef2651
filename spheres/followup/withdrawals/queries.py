"""Who walks with her besides me, who could, and who waits for someone else?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.withdrawals.models import WORKERS, Notice
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.sharing.models import Conflict
from spheres.sharing.rules import NOTES


def lock_assignments(file_id: UUID, *, actor: Actor) -> list[Assignment]:
    """Who walks with her now, held until the transaction ends: of two who leave at the same
    instant, the second sees that the first has left."""
    context.require(actor)
    live = Assignment.objects.filter(file_id=file_id, ends_at=None).order_by("pk")
    return list(live.select_for_update(of=("self",)))


def others(file_id: UUID, *, actor: Actor) -> set[UUID]:
    """Who else opens her notes now, as the rule function says: a mere assignment is not enough."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select user_id from access.who_can(%s, %s) where purpose = 'ordinary'",
            [file_id, NOTES],
        )
        return {user_id for (user_id,) in cursor.fetchall()} - {actor.user_id}


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those who accompany young people in my organisation today, by name; never myself, nor whoever
    may be given nothing for now."""
    context.require(actor)
    held = Membership.objects.filter(
        organisation_id=actor.organisation_id,
        role__in=WORKERS,
        starts_at__lte=at,
        user__is_active=True,
    )
    return list(
        accounts.cleared(held)
        .exclude(ends_at__lte=at)
        .exclude(user_id=actor.user_id)
        .order_by("user__name", "user_id")
        .values_list("user_id", "user__name")
        .distinct()
    )


def has_withdrawn(file_id: UUID, *, actor: Actor) -> bool:
    """Whether I withdrew from this file already: my own word is all that I still see of it."""
    context.require(actor)
    return Conflict.objects.filter(user_id=actor.user_id, file_id=file_id).exists()


def has_said(said_id: UUID, *, actor: Actor) -> bool:
    """Whether I said already, by this very press, that I know somebody."""
    context.require(actor)
    return Conflict.objects.filter(pk=said_id, user_id=actor.user_id).exists()


def read_for_a_while(file_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """A file that is open to me without my answering for who goes on with her: a stand-in, somebody
    on call, a psychotherapist. Whoever walks with her as her worker withdraws instead."""
    if not participants.is_visible(file_id, actor=actor):
        return None
    walks = participants.walked_with(actor=actor, at=at).filter(file_id=file_id).exists()
    return None if walks and actor.has(*WORKERS) else file_id


@dataclass(frozen=True)
class Waiting:
    """Somebody needs someone else: who accompanied them, since when, who is there for now."""

    id: UUID
    worker: str
    since: datetime
    is_with_someone: bool


def waiting(*, actor: Actor) -> list[Waiting]:
    """What no lead has seen to yet, the oldest first."""
    context.require(actor)
    name = User.objects.filter(pk=OuterRef("worker_id")).values("name")
    found = Notice.objects.filter(settled_at=None).annotate(worker=Subquery(name))
    return [
        Waiting(one.pk, one.worker or "", one.told_at, one.is_with_someone)
        for one in found.order_by("told_at", "pk")
    ]


def notice(notice_id: UUID, *, actor: Actor) -> QuerySet[Notice]:
    """One notice that this actor is told, settled or not."""
    context.require(actor)
    return Notice.objects.filter(pk=notice_id)
