"""How are notes found?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.notes.models import Note, NoteStatus


def visible(*, actor: Actor) -> QuerySet[Note]:
    """Every note the database lets this actor read, with where it stands; newest first."""
    context.require(actor)
    return Note.objects.select_related("standing").order_by("-occurred_at", "pk")


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Note]:
    """The notes of one file, newest first."""
    return visible(actor=actor).filter(file_id=file_id)


def lock(note_id: UUID, *, actor: Actor) -> NoteStatus:
    """Where one note stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(NoteStatus.objects.filter(pk=note_id))
