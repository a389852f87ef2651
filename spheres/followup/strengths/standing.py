"""What do her strengths show beside her words, and on her plan?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.strengths import policy, queries
from spheres.followup.strengths.queries import MOST_ON_PLAN, MOST_WITH_WORDS
from spheres.records.between.places import Block, Locked, Sheet


def with_her_words(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """The newest that stand, in the same card as her words, before any need or difficulty."""
    lines = queries.with_her_words(file_id, actor=actor, since=since)
    return Locked(
        rows=lines[:MOST_WITH_WORDS],
        block=lambda: Block(
            "strengths/block.html",
            {
                "lines": lines[:MOST_WITH_WORDS],
                "more": len(lines) > MOST_WITH_WORDS,
                "may_write": bool(policy.can_write(actor)),
                "may_open": True,
            },
            with_her_words=True,
        ),
    )


def on_plan(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """Those that stand, by what they are, and the way to the log."""
    lines = queries.of_plan(file_id, actor=actor, since=since)
    shown = lines[:MOST_ON_PLAN]

    def block() -> Block:
        shelves = queries.shelves(shown)
        return Block(
            "strengths/plan.html",
            {
                "shelves": shelves,
                "more": len(lines) > MOST_ON_PLAN,
                "may_write": bool(policy.can_write(actor)),
                "may_open": True,
            },
            on_paper=tuple(
                Sheet(
                    shelf.kind.lower(), shelf.title, tuple(one.opened.line for one in shelf.lines)
                )
                for shelf in shelves
            ),
        )

    return Locked(rows=shown, block=block)
