"""Who has the page of privacy?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

KEEPERS: Final = (Role.PRIVACY_OFFICER, Role.RECORDS_OFFICER, Role.COUNSEL)


def can_hold(actor: Actor) -> Decision:
    """The privacy officer, the records officer, the counsel: each sees there what is theirs."""
    if not actor.has(*KEEPERS):
        return no(_("This page is for whoever guards privacy in the organisation."))
    return yes()
