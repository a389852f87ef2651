"""What do withdrawals put beside a file, and before those who lead workers?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core.actor import Actor
from spheres.followup.withdrawals import policy, queries
from spheres.participants import queries as participants
from spheres.records.between.places import Block, Handed
from spheres.sharing.rules import THERAPISTS
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way out for whoever knows the person outside work: asked first while they begin to know
    each other, then always at the same place. It asks the database nothing.
    """
    if actor.has(*THERAPISTS) and not policy.can_withdraw(actor):
        # Who goes on is not hers to say: the team lead is told that nobody is beside somebody.
        return Block("withdrawals/known_line.html", {"file_id": file_id}, beside=True)
    if not policy.can_withdraw(actor):
        return None
    is_followed = participants.is_known_to_be_followed(file_id)
    return Block("withdrawals/block.html", {"asks": not is_followed}, beside=is_followed)


def someone_else_needed(*, actor: Actor) -> list[Handed]:
    """Whose person needs someone else, and nothing of whom it is."""
    if not policy.can_settle(actor):
        return []
    return [
        Handed(
            sentence=sentence(one),
            url=addresses.to("withdrawals:notices"),
            verb=gettext_lazy("See to it"),
            icon="hands",
        )
        for one in queries.waiting(actor=actor)
    ]


def sentence(one: queries.Waiting) -> str:
    said = {"worker": one.worker, "day": moments.day_of_year(one.since)}
    if one.is_with_someone:
        return (
            _(
                "Someone accompanied by %(worker)s needs another worker since %(day)s. "
                "A colleague is with them for now."
            )
            % said
        )
    return (
        _(
            "Someone accompanied by %(worker)s needs another worker since %(day)s. "
            "Nobody is with them: see to it today."
        )
        % said
    )
