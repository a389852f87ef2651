"""What do contacts say of what is under way for her, and which are brought to supervision?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.notes import documents, queries
from spheres.followup.notes.models import Note, NoteStatus
from spheres.records.between.brought import Choice, Chosen
from spheres.records.between.serving import Serving
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES
from spheres.ui import addresses, moments
from spheres.vault import actions as vault

NEWEST: Final = 20  # among which one chooses what to bring to supervision


def contacts(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Serving]:
    """Those of these weeks that were about something: a kind and a day, nothing is opened."""
    return [
        Serving(
            what=partial(_sentence, note),
            url=addresses.to("notes:detail", file_id, note.pk),
            needs=tuple(note.tags or ()),
            towards_id=note.towards_id,
            at=note.occurred_at,
        )
        for note in queries.about(file_id, actor=actor, since=since)
    ]


def _sentence(note: Note) -> str:
    return _("%(kind)s, %(day)s") % {
        "kind": regions.label("contact_kinds", note.kind),
        "day": moments.day_of_year(note.occurred_at),
    }


def to_bring(file_id: UUID, *, actor: Actor) -> list[Choice]:
    """The newest ones that stand as they were signed; nothing is opened."""
    found = queries.of_file(file_id, actor=actor).filter(standing__status=NoteStatus.Status.SIGNED)
    return [Choice(note.pk, note.kind, note.occurred_at) for note in found[:NEWEST]]


def brought(file_id: UUID, ids: Collection[UUID], *, actor: Actor) -> list[Chosen]:
    """These, as they were signed: their words, and nothing that was noted beside."""
    found = queries.of_file(file_id, actor=actor).filter(
        pk__in=ids, standing__status=NoteStatus.Status.SIGNED
    )
    notes = list(found)
    vault.open(notes, by=actor, sections=[NOTES])
    return [
        Chosen(
            note.pk,
            note.kind,
            note.occurred_at,
            note.written_by,
            tuple((one.title, one.words) for one in documents.texts_of(note) if one.words),
        )
        for note in notes
    ]
