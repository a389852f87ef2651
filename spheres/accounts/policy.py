"""Who lets a person in, releases her account, ends her access, and what may she do with her own?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import (
    ATTESTING,
    DELAY,
    FOLLOW,
    SAY_TRAINING,
    Authenticator,
    Organisation,
    Recovery,
    RecoveryStatus,
    Role,
)
from spheres.accounts.sessions import STRICT_ROLES
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

MANAGERS: Final = (Role.ORGANISATION_MANAGER, Role.TECHNICAL_ADMINISTRATOR)
# These open more by themselves: given by whoever holds them, so that nobody gains by giving.
GIVEN_BY_PEERS: Final = frozenset(
    {Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR, Role.PRIVACY_OFFICER}
)
# These are one of the two who destroy, seal, or let something leave: a manager alone lets them in.
SECOND_PERSONS: Final = frozenset({Role.COUNSEL, Role.RECORDS_OFFICER, Role.ORGANISATION_MANAGER})
# These read nothing that is written of anybody, and decide nothing: administration gives them too.
BY_ADMINISTRATION: Final = frozenset({Role.FINANCE, Role.TRAINER, Role.AWARENESS_CONTRIBUTOR})
# These accompany people, or lead those who do.
WITH_PEOPLE: Final = frozenset(
    {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST, Role.TEAM_LEAD}
)
# In a police service, or a part of one: the members of its survivor programme, and its captains at
# the steering table. Nobody else there has an account (design §10.3).
OF_THE_POLICE: Final = frozenset({Role.POLICE_MEMBER, Role.STEERING_MEMBER})
# What one of these may do besides: look after those accounts, and answer for privacy there.
BESIDE_AT_THE_POLICE: Final = frozenset({Role.ORGANISATION_MANAGER, Role.PRIVACY_OFFICER})
# Who asks for new devices for somebody who lost all of hers.
RECOVERING: Final = (Role.COORDINATOR, Role.ORGANISATION_MANAGER)


Place = TypeVar("Place", UUID, str)


@dataclass(frozen=True)
class Standing:
    """How a person stands with an organisation: her live roles there, elsewhere, her devices."""

    roles_here: frozenset[str] = frozenset()
    is_elsewhere: bool = False
    is_enrolled: bool = False
    # She holds, here or elsewhere, a role that opens more than a worker's.
    has_wider_keys: bool = False

    def holds(self, role: str) -> bool:
        return role in self.roles_here

    @property
    def has_left(self) -> bool:
        """Her devices were enrolled when she worked somewhere; she works nowhere today."""
        return self.is_enrolled and not self.is_elsewhere and not self.roles_here

    def must_accept(self, role: str) -> bool:
        """Whether a role starts only when its holder says yes, signed in, beside who offers it.

        Others enrolled this account, or another organisation waits for it: that its devices are
        hers is seen by her opening the link on them.
        """
        if not self.roles_here or not self.is_enrolled:
            return self.is_elsewhere
        # Administration alone may have enrolled this account.
        opens_more = role not in BY_ADMINISTRATION and self.roles_here <= BY_ADMINISTRATION
        return self.is_elsewhere or role in GIVEN_BY_PEERS or opens_more


@dataclass(frozen=True)
class Second:
    """How whoever vouches second stands: live roles anywhere, and whether she works beside her."""

    user_id: UUID
    roles: frozenset[str] = frozenset()
    is_colleague: bool = False


def can_manage(actor: Actor) -> Decision:
    """Organisation managers and technical administrators look after their organisation's people."""
    if not actor.has(*MANAGERS):
        return no(_("Only a manager of your organisation looks after its accounts."))
    return yes()


