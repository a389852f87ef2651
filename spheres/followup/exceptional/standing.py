"""What do exceptional accesses put beside a file, on a day, and before those who review them?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exceptional import policy, queries
from spheres.records.places import Block, Handed
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way in, for whoever reads a file for a while. It asks the database nothing."""
    if not policy.can_open(actor):
        return None
    return Block("exceptional/block.html", {"file_id": file_id}, beside=True, for_a_while=True)


def told(*, actor: Actor) -> list[Handed]:
    """Before those who review: how many wait, and nothing of whom."""
    if not policy.can_review(actor):
        return []
    number = queries.waiting(actor=actor)
    if not number:
        return []
    sentence = ngettext(
        "%(number)d exceptional access waits to be looked at again.",
        "%(number)d exceptional accesses wait to be looked at again.",
        number,
    )
    return [
        Handed(
            sentence=sentence % {"number": number},
            url=addresses.to("exceptional:reviews"),
            verb=gettext_lazy("Look at it"),
            icon="eye",
        )
    ]


def mine(*, actor: Actor) -> list[Handed]:
    """On my day, what I have open; then that somebody will look at it again, within three days."""
    if not policy.can_open(actor):
        return []
    at = clock.now()
    recent = queries.accesses(actor=actor).filter(
        user_id=actor.user_id, starts_at__gt=at - timedelta(days=3), reviewed_at=None
    )
    return [
        Handed(
            sentence=_("Open until %(hour)s: what may protect somebody.")
            % {"hour": moments.hour(one.ends_at)},
            url=addresses.to("exceptional:opened", one.pk),
            verb=gettext_lazy("Open it"),
            icon="amber",
            before_all=True,
        )
        for one in recent
        if one.ends_at > at
    ]
