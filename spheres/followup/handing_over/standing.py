"""What do hand-overs put on my day, and in the file of one person?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.handing_over import policy, queries
from spheres.followup.handing_over.queries import Received
from spheres.participants import queries as participants
from spheres.records.between.places import Block, Handed
from spheres.sharing import queries as sharing
from spheres.sharing.rules import WORKERS
from spheres.ui import addresses, moments


def handed(*, actor: Actor) -> list[Handed]:
    """Who is handed to me, who came back to me, for whom I answer, that I leave."""
    if not policy.can_pass(actor):
        return []
    day = queries.day(actor=actor, at=clock.now())
    named = [one.file_id for one in day.received if "identity" in one.faces and not one.is_named]
    names = dict(participants.names(named, actor=actor)) if named else {}
    return [
        *(_received(one, names.get(one.file_id, "")) for one in day.received),
        *([_declined(day.declined)] if day.declined else []),
        *(
            Handed(
                sentence=_("%(name)s is no longer here: you answer for the people left behind.")
                % {"name": name},
                url=addresses.to("handing_over:left"),
                verb=gettext_lazy("See who they are"),
                icon="hands",
            )
            for name in sorted(day.left.values())
        ),
        *([_leaves(moments.moment(day.ends_at))] if day.ends_at else []),
    ]


def _received(one: Received, name: str) -> Handed:
    """Her name only when she lets it pass: whom a lead asks about has been asked nothing yet."""
    if one.is_named:
        return Handed(
            sentence=_("Nobody walks with a person any more: %(lead)s asks you to tell them.")
            % {"lead": one.giver},
            url=addresses.to("handing_over:handed", one.handed_id),
            verb=gettext_lazy("See how to reach them"),
            icon="hands",
        )
    if name:
        sentence = _("%(name)s is handed over to you by %(giver)s.") % {
            "name": name,
            "giver": one.giver,
        }
    else:
        sentence = _("A person is handed over to you by %(giver)s.") % {"giver": one.giver}
    return Handed(
        sentence=sentence,
        url=addresses.to("handing_over:handed", one.handed_id),
        verb=gettext_lazy("See what they let pass"),
        icon="hands",
    )


def _declined(number: int) -> Handed:
    return Handed(
        sentence=ngettext(
            "A colleague cannot take over: choose again with the person.",
            "Colleagues cannot take over %(number)s people: choose again with each.",
            number,
        )
        % {"number": number},
        url=addresses.to("handing_over:leaving"),
        verb=gettext_lazy("Open the list"),
        icon="hands",
    )


def _leaves(when: str) -> Handed:
    return Handed(
        sentence=_("On %(when)s, your access ends. Each of your people hears it from you first.")
        % {"when": when},
        url=addresses.to("handing_over:leaving"),
        verb=gettext_lazy("Open the list"),
        icon="door",
    )


def nobody_beside(*, actor: Actor) -> list[Handed]:
    """To whoever leads the team: how many have nobody, and nobody was asked yet."""
    if not policy.can_lead(actor):
        return []
    waiting = [
        one
        for one in queries.nobody_beside(actor=actor)
        if not one.has_door_open and (not one.asked or one.has_declined)
    ]
    if not waiting:
        return []
    return [
        Handed(
            sentence=ngettext(
                "Nobody walks with %(number)s person any more: name who tells them.",
                "Nobody walks with %(number)s people any more: name who tells each of them.",
                len(waiting),
            )
            % {"number": len(waiting)},
            url=addresses.to("handing_over:team"),
            verb=gettext_lazy("See to it"),
            icon="hands",
        )
    ]


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """In a file, once her follow-up has begun: the way to hand her over."""
    if not policy.can_pass(actor) or not participants.is_known_to_be_followed(file_id):
        return None
    if not (actor.has(*WORKERS) or sharing.keeps(file_id, actor=actor)):
        return None
    return Block("handing_over/block.html", {"file_id": file_id}, beside=True)
