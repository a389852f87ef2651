"""Who accepts the charter, who says what is ready, and who opens to real persons?"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.joining.models import LEADING


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its charter, and who accepted it."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_accept(actor: Actor, *, is_done: bool) -> Decision:
    """Each accepts the charter in their own name, once for each wording, where they work."""
    if not actor.roles:
        return no(_("This is for those who work in the programme."))
    if is_done:
        return no(_("You accepted this charter."))
    return yes()


def can_follow(actor: Actor) -> Decision:
    """Whoever coordinates, leads or guards privacy reads what is still missing."""
    if not actor.has(Role.PRIVACY_OFFICER, *LEADING):
        return no(_("This is for those who coordinate, lead or guard privacy."))
    return yes()


def can_confirm(actor: Actor, ours: Organisation | None) -> Decision:
    """The person in charge of privacy of a partner says what is done there, and its reference."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("The person in charge of privacy says this for their organisation."))
    if ours is None or not ours.is_partner:
        return no(_("It is said for the whole organisation that signed the programme’s agreement."))
    return yes()


def can_open(actor: Actor, *, is_desk: bool, is_open: bool, missing: Sequence[str]) -> Decision:
    """The coordination, at its desk, opens to real persons once nothing is missing anywhere."""
    if not actor.has(Role.COORDINATOR) or not is_desk:
        return no(_("The coordination of the programme opens it, at its desk."))
    if is_open:
        return no(_("It is open already."))
    if missing:
        return no(_("Something is still missing: it stands in the list."))
    return yes()
