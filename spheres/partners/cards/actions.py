"""What can be done with partners’ cards? Say what one is, expects and offers; agree; sign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.accounts.models import Organisation
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.partners.cards import policy, queries
from spheres.partners.cards.models import Agreed, Card, Expectation, Protocol


@dataclass(frozen=True)
class Signed:
    """An agreement as it is written down."""

    id: UUID
    kind: str
    title: str
    organisations: Collection[UUID]
    signatories: str
    signed_on: date
    review_on: date
    ends_on: date | None = None
    replaces_id: UUID | None = None


@transaction.atomic
def say(
    card_id: UUID,
    *,
    mandate: str,
    scope: str,
    limits: str,
    services: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Say what one’s organisation is. What was said before stays, with its day."""
    policy.can_say(by, queries.partner(by.organisation_id, actor=by)).or_raise()
    row = Card(
        id=card_id,
        organisation_id=by.organisation_id,
        mandate=mandate,
        scope=scope,
        limits=limits,
        services=sorted(services),
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("card.said", by=by, records=[card_id])


@transaction.atomic
def expect(
    expectation_id: UUID,
    towards: Organisation,
    *,
    expects: str,
    offers: str,
    by: Actor,
    at: datetime,
) -> None:
    """Say what one’s organisation expects of another, and offers it: that is its own yes, for a
    year; it then waits for the other’s."""
    policy.can_say(by, queries.partner(by.organisation_id, actor=by)).or_raise()
    if towards.pk == by.organisation_id:
        raise WrongState(HAS_CHANGED)
    row = Expectation(
        id=expectation_id,
        organisation_id=by.organisation_id,
        towards_id=towards.pk,
        expects=expects,
        offers=offers,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        _say_yes(uuid5(expectation_id, "yes"), expectation_id, by=by, at=at)
        audit.record("card.expected", by=by, records=[expectation_id])


@transaction.atomic
def agree(agreed_id: UUID, expectation: Expectation, *, by: Actor, at: datetime) -> None:
    """Say yes to it, for a year."""
    said = queries.agreed([expectation.pk], actor=by)
    if any(one.pk == agreed_id for one in said):
        return  # pressed twice
    policy.can_agree(by, expectation, said, at=at).or_raise()
    _say_yes(agreed_id, expectation.pk, by=by, at=at)
    audit.record("card.agreed", by=by, records=[expectation.pk])


@transaction.atomic
def sign(signed: Signed, *, by: Actor, at: datetime) -> None:
    """Write down an agreement that was signed; or that one was reviewed: it is written anew."""
    policy.can_keep_protocol(by).or_raise()
    row = Protocol(
        id=signed.id,
        kind=signed.kind,
        title=signed.title,
        organisations=sorted(signed.organisations),
        signatories=signed.signatories,
        signed_on=signed.signed_on,
        ends_on=signed.ends_on,
        review_on=signed.review_on,
        replaces_id=signed.replaces_id,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("card.signed", by=by, records=[signed.id])


def _say_yes(agreed_id: UUID, expectation_id: UUID, *, by: Actor, at: datetime) -> None:
    create_once(
        Agreed(
            id=agreed_id,
            expectation_id=expectation_id,
            organisation_id=by.organisation_id,
            agreed_by=by.user_id,
            agreed_at=at,
        )
    )
