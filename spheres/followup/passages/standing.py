"""What do passages show at the top of a file, and ask on a worker's day?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.passages import policy, queries
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between.places import Block, Handed
from spheres.sharing import queries as sharing
from spheres.ui import addresses

Status = FollowUpStatus.Status
MOST = 3  # questions a day: one asks when the moment is right, not to empty a list


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """How the follow-up stands, and each step that may be taken, in one press."""
    found = participants.episode(file_id, actor=actor)
    if found is None:
        return None
    now, since = found
    keeps = sharing.keeps(file_id, actor=actor)
    return Block(
        "passages/block.html",
        {
            "walks": bool(policy.can_walk_with_her(actor, keeps=keeps)),
            "label": Status(now).label,
            "since": since,
            "may": {
                to.lower(): bool(policy.can_pass(actor, now, to, keeps=keeps))
                for to in (Status.ACTIVE, Status.PAUSED, Status.LEFT, Status.TRANSITION)
            },
            "may_close": bool(policy.can_close(actor, now, keeps=keeps)),
            "may_come_back": bool(policy.can_come_back(actor, now, keeps=keeps)),
            "goes_on": now in policy.GOES_ON,
            "has_died": now == Status.DIED,
            "may_note_death": bool(policy.can_note_death(actor, now, keeps=keeps)),
        },
        beside=now not in policy.DOOR_OPEN,
    )


def questions(*, actor: Actor) -> list[Handed]:
    """Who has died, said with care; then «does this still fit?», for a few people at a time."""
    if not policy.can_walk_with_her(actor):
        return []
    found = queries.to_ask(at=clock.now(), actor=actor)
    died = [file_id for file_id, status in found if status == Status.DIED]
    asked = [file_id for file_id, status in found if status != Status.DIED][:MOST]
    names = dict(participants.names([*died, *asked], actor=actor))
    return [
        Handed(
            sentence=_("%(name)s has died. Take the time you need; talk to your team.")
            % {"name": names[file_id]},
            url=addresses.to("dossier:file", file_id),
            verb=gettext_lazy("Open the file"),
            icon="leaf",
        )
        for file_id in died
        if file_id in names
    ] + [
        Handed(
            sentence=_("Does this still fit %(name)s?") % {"name": names[file_id]},
            url=addresses.to("passages:fit", file_id),
            verb=gettext_lazy("Ask"),
            icon="question",
        )
        for file_id in asked
        if file_id in names
    ]
