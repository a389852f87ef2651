"""What do the rights of representatives put on a file, and before whoever looks at them again?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.clock import birthday
from spheres.followup.representatives import policy, queries
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.regions import queries as regions
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """One quiet line, that says nothing of what stands: the screen may be seen by anybody. Of whom
    is known to decide alone, none. It asks the database nothing."""
    if not policy.can_suspend(actor):
        return None
    _name, born = participants.opened(file_id, actor=actor)
    try:
        fourteenth = birthday(date.fromisoformat(born), regions.region().self_from)
    except ValueError:  # not known: her page asks the band
        return Block("representatives/block.html", {"is_child": False}, beside=True)
    if fourteenth <= clock.today():
        return None
    return Block("representatives/block.html", {"is_child": True}, beside=True)


def waiting(*, actor: Actor) -> list[Handed]:
    """To whoever looks at it again: that something waits, and since when."""
    if not policy.can_review(actor):
        return []
    rows = places.rows_of_day(queries.TO_REVIEW, actor=actor, at=clock.now())
    since = sorted(datetime.fromisoformat(row["written_at"]) for row in rows)
    if not since:
        return []
    return [
        Handed(
            sentence=ngettext(
                "Rights of a representative were suspended: to look at again, since %(day)s.",
                "%(number)s suspensions of rights wait to be looked at again, since %(day)s.",
                len(since),
            )
            % {"number": len(since), "day": moments.day_of_year(since[0])},
            url=addresses.to("representatives:reviews"),
            verb=gettext_lazy("Look at it again"),
            icon="eye",
        )
    ]
