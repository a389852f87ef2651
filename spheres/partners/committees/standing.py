"""What do committees put in her register, and which of their decisions can be leaned on?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.partners.committees import queries
from spheres.records.decisions import Taken
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


def decided_where_one_chairs(*, actor: Actor, at: datetime) -> list[Taken]:
    """What was decided in a year at the committees that this person chairs. Opened."""
    return [
        Taken(row.pk, row.committee_id, row.opened.words, row.written_at)
        for committee_id in sorted(queries.standing(actor=actor).chairs)
        for row in queries.decided(actor=actor, committee_id=committee_id, at=at)
    ]
