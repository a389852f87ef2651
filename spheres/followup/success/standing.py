"""What does it show on her plan, and what is told of a year to the partners?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.success import policy, queries
from spheres.followup.success.models import Choice, sentence_of
from spheres.records.between import chosen
from spheres.records.between.places import Block, Locked, Sheet


def on_plan(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """What she said last, and the way to say it otherwise."""
    rows = queries.newest(file_id, actor=actor, since=since)

    def block() -> Block:
        said = rows[0] if rows else None
        return Block(
            "success/block.html",
            {"said": said, "may_write": bool(policy.can_write(actor)), "may_open": True},
            on_paper=_sheets(said),
        )

    return Locked(rows=rows, block=block)


def _sheets(said: Choice | None) -> tuple[Sheet, ...]:
    if said is None:
        return ()
    lines = (*said.sentences, *([said.opened.her_words] if said.opened.her_words else []))
    return (Sheet("success", _("What success is for me"), lines),)


def told(*, actor: Actor) -> list[chosen.Year]:
    """Year by year, the sentences that enough participants chose, and how many did."""
    years: dict[int, list[tuple[str, int]]] = {}
    for row in queries.told(actor=actor):
        assert row.number is not None
        years.setdefault(row.year, []).append((sentence_of(row.statement), row.number))
    return [chosen.Year(year, tuple(lines)) for year, lines in years.items()]
