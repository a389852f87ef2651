"""Who lets a person in, releases her account, ends her access, and what may she do with her own?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Authenticator, Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

MANAGERS: Final = (Role.ORGANISATION_MANAGER, Role.TECHNICAL_ADMINISTRATOR)
# Whoever holds one of these opens more than a worker: another who holds as much must vouch.
TECHNICAL_ONLY: Final = frozenset({Role.TECHNICAL_ADMINISTRATOR})


@dataclass(frozen=True)
class Standing:
    """How a person stands with an organisation: her live roles there, elsewhere, her devices."""

    roles_here: frozenset[str] = frozenset()
    is_elsewhere: bool = False
    is_enrolled: bool = False

    def holds(self, role: str) -> bool:
        return role in self.roles_here


def can_manage(actor: Actor) -> Decision:
    """Organisation managers and technical administrators look after their organisation's people."""
    if not actor.has(*MANAGERS):
        return no(_("Only a manager of your organisation looks after its accounts."))
    return yes()


def can_invite(actor: Actor, role: str) -> Decision:
    """They let people in; a technical administrator is let in by another one only."""
    if actor.is_service:
        return yes()
    managing = can_manage(actor)
    if not managing:
        return managing
    if role in TECHNICAL_ONLY and not actor.has(Role.TECHNICAL_ADMINISTRATOR):
        return no(_("Only a technical administrator lets another one in."))
    return yes()


def can_invite_again(actor: Actor, standing: Standing) -> Decision:
    """A new link is for a person of one's own organisation; of it alone while she has no device."""
    allowed = _of_my_people(actor, standing)
    if allowed and not standing.is_enrolled and standing.is_elsewhere:
        return no(_("Another organisation let this person in: it hands over the link."))
    return allowed


def can_release(actor: Actor, standing: Standing) -> Decision:
    """Whoever has seen her in person releases an account of one's own organisation."""
    return _of_my_people(actor, standing)


def can_end(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """A manager ends what a person does in the manager's own organisation, never one's own."""
    allowed = _of_my_people(actor, standing)
    if allowed and user_id == actor.user_id:
        return no(_("Another manager ends your own access."))
    return allowed


def can_close(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """An account is closed where its last work was."""
    allowed = can_end(actor, user_id, standing)
    if allowed and standing.is_elsewhere:
        return no(_("This person also works elsewhere: end their access here only."))
    return allowed


def can_remove(row: Authenticator, mine: Sequence[Authenticator]) -> Decision:
    """A passkey goes when another stays; codes are renewed, not removed."""
    if row.kind != Authenticator.Kind.PASSKEY:
        return no(_("This way goes by itself when you add a passkey."))
    if sum(one.kind == Authenticator.Kind.PASSKEY for one in mine) < 2:
        return no(_("Add another passkey first: this one is your only way in."))
    return yes()


def _of_my_people(actor: Actor, standing: Standing) -> Decision:
    managing = can_manage(actor)
    if managing and not standing.roles_here:
        return no(_("This person does not work in your organisation."))
    return managing
