"""What does joining put on somebody’s day and on a partner’s card; and why is nobody received?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.joining import policy, queries
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses


def to_accept(*, actor: Actor) -> list[Handed]:
    """One line, until the charter that stands is accepted."""
    if not policy.can_look(actor) or not queries.is_awaited(actor=actor, at=clock.now()):
        return []
    sentence = _("The charter of values waits for you to read it and accept it in your name.")
    return [Handed(sentence, addresses.to("joining:charter"), _("Read the charter"), "hands")]


def on_card(partner_id: UUID, *, actor: Actor) -> Block | None:
    """On a partner’s card: who of it accepted the charter that stands, by name."""
    stands = queries.charter(actor=actor)
    if stands is None:
        return None
    home = {key for key, one in queries.bodies(actor=actor).items() if one.pk == partner_id}
    who = queries.accepted(stands, actor=actor, at_home=home)
    return Block("joining/on_card.html", {"charter": stands, "who": who})


def refusal(actor: Actor) -> str:
    """Why no real person is received here yet, and what is missing; empty when one may be."""
    if queries.receives(actor=actor):
        return ""
    if not actor.is_staff:
        return _("Nothing can be sent to us from this site yet: it is not open.")
    lines = queries.checklist(actor=actor, at=clock.now())
    missing = queries.missing(lines) or [str(queries.OPENING)]
    sentence = _(
        "No real person can be received here yet. Under Partners, “Joining the programme” says "
        "where it stands. Missing: %(what)s."
    )
    return sentence % {"what": "; ".join(missing)}
