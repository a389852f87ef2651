"""How are referrals found? Each function returns what the database lets this actor read."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.admission.models import (
    Offer,
    Referral,
    ReferralStatus,
    ReferredPerson,
    Referrer,
)
from spheres.participants.models import Identity


def standing(file_id: UUID, *, actor: Actor) -> QuerySet[ReferralStatus]:
    """Where one referral stands."""
    context.require(actor)
    return ReferralStatus.objects.filter(file_id=file_id)


def lock(file_id: UUID, *, actor: Actor) -> ReferralStatus:
    """The status row, locked until the end of the transaction. Raises DoesNotExist."""
    return standing(file_id, actor=actor).select_for_update(of=("self",)).get()


def referrals(*, actor: Actor) -> QuerySet[Referral]:
    """Referrals this actor handles, oldest first."""
    context.require(actor)
    return Referral.objects.order_by("received_at", "pk")


def person(file_id: UUID, *, actor: Actor) -> QuerySet[ReferredPerson]:
    context.require(actor)
    return ReferredPerson.objects.filter(file_id=file_id)


def referrer(file_id: UUID, *, actor: Actor) -> QuerySet[Referrer]:
    context.require(actor)
    return Referrer.objects.filter(file_id=file_id)


def offers(file_id: UUID, *, actor: Actor) -> QuerySet[Offer]:
    """The offers of one referral, newest first."""
    context.require(actor)
    return Offer.objects.filter(file_id=file_id).order_by("-offered_at", "pk")


def lock_offer(offer_id: UUID, *, actor: Actor) -> Offer:
    """One offer, locked until the end of the transaction. Raises DoesNotExist."""
    context.require(actor)
    return Offer.objects.select_for_update(of=("self",)).get(pk=offer_id)


def identity(file_id: UUID, *, actor: Actor) -> Identity:
    """The newest identity row of a file. Raises DoesNotExist."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).order_by("-written_at", "pk")[:1].get()
