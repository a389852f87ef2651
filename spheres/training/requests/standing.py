"""What do requests for training put at the desk? How many wait, and until when."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.records.between.engaged import Engaged
from spheres.records.between.places import Handed
from spheres.training.requests import policy, queries
from spheres.ui import addresses, moments


def at_desk(*, actor: Actor) -> list[Handed]:
    """One sentence when a request waits for an answer, with the nearest day to answer by."""
    if not policy.can_see_requests(actor):
        return []
    rows = places.rows_of_day(queries.TO_ANSWER, actor=actor, at=clock.now())
    if not rows:
        return []
    first = min(date.fromisoformat(row["by"]) for row in rows)
    sentence = ngettext(
        "%(number)s request for training waits for an answer, by %(day)s.",
        "%(number)s requests for training wait for an answer, the first by %(day)s.",
        len(rows),
    )
    there = addresses.to("requests:list")
    said = sentence % {"number": len(rows), "day": moments.day(first)}
    return [Handed(said, there, _("Read the requests"), "book")]


def engaged(*, actor: Actor) -> list[Engaged]:
    """Which organisations asked to be trained, for those to whom their requests are addressed."""
    if not policy.can_see_requests(actor):
        return []
    return [
        Engaged(
            one.row.pk,
            one.row.opened.organisation,
            one.row.environment,
            clock.day_of(one.row.received_at),
            str(_("Asked for a training")),
            addresses.to("requests:one", one.row.pk),
        )
        for one in queries.requests(actor=actor)
    ]
