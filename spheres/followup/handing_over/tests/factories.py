"""A hand-over of Maya, step by step, as Inès does it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from spheres.accounts.models import Membership
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.followup.handing_over import actions, queries
from spheres.followup.handing_over.actions import ME, Told, Wanted, Welcomed
from spheres.followup.handing_over.models import Choice
from spheres.followup.handing_over.queries import Nobody
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of

HOUR = timedelta(hours=1)
TOLD_ON = date(2026, 3, 2)
LATER = MONDAY + 2 * HOUR
NEXT_MONTH = MONDAY + timedelta(days=30)
FACES = {
    "identity": "select count(distinct file_id) from participants_identity",
    "contact": "select count(distinct file_id) from participants_safecontact",
    "summary": "select count(distinct file_id) from participants_followup",
    "notes": "select count(distinct file_id) from notes_note",
    "relation": "select count(distinct id) from participants_file",
}


def tell(file_id: UUID, *, by: Actor, which: str = "told", at: datetime = MONDAY) -> None:
    with acting(by, at):
        actions.tell(file_id, Told(uuid_of(which), TOLD_ON, "D’accord."), by=by, at=at)


def decide(
    file_id: UUID,
    *,
    by: Actor,
    to: Actor | None = None,
    faces: tuple[str, ...] = (),
    way: str = Choice.Way.COLLEAGUE,
    which: str = "choice",
    at: datetime = MONDAY + HOUR,
) -> UUID:
    wanted = Wanted(uuid_of(which), way, to.user_id if to else None, faces, "Avec quelqu’un.")
    with acting(by, at):
        actions.decide(file_id, wanted, by=by, at=at)
    return wanted.id


def hand_over(cast: Cast, *faces: str) -> UUID:
    """Told, decided: Maya goes on with Yanick, and lets these faces pass."""
    tell(cast.maya.file_id, by=cast.ines)
    return decide(cast.maya.file_id, by=cast.ines, to=cast.yanick, faces=faces)


def reads(actor: Actor, at: datetime = LATER) -> list[str]:
    """Which faces of somebody's file the database shows to this person."""
    with acting(actor, at), connection.cursor() as cursor:
        found = []
        for face, question in FACES.items():
            cursor.execute(question)
            if cursor.fetchone()[0]:
                found.append(face)
        return found


def events(cast: Cast, reader: Actor, at: datetime = LATER) -> list[str]:
    with acting(reader, at):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="hand_over.")
        return list(told.order_by("number").values_list("action", flat=True))


def leave(actor: Actor, at: datetime) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=actor.user_id).update(ends_at=at)


def alone(cast: Cast) -> None:
    """Inès, alone with Maya, says that she knows her; there is nobody else that day."""
    with acting(cast.ines, MONDAY):
        Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=MONDAY)
        sharing.declare_conflict(cast.maya.file_id, by=cast.ines, at=MONDAY)


def told(who: Actor, at: datetime = LATER) -> list[Nobody]:
    with acting(who, at):
        return queries.nobody_beside(actor=who)


def name(
    cast: Cast, whom: Actor, *, by: Actor | None = None, which: str = "named", at: datetime = LATER
) -> None:
    lead = by or cast.karim
    [one] = told(cast.karim, at)
    with acting(lead, at), transaction.atomic():
        actions.name_worker(one.token, uuid_of(which), user_id=whom.user_id, by=lead, at=at)


def asked(who: Actor, at: datetime = LATER) -> list[tuple[UUID, str]]:
    with acting(who, at):
        day = queries.day(actor=who, at=at)
    return [(one.file_id, one.giver) for one in day.received if one.is_named]


def welcome(
    cast: Cast, who: Actor, *, file_id: UUID | None = None, at: datetime = LATER + HOUR
) -> None:
    said = Welcomed(uuid_of("welcome"), date(2026, 3, 2), ME, "Avec toi.")
    with acting(who, at):
        actions.welcome(file_id or cast.maya.file_id, said, by=who, at=at)
