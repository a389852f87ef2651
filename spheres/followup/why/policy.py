"""Who asks why a page does not open, and who sees to it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_ask(actor: Actor) -> Decision:
    """Whoever works here asks, of any page, whether it exists or not."""
    if not actor.is_staff:
        return no(_("Only those who work in the programme ask here."))
    return yes()


def can_see_to(actor: Actor) -> Decision:
    """The coordination, at the region's desk, sees to what was asked."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination sees to this."))
    return yes()
