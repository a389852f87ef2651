"""Who is at the door?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection
from django.utils.translation import get_language, gettext
from fido2.webauthn import AttestedCredentialData

from spheres.accounts import policy
from spheres.accounts.models import (
    Authenticator,
    Invitation,
    Membership,
    Organisation,
    Password,
    Session,
    User,
)
from spheres.accounts.sessions import DOORKEEPER, FRESH, STRICT_ROLES, doorkeeping, hash_of
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import ORDINARY, VISITOR, Actor
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Visit:
    """One request's answer to «who is it?»: the actor, and what the page's frame shows."""

    actor: Actor = VISITOR
    name: str = ""
    language: str = ""
    organisation_fr: str = ""
    organisation_en: str = ""
    started_at: datetime | None = None
    proved_at: datetime | None = None
    locked: bool = False
    shared_device: bool = False
    session_id: UUID | None = None
    user_id: UUID | None = None

    def is_fresh(self, at: datetime) -> bool:
        """Has she proved who she is within the last minutes? Asked before sensitive acts."""
        return self.proved_at is not None and at - self.proved_at <= FRESH

    @property
    def organisation_name(self) -> str:
        return self.organisation_en if get_language() == "en" else self.organisation_fr


NOBODY = Visit()


def enter(key_hash: str, *, at: datetime, purpose: str = ORDINARY) -> Visit:
    """Come in with a session: one statement in which the database verifies and signs the context.

    The page says what it is for.
    An ended membership, a closed account, an ended or unknown session: nobody, and no context.
    A locked session: the person's name, no actor, no context.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from access.enter(%s, %s, %s, %s, %s)",
            context.sign_entrance(key_hash, at, purpose),
        )
        row = cursor.fetchone()
    if row is None:
        return NOBODY
    user_id, organisation_id, roles, language, name, fr, en, started, proved, *rest = row
    locked, shared, session_id, has_just_locked = rest
    actor = VISITOR if locked else Actor(user_id, organisation_id, frozenset(roles), purpose)
    if has_just_locked:
        with doorkeeping():
            audit.record("locked", by=DOORKEEPER, records=[user_id, session_id], basis="idle")
    return Visit(
        actor, name, language, fr, en, started, proved, locked, shared, session_id, user_id
    )


def why_ended(key: str, *, at: datetime) -> str:
    """What to tell the browser whose session no longer opens: only it holds the key."""
    with doorkeeping():
        session = Session.objects.filter(pk=hash_of(key), ends_at__lte=at).first()
    if session is None:
        return ""
    if session.ended_why:
        return str(Session.Ended(session.ended_why).label)
    return gettext("Your session reached its ten hours, a working day’s length.")


def my_authenticators(*, actor: Actor) -> list[Authenticator]:
    """My ways of proving who I am, unopened: what they are and when they served."""
    context.require(actor)
    return list(
        Authenticator.objects.filter(user_id=actor.user_id)
        .defer("secret")
        .order_by("kind", "added_at", "id")
    )


def my_account(*, actor: Actor) -> User:
    """My own account."""
    context.require(actor)
    return User.objects.get(pk=actor.user_id)


def my_organisations(*, actor: Actor, at: datetime) -> list[Organisation]:
    """Those I belong to today; I act for one at a time."""
    context.require(actor)
    live = Membership.objects.filter(user_id=actor.user_id, starts_at__lte=at).exclude(
        ends_at__lte=at
    )
    return list(
        Organisation.objects.filter(pk__in=live.values("organisation_id")).order_by("name_fr", "pk")
    )


def address_at_door(user_id: UUID) -> str:
    """The e-mail address of the person whose session is locked or must be proved again."""
    with doorkeeping():
        return User.objects.filter(pk=user_id).values_list("email", flat=True).first() or ""


def has_password(user_id: UUID) -> bool:
    """Does she still use the bridge? Asked of her own session only."""
    with doorkeeping():
        return Password.objects.filter(user_id=user_id).exists()


