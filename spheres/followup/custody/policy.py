"""Who names the custodian of a psychotherapist’s notes, and who reads what is in custody?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import THERAPISTS


def can_name(actor: Actor) -> Decision:
    """The privacy officer of the organisation, who reads none of it; the database asks the rest."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the privacy officer of the organisation names who holds these notes."))
    return yes()


def can_hold(actor: Actor) -> Decision:
    """A psychotherapist alone; which notes, the database knows."""
    if not actor.has(*THERAPISTS):
        return no(_("Only a psychotherapist holds the notes of another."))
    return yes()
