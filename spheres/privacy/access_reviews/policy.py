"""Who looks, once a year, at who has access?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_review(actor: Actor) -> Decision:
    """The privacy officer, for their own organisation alone."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the privacy officer of the organisation looks at this."))
    return yes()
