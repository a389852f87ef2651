"""What do stage marks show on her plan?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.stage_marks import drawing, policy, queries
from spheres.records.between.places import Block, Locked, Sheet

TOPICS_SHOWN: Final = 3
DOTS_SHOWN: Final = 8


def paths(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """The topics spoken of last, each with its path."""
    marks = queries.newest(file_id, actor=actor, since=since)

    def block() -> Block:
        topics = queries.by_topic(marks)
        pictures = [drawing.picture(topic[-DOTS_SHOWN:]) for topic in topics]
        return Block(
            "stage_marks/block.html",
            {
                "pictures": pictures[:TOPICS_SHOWN],
                "more": len(pictures) > TOPICS_SHOWN,
                "went_back": any(topic[-1].is_going_back for topic in topics),
                "may_write": bool(policy.can_write(actor)),
                "may_open": True,
            },
            on_paper=_sheets(pictures),
        )

    return Locked(rows=marks, block=block)


def _sheets(pictures: list[drawing.Picture]) -> tuple[Sheet, ...]:
    """On her paper, where she said last that she is: one line a topic, no path to compare."""
    if not pictures:
        return ()
    lines = tuple(
        _("%(topic)s: %(sentence)s (%(day)s)")
        % {"topic": one.topic, "sentence": one.newest.sentence, "day": one.newest.day}
        for one in pictures
    )
    return (Sheet("stages", _("Where I am"), lines),)