def can_invite(actor: Actor, role: str) -> Decision:
    """Managers let people in. What opens more than it seems is given by whoever holds it already:
    nobody can give herself, through another account, what she does not have."""
    if actor.is_service:
        return yes()
    if role in GIVEN_BY_PEERS:
        return yes() if actor.has(role) else no(_("This role is given by someone who holds it."))
    if role in WITH_PEOPLE and not actor.has(Role.ORGANISATION_MANAGER):
        return no(_("The organisation’s manager lets in those who accompany people."))
    if role in SECOND_PERSONS and not actor.has(Role.ORGANISATION_MANAGER):
        return no(_("The organisation’s manager lets in those who decide with another person."))
    if role not in BY_ADMINISTRATION and not actor.has(Role.ORGANISATION_MANAGER):
        return no(_("The organisation’s manager lets in those who read what is written here."))
    return can_manage(actor)


def roles_to_give(actor: Actor, *, is_police: bool = False) -> list[Role]:
    """What she may let somebody in for, where she is."""
    return [
        role
        for role in Role
        if can_invite(actor, role) and can_be_held(role, is_police=is_police, beside=OF_THE_POLICE)
    ]


def can_let_in(actor: Actor) -> Decision:
    """Is there anything she may let somebody in for?"""
    if not roles_to_give(actor):
        return no(_("Only a manager of your organisation looks after its accounts."))
    return yes()


def is_police(here: Place, above: Mapping[Place, tuple[str, Place | None]]) -> bool:
    """Is this a police service, or a part of one? Of each place: its kind, and what is above."""
    met: set[Place] = set()
    place: Place | None = here
    while place is not None and place in above and place not in met:
        met.add(place)
        kind, place = above[place]
        if kind == Organisation.Kind.POLICE:
            return True
    return False


def can_be_held(role: str, *, is_police: bool, beside: Collection[str] = ()) -> Decision:
    """In a police service, and each of its parts, accounts are for the members of its survivor
    programme and its steering captains; one of these may also manage them or answer for privacy."""
    if not is_police or role in OF_THE_POLICE:
        return yes()
    if role not in BESIDE_AT_THE_POLICE:
        return no(_("This role does not exist in a police service."))
    if not OF_THE_POLICE.intersection(beside):
        return no(
            _(
                "In a police service, only a member of its survivor programme or one of its "
                "steering captains holds this role."
            )
        )
    return yes()


def can_invite_again(actor: Actor, standing: Standing) -> Decision:
    """A new link is for a person of one's own organisation. While she has no device it opens all
    she holds, with nothing else asked: whoever may give each of her roles hands it over."""
    if standing.is_enrolled or not standing.roles_here:
        return _of_my_people(actor, standing)
    if standing.is_elsewhere:
        return no(_("Another organisation let this person in: it hands over the link."))
    return can_enrol(actor, standing)


def can_enrol(actor: Actor, standing: Standing) -> Decision:
    """Nobody comes in as somebody else: a first link is made by whoever may give every role that
    it opens (ADR letting-in)."""
    if all(can_invite(actor, role) for role in standing.roles_here):
        return yes()
    return no(
        _(
            "This person has not come in yet, and holds a role that you do not give: whoever let "
            "them in hands over the link."
        )
    )


def can_release(actor: Actor, standing: Standing) -> Decision:
    """Whoever has seen her in person releases an account of one's own organisation."""
    return _of_my_people(actor, standing)


