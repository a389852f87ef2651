"""What do committees put in her register, and on the day of whoever took something on?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.committees import queries
from spheres.records.occasions import Occasion
from spheres.records.telling import Besides
from spheres.ui import addresses, moments

MEETING: Final = "committee_meeting"


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


def occasions(*, actor: Actor) -> list[Occasion]:
    """The meetings to come of the committees on which one sits: something may ride on them."""
    named = {one.pk: one.name for one in queries.committees(actor=actor)}
    sits = queries.standing(actor=actor).sits & named.keys()
    return [
        Occasion(
            MEETING,
            one.pk,
            _("%(name)s, %(day)s")
            % {"name": named[one.committee_id], "day": moments.day(one.held_on)},
            addresses.to("committees:meeting", one.pk),
        )
        for one in queries.to_come(sits, actor=actor, at=clock.now())
    ]
