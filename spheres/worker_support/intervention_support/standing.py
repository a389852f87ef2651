"""What do requests for advice put at the desk, and on the day of the worker it names?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses, moments
from spheres.worker_support.intervention_support import policy, queries


def at_desk(*, actor: Actor) -> list[Handed]:
    """How many requests wait, and the nearest day to answer by."""
    if not policy.can_see_advice(actor):
        return []
    rows = places.rows_of_day(queries.TO_ANSWER, actor=actor, at=clock.now())
    if not rows:
        return []
    first = min(date.fromisoformat(row["by"]) for row in rows)
    sentence = ngettext(
        "%(number)s request for advice waits for an answer, by %(day)s.",
        "%(number)s requests for advice wait for an answer, the first by %(day)s.",
        len(rows),
    )
    said = sentence % {"number": len(rows), "day": moments.day(first)}
    there = addresses.to("intervention_support:list")
    return [Handed(said, there, _("Read the requests for advice"), "message")]


def handed(*, actor: Actor) -> list[Handed]:
    """Those that a worker was named to answer; the desk has its own page."""
    if policy.can_see_advice(actor):
        return []
    rows = places.rows_of_day(queries.TO_ANSWER, actor=actor, at=clock.now())
    sentence = gettext("A professional’s request for advice waits for your answer, by %(day)s.")
    return [
        Handed(
            sentence % {"day": moments.day(date.fromisoformat(row["by"]))},
            addresses.to("intervention_support:one", row["id"]),
            _("Read and answer"),
            "message",
        )
        for row in sorted(rows, key=lambda row: (row["by"], row["id"]))
    ]