def can_end(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """A manager ends what a person does in the manager's own organisation, never one's own."""
    allowed = _of_my_people(actor, standing)
    if allowed and user_id == actor.user_id:
        return no(_("Another manager ends your own access."))
    return allowed


def can_end_sessions(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """A manager ends all that is open of one of their people, who may sign in again at once; of
    one's own, each does from the page of one's devices."""
    allowed = _of_my_people(actor, standing)
    if allowed and user_id == actor.user_id:
        return no(_("End your own sessions from the page of your devices."))
    return allowed


def can_close(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """An account is closed where its last work was."""
    allowed = can_end(actor, user_id, standing)
    if allowed and standing.is_elsewhere:
        return no(_("This person also works elsewhere: end their access here only."))
    return allowed


def can_say_lost(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """A manager, or the person in charge of privacy, says that a colleague's device is lost: all
    that is open on any of them ends. One says it of one's own from one's devices."""
    if not actor.has(*MANAGERS, Role.PRIVACY_OFFICER):
        return no(_("Only a manager, or the person in charge of privacy, does this for somebody."))
    if user_id == actor.user_id:
        return no(_("Remove your own device from the page of your devices."))
    if not standing.roles_here:
        return no(_("This person does not work in your organisation."))
    return yes()


def can_ask_recovery(actor: Actor, user_id: UUID, standing: Standing) -> Decision:
    """Coordination asks for anyone at work, an organisation manager for her own people."""
    if not actor.has(*RECOVERING):
        return no(_("Only coordination, or this person’s organisation manager, asks for it."))
    if user_id == actor.user_id:
        return no(_("Somebody else asks for it in your name."))
    if not (standing.roles_here or (standing.is_elsewhere and actor.has(Role.COORDINATOR))):
        return no(_("This person does not work in your organisation."))
    return yes()


def can_be_second(
    first_id: UUID,
    first_roles: frozenset[str],
    user_id: UUID,
    standing: Standing,
    second: Second,
) -> Decision:
    """A third person, who works beside her or coordinates the programme.

    For an account with wider keys, one of the two holds as wide ones.
    """
    if second.user_id in (first_id, user_id):
        return no(_("The second person is neither you nor the one who lost everything."))
    if not second.is_colleague and Role.COORDINATOR not in second.roles:
        return no(_("The second person works with this person, or coordinates the programme."))
    if standing.has_wider_keys and not (first_roles | second.roles) & set(STRICT_ROLES):
        return no(
            _(
                "This account opens more than most: one of the two must be of coordination or of "
                "technical administration."
            )
        )
    return yes()


def can_vouch(actor: Actor, recovery: Recovery, second: Second) -> Decision:
    """Only whoever was named, and still works beside her or coordinates the programme."""
    named = is_second(actor, recovery)
    if named and not second.is_colleague and Role.COORDINATOR not in second.roles:
        return no(_("The second person works with this person, or coordinates the programme."))
    return named


def is_second(actor: Actor, recovery: Recovery) -> Decision:
    """The one who was named to vouch; never who asked, nor whose account it is."""
    if actor.user_id in (recovery.asked_by, recovery.user_id):
        return no(_("Another person vouches."))
    if actor.user_id != recovery.second_id:
        return no(_("Another person was named to vouch."))
    return yes()


def can_hand_over(
    actor: Actor, recovery: Recovery, standing: RecoveryStatus, at: datetime
) -> Decision:
    """Either of the two who vouched, once a whole day has passed."""
    if actor.user_id == recovery.user_id or actor.user_id not in (
        recovery.asked_by,
        standing.vouched_by,
    ):
        return no(_("Only the two who vouched hand over the link."))
    if standing.vouched_at is None or at < standing.vouched_at + DELAY:
        return no(_("A whole day must pass first, so that the account’s owner can say no."))
    return yes()


def can_stop(actor: Actor, recovery: Recovery) -> Decision:
    """The account's owner, and either of the two who vouch."""
    if actor.user_id not in (recovery.user_id, recovery.asked_by, recovery.second_id):
        return no(_("Only its owner and the two who vouch stop it."))
    return yes()


def can_follow(actor: Actor) -> Decision:
    """Whoever leads, coordinates, manages or guards privacy reads where each stands here."""
    if not actor.has(*FOLLOW):
        return no(_("Whoever leads or manages this organisation follows it."))
    return yes()


def can_say_trained(actor: Actor, user_id: UUID, follows: bool) -> Decision:
    """The manager, the coordination or the privacy officer says it of their people, never of
    themselves; of what the programme attested, its service does."""
    if not actor.has(*SAY_TRAINING, ATTESTING):
        return no(_("The organisation’s manager or its privacy officer says it."))
    if user_id == actor.user_id:
        return no(_("Somebody else says it of you."))
    if not follows:
        return no(_("This person does not work in your organisation."))
    return yes()


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
