"""Who reads how letters are worded, and who words them?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_read(actor: Actor) -> Decision:
    """The privacy officer, of the whole organisation or of one of its parts."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the privacy officer of the organisation looks after its letters."))
    return yes()


def can_word(actor: Actor, of_whole: bool) -> Decision:
    """The privacy officer of the whole organisation, never of one of its parts."""
    if not (allowed := can_read(actor)):
        return allowed
    if not of_whole:
        return no(_("Letters are worded for the whole organisation, of which this is a part."))
    return yes()
