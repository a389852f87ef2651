"""What receives a referral, from a form or a voice, and gives it a number?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.admission import policy
from spheres.followup.admission.models import (
    AgeBand,
    Language,
    Referral,
    ReferralStatus,
    ReferredPerson,
    Referrer,
)
from spheres.records.between import hooks, readiness
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault

Status = ReferralStatus.Status
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Sent:
    """What the public form, or a call written down by staff, says. Texts may be empty."""

    id: UUID
    source: str
    channel: str
    agreement: str
    age_band: str
    language: str
    chosen_name: str
    contact_channel: str
    pronouns: str = ""
    interpreter: str = ""
    hours: str = ""
    words: str = ""
    never: str = ""
    wish: str = ""
    urgent: str = ""
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_organisation: str = ""
    referrer_contact: str = ""


@transaction.atomic
def refer(
    sent: Sent,
    *,
    desk: UUID,
    by: Actor,
    at: datetime,
    once: Callable[[], None] | None = None,
) -> str:
    """Receive a referral and leave it at the coordination's desk; returns its number.

    The identifiers come from the form's: sending twice makes one referral and gives one number.
    `once` is what is done beside it the first time, and is told nothing of it.
    """
    policy.can_receive(readiness.refusal(by)).or_raise()
    referral = _referral(sent, by=by, at=at)
    person = _person(sent)
    if not create_once(referral):
        return referral.number
    sharing.give_to_desk(
        referral.file_id, organisation_id=desk, role=Role.COORDINATOR, kind=Handler.Kind.DESK, at=at
    )
    _write(sent, referral, person, by=by, at=at)
    if once is not None:
        once()
    return referral.number


@transaction.atomic
def type_in(
    sent: Sent, *, desk: UUID, by: Actor, at: datetime, came_at: datetime | None = None
) -> str:
    """Write down a referral that came by voice or by mail; returns its number to read aloud.

    A letter may have come on an earlier day (`came_at`), from which it waits. The matter is opened
    at the desk first: the coordination writes only in what it handles.
    """
    policy.can_type_in(by, desk).or_raise()
    policy.can_receive(readiness.refusal(by)).or_raise()
    file_id = file_of(sent.id)
    if sharing.open_at_desk(file_id, organisation_id=desk, role=Role.COORDINATOR, at=at):
        referral = _referral(sent, by=by, at=came_at or at)
        person = _person(sent)
        Referral.objects.bulk_create([referral])
        _write(sent, referral, person, by=by, at=at)
    return number_of(sent.id)


def _referral(sent: Sent, *, by: Actor, at: datetime) -> Referral:
    number = number_of(sent.id)
    file_id = file_of(sent.id)
    referral = Referral(
        # Not the form's own identifier: whoever holds that one can tell the number, and the journal
        # keeps for ever the identifiers of what was opened.
        id=file_id,
        file_id=file_id,
        number=number,
        source=sent.source,
        channel=sent.channel,
        agreement=sent.agreement,
        age_band=sent.age_band,
        language=sent.language,
        received_at=at,
        received_by=by.user_id,
    )
    vault.lock(referral, wish=sent.wish, hours=sent.hours, urgent=sent.urgent)
    return referral


def _person(sent: Sent) -> ReferredPerson:
    person = ReferredPerson(id=uuid4(), file_id=file_of(sent.id), channel=sent.contact_channel)
    vault.lock(
        person,
        chosen_name=sent.chosen_name,
        pronouns=sent.pronouns,
        interpreter=sent.interpreter,
        words=sent.words,
        never=sent.never,
    )
    return person


def _write(
    sent: Sent, referral: Referral, person: ReferredPerson, *, by: Actor, at: datetime
) -> None:
    """All that hangs on a referral: where it stands, who she is, who wrote to us."""
    file_id = referral.file_id
    ReferralStatus.objects.bulk_create(
        [
            ReferralStatus(
                referral_id=file_id,
                file_id=file_id,
                number=referral.number,
                code=asked_by(referral.number, code_of(sent.id)),
                received_at=referral.received_at,
                status=Status.RECEIVED,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    ReferredPerson.objects.bulk_create([person])
    written = [referral, person]
    if sent.referrer_name:
        referrer = Referrer(id=uuid4(), file_id=file_id)
        vault.lock(
            referrer,
            name=sent.referrer_name,
            role=sent.referrer_role,
            organisation=sent.referrer_organisation,
            contact=sent.referrer_contact,
        )
        Referrer.objects.bulk_create([referrer])
        written.append(referrer)
    hooks.received(
        file_id,
        hooks.Received(
            name=sent.chosen_name,
            reach=sent.words,
            not_hers=sent.referrer_contact,
            ages=(sent.age_band,) if sent.age_band else tuple(AgeBand.values),
            languages=(sent.language,) if sent.language else tuple(Language.values),
        ),
        by=by,
        at=at,
    )
    audit.record(
        "referral.received",
        by=by,
        file_id=file_id,
        records=[file_id],
        digest=vault.digest(*written),
    )


def file_of(referral_id: UUID) -> UUID:
    """The identifier of the file a referral may become: minted with it, unknown to who sent it."""
    return UUID(bytes=vault.keyed_digest("file", str(referral_id))[:16], version=4)


def number_of(referral_id: UUID) -> str:
    """The acknowledgement number: eight letters and figures that cannot be mistaken aloud."""
    letters = _letters(referral_id.int, 8)
    return f"{letters[:4]}-{letters[4:]}"


def code_of(referral_id: UUID) -> str:
    """The code of a receipt: beside the number it asks how the referral stands; kept nowhere."""
    drawn = vault.keyed_digest("referral code", str(referral_id))
    letters = _letters(int.from_bytes(drawn), 6)
    return f"{letters[:3]}-{letters[3:]}"


def asked_by(number: str, code: str) -> bytes:
    """All that is kept of a code: its keyed digest with its number, however they were typed."""
    typed = "".join(letter for letter in f"{number}{code}".upper() if letter in LETTERS)
    return vault.keyed_digest("referral number and code", typed)


def _letters(value: int, number: int) -> str:
    letters = []
    for _place in range(number):
        value, place = divmod(value, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)
