"""What do contacts say of what is under way for her?"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.notes import queries
from spheres.followup.notes.models import Note
from spheres.records.between.serving import Serving
from spheres.regions import queries as regions
from spheres.ui import addresses, moments


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