def my_credentials(*, actor: Actor) -> list[AttestedCredentialData]:
    """The passkeys I have, so that a device that holds one does not make another."""
    context.require(actor)
    with doorkeeping():
        return [one for _, one in credentials_of(actor.user_id).values()]


def credentials_of(user_id: UUID) -> dict[UUID, tuple[Authenticator, AttestedCredentialData]]:
    """A person's passkeys, opened. In the doorkeeper's name."""
    rows = list(
        Authenticator.objects.filter(user_id=user_id, kind=Authenticator.Kind.PASSKEY).order_by(
            "added_at", "id"
        )
    )
    vault.open(rows, by=DOORKEEPER, sections=())
    return {row.pk: (row, AttestedCredentialData(bytes.fromhex(row.opened.secret))) for row in rows}


def is_at_work(user_id: UUID, at: datetime) -> bool:
    """An open account with a live membership: the same question the door asks at each request.

    In the doorkeeper's name.
    """
    return (
        Membership.objects.filter(user_id=user_id, user__is_active=True, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .exists()
    )


def asks_for_bound_key(user_id: UUID, at: datetime) -> bool:
    """Wider keys, and a passkey that stays on one device: sensitive acts ask for that one.

    Without such a passkey nothing more is asked: nobody is shut out on the day she is named. In
    the doorkeeper's name.
    """
    held = Authenticator.objects.filter(
        user_id=user_id, kind=Authenticator.Kind.PASSKEY, can_sync=False
    )
    live = Membership.objects.filter(user_id=user_id, starts_at__lte=at).exclude(ends_at__lte=at)
    return held.exists() and live.filter(role__in=STRICT_ROLES).exists()


def must_use_bound_key(user_id: UUID, *, at: datetime) -> bool:
    """The same, asked by the page on which one proves again. Of her own session only."""
    with doorkeeping():
        return asks_for_bound_key(user_id, at)


def has_wider_keys(*, actor: Actor) -> bool:
    """Do I hold, where I act now, a role that opens more than a worker's?"""
    return actor.has(*STRICT_ROLES)


def standing_of(user_id: UUID, organisation_id: UUID, at: datetime) -> policy.Standing:
    """How a person stands with an organisation now. In the doorkeeper's name."""
    live = (
        Membership.objects.filter(user_id=user_id, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .values_list("organisation_id", "role")
    )
    return policy.Standing(
        roles_here=frozenset(role for where, role in live if where == organisation_id),
        is_elsewhere=any(where != organisation_id for where, _ in live),
        has_wider_keys=any(role in STRICT_ROLES for _, role in live),
        is_enrolled=Authenticator.objects.filter(user_id=user_id).exists(),
    )


def is_police(organisation_id: UUID) -> bool:
    """A police service, or a part of one however deep: the wall stands around all of it."""
    rows = Organisation.objects.values_list("id", "kind", "parent_id")
    return policy.is_police(organisation_id, {each: (kind, up) for each, kind, up in rows})


def invitation(
    token: str, *, at: datetime, with_role: bool = False
) -> tuple[Invitation, User] | None:
    """The invitation behind a link, if it still serves; whatever the reason, else nothing.

    A link lets a person enrol; or, with a role, asks a person who has her devices to accept it.
    """
    try:
        invitation_id = UUID(signer_of_links().unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    with doorkeeping():
        found = Invitation.objects.filter(pk=invitation_id, used_at=None, expires_at__gt=at).first()
        if found is None or bool(found.role) != with_role or not is_at_work(found.user_id, at):
            return None
        return found, User.objects.get(pk=found.user_id)


def signer_of_links() -> signing.Signer:
    """A link cannot be made from the database alone: it bears a seal."""
    return signing.Signer(salt="spheres.invitation")


def organisation_named(organisation_id: UUID) -> str:
    """The name a link speaks of; organisations are public."""
    return Organisation.objects.get(pk=organisation_id).name
