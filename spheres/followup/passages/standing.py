"""What do passages show at the top of a file, and ask on a worker's day?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.passages import policy, queries
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.places import Block, Handed
from spheres.ui import addresses

Status = FollowUpStatus.Status
MOST = 3  # questions a day: one asks when the moment is right, not to empty a list


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """How the follow-up stands, and each step that may be taken, in one press."""
    found = _standing(file_id, actor=actor)
    if found is None:
        return None
    status, since = found
    return Block(
        "passages/block.html",
        {
            "status": status,
            "label": Status(status).label,
            "since": since,
            "may": {
                to.lower(): bool(policy.can_pass(actor, status, to))
                for to in (Status.ACTIVE, Status.PAUSED, Status.LEFT, Status.TRANSITION)
            },
            "may_close": bool(policy.can_close(actor, status)),
            "may_come_back": bool(policy.can_come_back(actor, status)),
            "goes_on": status in policy.GOES_ON,
        },
    )


def _standing(file_id: UUID, *, actor: Actor) -> tuple[str, datetime] | None:
    """Asked of the database only when the page of the file has not read it already."""
    try:
        return participants.remembered_standing(file_id)
    except KeyError:
        now = queries.standing(file_id, actor=actor).first()
        return (now.status, now.status_at) if now else None


def questions(*, actor: Actor) -> list[Handed]:
    """«Does this still fit?», for a few of my people at a time, each by name."""
    if not policy.can_walk_with_her(actor):
        return []
    files = queries.to_ask(at=clock.now(), actor=actor)[:MOST]
    return [
        Handed(
            sentence=_("Does this still fit %(name)s?") % {"name": name},
            url=addresses.to("passages:fit", file_id),
            verb=gettext_lazy("Ask"),
            icon="question",
        )
        for file_id, name in participants.names(files, actor=actor)
    ]
