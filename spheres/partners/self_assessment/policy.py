"""Who answers for an organisation, and who reads what all partners said?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.self_assessment.models import ASSESSING, READING


def can_look(actor: Actor) -> Decision:
    """Those who lead an organisation, coordinate or plan read what all partners said together."""
    if not actor.has(*READING):
        return no(_("This is for those who lead an organisation, coordinate or plan."))
    return yes()


def can_assess(actor: Actor, partner: Organisation | None) -> Decision:
    """Whoever leads a partner, or a part of one, answers for it, as long as the year lasts."""
    if not actor.has(*ASSESSING):
        return no(_("Those who lead an organisation answer for it."))
    if partner is None:
        return no(_("Only the partners of the programme look at themselves here."))
    return yes()
