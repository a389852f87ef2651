"""How does a person come in for the first time, or again when her devices are lost?

Nobody signs up: somebody who has seen her vouches for her, and hands her a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.accounts import limits, policy, queries
from spheres.accounts.actions import devices, enrolling, links, recovering
from spheres.accounts.actions.ending import end_all
from spheres.accounts.actions.links import Invited
from spheres.accounts.models import Authenticator, Invitation, Membership, Session, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState


@dataclass(frozen=True)
class NewPerson:
    """What is known of a person before she comes in."""

    email: str
    name: str
    role: str
    job_title_fr: str
    job_title_en: str
    employer: str
    report_duty: str
    languages: tuple[str, ...] = ("fr",)
    order: str = ""
    language: str = "fr"
    last_day_ends_at: datetime | None = None


def invite(
    person: NewPerson, *, organisation_id: UUID, seen_on: date, by: Actor, at: datetime
) -> Invited:
    """Give a person a role here, and a link to hand over to her, once, for three days.

    An account that others enrolled gets the role when its holder accepts it, signed in: whoever
    enrolled somebody else's address first gains nothing when that person is let in later. Devices
    of a person who had left everywhere are put away, and she enrols anew with one of her codes:
    that she works nowhere gives her account to nobody.
    """
    policy.can_invite(by, person.role).or_raise()
    email = person.email.strip().lower()
    with doorkeeping():
        user = User.objects.select_for_update(of=("self",)).filter(email=email).first()
        if user is None:
            user = User(
                id=uuid4(),
                email=email,
                name=person.name,
                employer=person.employer,
                order=person.order,
                report_duty=person.report_duty,
                languages=list(person.languages),
                language=person.language,
            )
            User.objects.bulk_create([user])
        if user.pk == by.user_id:
            raise NotAllowed(_("Somebody else gives you a role, having seen you."))
        standing = queries.standing_of(user.pk, organisation_id, at)
        _refuse_behind_the_wall(person.role, organisation_id, standing)
        if standing.roles_here and not standing.is_enrolled and not standing.is_elsewhere:
            policy.can_enrol(by, standing).or_raise()
        offered = Membership(
            id=uuid4(),
            user=user,
            organisation_id=organisation_id,
            role=person.role,
            job_title_fr=person.job_title_fr,
            job_title_en=person.job_title_en,
            starts_at=at,
            ends_at=person.last_day_ends_at,
        )
        is_new = not standing.holds(person.role)
        accepts = is_new and standing.must_accept(person.role)
        if is_new and not accepts:
            Membership.objects.bulk_create([offered])
    if accepts:
        return links.hand_over(
            user.pk, organisation_id, seen_on=seen_on, by=by, at=at, offered=offered
        )
    if standing.has_left:
        _put_away(user.pk, at, but=(Authenticator.Kind.CODES,))
    elif standing.is_enrolled or standing.is_elsewhere:
        audit.record("invited", by=by, records=[user.pk], basis=person.role)
        return Invited(user.pk)
    return links.hand_over(
        user.pk, organisation_id, seen_on=seen_on, by=by, at=at, again=standing.has_left
    )


def accept_role(token: str, *, by: Actor, at: datetime) -> UUID:
    """Say yes to a role, on one's own account: it starts now. Raises WrongState.

    Returns the organisation.
    """
    with transaction.atomic():
        found = queries.invitation(token, at=at, with_role=True)
        if found is None or found[1].pk != by.user_id:
            raise WrongState
        invitation, _person = found
        _mark_used(invitation, at)
        with doorkeeping():
            standing = queries.standing_of(by.user_id, invitation.organisation_id, at)
            _refuse_behind_the_wall(invitation.role, invitation.organisation_id, standing)
            Membership.objects.bulk_create(
                [
                    Membership(
                        id=invitation.pk,
                        user_id=by.user_id,
                        organisation_id=invitation.organisation_id,
                        role=invitation.role,
                        job_title_fr=invitation.job_title_fr,
                        job_title_en=invitation.job_title_en,
                        starts_at=at,
                        ends_at=invitation.role_ends_at,
                    )
                ]
            )
        audit.record("role_accepted", by=by, records=[invitation.pk], basis=invitation.role)
    return invitation.organisation_id


def invite_again(user_id: UUID, *, seen_on: date, by: Actor, at: datetime) -> Invited:
    """A new link for a person of one's organisation who lost hers, or her devices."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
    policy.can_invite_again(by, standing).or_raise()
    return links.hand_over(
        user_id, by.organisation_id, seen_on=seen_on, by=by, at=at, again=standing.is_enrolled
    )


def release(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Open again an account closed by too many wrong passwords, its owner having been seen."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        email = User.objects.values_list("email", flat=True).get(pk=user_id)
    policy.can_release(by, standing).or_raise()
    for kind in ("sign_in", "in_a_row"):
        limits.forget(kind, email)
    audit.record("released", by=by, records=[user_id])


def accept_with_passkey(
    token: str, answer: str, state: str, *, by: Actor, at: datetime, device: str
) -> tuple[UUID, list[str]]:
    """Use the link up and enrol a passkey, both or neither. Raises NotProved or WrongState."""
    with transaction.atomic():
        user_id = _use_up(token, at)
        codes = enrolling.add_passkey(user_id, answer, state, by=by, at=at, device=device)
    return user_id, codes


def accept_with_totp(
    token: str, secret: str, password: str, *, by: Actor, at: datetime, device: str
) -> tuple[UUID, list[str]]:
    """Use the link up and enrol an application's codes with a password. Raises WrongState."""
    with transaction.atomic():
        user_id = _use_up(token, at, bridge=True)
        codes = enrolling.add_totp(user_id, secret, password, by=by, at=at, device=device)
    return user_id, codes


def _refuse_behind_the_wall(role: str, organisation_id: UUID, standing: policy.Standing) -> None:
    """Asked when a role is given, and again when it is accepted: the place may have changed."""
    policy.can_be_held(
        role, is_police=queries.is_police(organisation_id), beside=standing.roles_here
    ).or_raise()


def _use_up(token: str, at: datetime, *, bridge: bool = False) -> UUID:
    found = queries.invitation(token, at=at)
    if found is None:
        raise WrongState
    invitation, _person = found
    if bridge and invitation.recovery_id:
        raise WrongState  # who comes back with nothing but two voices takes a passkey
    _mark_used(invitation, at)
    if invitation.recovery_id:
        recovering.use(invitation.recovery_id, at=at)
    if invitation.again or invitation.recovery_id:
        _put_away(invitation.user_id, at)
    return invitation.user_id


def _mark_used(invitation: Invitation, at: datetime) -> None:
    with doorkeeping():
        # Two posts of one link at once: the second finds no row to mark.
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at):
            raise WrongState
        audit.record("invitation_used", by=DOORKEEPER, records=[invitation.user_id, invitation.pk])


def _put_away(user_id: UUID, at: datetime, *, but: tuple[str, ...] = ()) -> None:
    """No device enrolled before opens this account any more."""
    enrolling.remove_all(user_id, but=but)
    end_all(user_id, why=Session.Ended.REVOKED, at=at)
    with doorkeeping():
        devices.remove_all_devices(user_id, at=at)
