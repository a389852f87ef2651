"""Who says what a partner is, what it expects and offers, and which agreements were signed?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.cards.models import A_YEAR, LEADING, Agreed, Expectation

SPEAKS = _("Whoever leads an organisation says this for it.")


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read the partners’ cards: they speak of nobody."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_say(actor: Actor, ours: Organisation | None) -> Decision:
    """Whoever leads a partner says what it is, and what it expects of another and offers it."""
    if not actor.has(*LEADING):
        return no(SPEAKS)
    if ours is None or not ours.is_partner:
        return no(_("Your organisation did not sign the programme’s agreement: it has no card."))
    return yes()


def can_agree(
    actor: Actor, expectation: Expectation, said: list[Agreed], *, at: datetime
) -> Decision:
    """Whoever leads one of the two says yes, once a year."""
    if not actor.has(*LEADING):
        return no(SPEAKS)
    if actor.organisation_id not in {expectation.organisation_id, expectation.towards_id}:
        return no(_("The two organisations of which it speaks say yes to it."))
    if any(
        one.organisation_id == actor.organisation_id and one.agreed_at > at - A_YEAR for one in said
    ):
        return no(_("Your organisation said yes to it less than a year ago."))
    return yes()


def can_keep_protocol(actor: Actor) -> Decision:
    """Whoever leads an organisation writes down which agreements were signed, and reviews them."""
    return yes() if actor.has(*LEADING) else no(SPEAKS)
