"""How are psychotherapy notes found by their author, and the days that she agreed to show?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Role, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.therapy_notes.models import TherapyDay, TherapyNote, TherapyNoteStatus
from spheres.participants.models import Assignment
from spheres.records.between import places

DAY, THERAPIST = "therapy day ", "therapist here"
# Asked in the statement that asks who may see the file: the days shown, and whether there is
# somebody to bring in, where the file is held.
OF_FILE: Final = f"""
select '{DAY}' || d.came_on, d.id from therapy_notes_therapyday d where d.file_id = asked.file_id
union all
(select '{THERAPIST}', f.id from participants_file f join accounts_membership m
   on m.organisation_id = f.holder_id and m.role = '{Role.PSYCHOTHERAPIST}'
 where f.id = asked.file_id and m.starts_at <= (select access.moment())
   and (m.ends_at is null or m.ends_at > (select access.moment())) limit 1)"""  # noqa: S608 -- ours


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[TherapyNote]:
    """The actor's own notes of one file: the database shows no other. Newest first."""
    context.require(actor)
    return (
        TherapyNote.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def lock(record_id: UUID, *, actor: Actor) -> TherapyNoteStatus:
    """Where one note stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(TherapyNoteStatus.objects.filter(pk=record_id))


def days(file_id: UUID, *, actor: Actor) -> QuerySet[TherapyDay]:
    """The days she agreed to show, the newest first."""
    context.require(actor)
    return TherapyDay.objects.filter(file_id=file_id).order_by("-came_on", "pk")


def is_shown(record: TherapyNote, *, actor: Actor) -> bool:
    """Whether the day of this note is among them."""
    return days(record.file_id, actor=actor).filter(pk=day_id(record.pk)).exists()


def day_id(record_id: UUID) -> UUID:
    """Under which identifier the day of a note is shown."""
    return uuid5(record_id, "day")


def days_read(file_id: UUID) -> list[date]:
    """The same, as read with the file's page; asks nothing."""
    found = {what.removeprefix(DAY) for what, _id in _facts(file_id) if what.startswith(DAY)}
    return sorted((date.fromisoformat(day) for day in found), reverse=True)


def has_therapists(file_id: UUID) -> bool:
    """Whether somebody where the file is held is a psychotherapist; asks nothing."""
    return any(what == THERAPIST for what, _id in _facts(file_id))


def _facts(file_id: UUID) -> list[tuple[str, UUID]]:
    return places.facts_of(file_id)


def therapists(file_id: UUID, *, actor: Actor, at: datetime) -> QuerySet[User]:
    """The psychotherapists of the actor's own organisation who are not beside her yet, and to whom
    a file may be given there, by name."""
    context.require(actor)
    there = Membership.objects.filter(
        user_id=OuterRef("pk"),
        organisation_id=actor.organisation_id,
        role=Role.PSYCHOTHERAPIST,
        starts_at__lte=at,
    ).exclude(ends_at__lte=at)
    beside = Assignment.objects.filter(
        file_id=file_id, user_id=OuterRef("pk"), starts_at__lte=at
    ).exclude(ends_at__lte=at)
    brought = User.objects.filter(Exists(accounts.cleared(there)), ~Exists(beside), is_active=True)
    return brought.order_by("name", "pk")


def is_brought_in(assignment_id: UUID, *, actor: Actor) -> bool:
    """Whether this was done already."""
    context.require(actor)
    return Assignment.objects.filter(pk=assignment_id).exists()
