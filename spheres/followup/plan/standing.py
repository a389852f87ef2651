"""What matters to her now, and what is under way for it? On her plan, and on her workers' day.

It is said without blame and without a count: something that matters and has nothing yet is a thing
to talk of, when she wishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.plan import policy
from spheres.participants import queries as participants
from spheres.records.between import places, serving
from spheres.records.between.places import Block, Handed, Locked, Sheet
from spheres.records.between.serving import Serving
from spheres.regions import queries as regions
from spheres.ui import addresses

MOST: Final = 4  # of what is under way for one need


@dataclass(frozen=True)
class Need:
    """One need that matters now, and what is under way for it."""

    code: str
    domain: str  # as the directory calls it
    label: str
    under_way: list[Serving]


def needs(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """What she said matters now; nothing is drawn when nothing was said."""
    matters = serving.matters(file_id, actor=actor, since=since)
    found = serving.under_way(file_id, actor=actor, since=since) if matters.needs else []
    lines = [
        Need(
            code,
            serving.plain(code),
            regions.label("needs", code),
            serving.for_need(found, code, matters.at)[:MOST],
        )
        for code in matters.needs
    ]

    def block() -> Block:
        says = {
            "lines": lines,
            "said_at": matters.at,
            "is_all_read": serving.reads_all(file_id, actor=actor, since=since),
            "may_write": actor.has(*policy.WORKERS),
        }
        title = _("What matters to me now")
        sheet = Sheet("needs", title, tuple(line.label for line in lines))
        paper = (sheet,) if lines and matters.at else ()
        return Block("plan/needs.html", says, on_paper=paper)

    return Locked(rows=[], block=block)


def nothing_yet(*, actor: Actor) -> list[Handed]:
    """On my day, when the moment is right: who has something that matters, and nothing for it yet.

    Which need it is stands on her plan, not on a list.
    """
    if not actor.has(*policy.WORKERS):
        return []
    found = serving.with_nothing(actor=actor, at=clock.now())
    names = dict(participants.names(found, actor=actor))
    return [
        Handed(
            sentence=_("%(name)s: something that matters now has nothing under way yet")
            % {"name": names[file_id]},
            url=addresses.to("plan:page", file_id),
            verb=gettext_lazy("See the plan"),
            icon="leaf",
        )
        for file_id in found
        if file_id in names
    ]


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """What was made together, as it goes on her own paper: a page of the reading."""
    del at  # it stands as it is
    locked = places.plan_of(file_id, actor=actor, since=None)

    def made() -> Block:
        blocks = [block for one in locked if (block := one.block())]
        sheets = [sheet for block in blocks for sheet in block.on_paper]
        return Block("plan/with_her.html", {"sheets": sheets})

    return Locked([row for one in locked for row in one.rows], made)


def unmet(file_id: UUID, *, actor: Actor) -> list[Handed]:
    """Beside what keeps her on course: the same, of one file."""
    return [
        Handed(
            sentence=regions.label("needs", code),
            url=addresses.to("plan:page", file_id),
            verb=gettext_lazy("See the plan"),
            icon="leaf",
        )
        for code in serving.unmet(file_id, actor=actor)
    ]
