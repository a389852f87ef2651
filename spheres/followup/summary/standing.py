"""What does her page show in her file, after her words?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.summary import policy, queries
from spheres.followup.summary.models import Line
from spheres.records.between.carrying import Carried
from spheres.records.between.places import Block, Locked
from spheres.regions import queries as regions


def find(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """Her page, whose lines are opened with the file; before a return, it stays closed with it."""
    summary = queries.with_file(file_id, actor=actor, since=since)
    is_folded = bool(since and summary.written_at and summary.written_at < since)
    return Locked(
        for_a_while=True,
        rows=[] if is_folded else summary.lines,
        block=lambda: Block(
            "summary/block.html",
            {
                "lines": [] if is_folded else summary.in_order,
                "is_folded": is_folded,
                "may_write": bool(policy.can_write(actor)),
                "may_open": True,
            },
        ),
    )


def carried(file_id: UUID, *, actor: Actor, since: datetime | None) -> Carried:
    """Her page, as she takes it along: each line under its heading."""
    summary = queries.current(file_id, actor=actor)
    is_folded = bool(since and summary.written_at and summary.written_at < since)
    lines = [] if is_folded else summary.in_order
    return Carried(lines, lambda: [_said(line) for line in lines])


def _said(line: Line) -> str:
    if not line.heading:
        return line.opened.text
    heading = regions.label(queries.HEADINGS, line.heading)
    return _("%(what)s: %(words)s") % {"what": heading, "words": line.opened.text}


def shared(file_id: UUID, *, actor: Actor) -> Locked:
    """Her page, as a partner reads it when she shares it: all its lines, and no way to write."""
    summary = queries.current(file_id, actor=actor)
    return Locked(
        rows=summary.lines,
        block=lambda: Block("summary/shared.html", {"lines": summary.in_order}),
    )


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """Her page as it stands, as one of the pages that are read together."""
    del at  # the newest version, whatever the hour
    summary = queries.current(file_id, actor=actor)
    return Locked(
        rows=summary.lines,
        block=lambda: Block("summary/with_her.html", {"lines": summary.in_order}),
    )
