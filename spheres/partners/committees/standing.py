"""What do committees put in her register, and on the day of whoever took something on?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.partners.committees import queries
from spheres.records.telling import Besides
from spheres.ui import moments


def besides(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """In her register: the day, which organisations were there, that she had agreed; no words."""
    found = queries.presentations_of(file_id, actor=actor)
    return [
        Besides(
            row.presented_at,
            (
                _("With your agreement, your situation was talked about at the %(committee)s.")
                % {"committee": committee},
                _("Meeting of %(day)s. There: %(organisations)s.")
                % {"day": moments.day(row.held_on), "organisations": ", ".join(places)},
                _("What each was told is on its own line of this register."),
            ),
        )
        for row, committee, places in found
    ]
