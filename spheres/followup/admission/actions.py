"""What can be done with a referral, from the form to the follow-up?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.admission import policy, queries
from spheres.followup.admission.models import (
    Admission,
    Offer,
    Referral,
    ReferralStatus,
    ReferredPerson,
    Referrer,
)
from spheres.participants.models import (
    Assignment,
    File,
    FollowUp,
    FollowUpStatus,
    Identity,
    Participant,
    SafeContact,
)
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.vault.models import Kind, Lockable

Status = ReferralStatus.Status
CLOSED = {
    Status.NOT_NOW: "referral.not_now",
    Status.ORIENTED: "referral.oriented",
    Status.WITHDRAWN: "referral.withdrawn",
    Status.EXPIRED: "referral.expired",
}
# All that hangs on the file, drafts too: nothing can be written there afterwards.
EXPIRING = (Kind.REFERRAL, Kind.FOLLOW_UP, Kind.DRAFT)
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
def refer(sent: Sent, *, desk: UUID, by: Actor, at: datetime) -> str:
    """Receive a referral and leave it at the coordination's desk; returns its number.

    The identifier comes from the form: sending twice makes one referral and gives one number.
    """
    number = number_of(sent.id)
    file_id = file_of(sent.id)
    referral = Referral(
        id=sent.id,
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
    person = ReferredPerson(id=uuid4(), file_id=file_id, channel=sent.contact_channel)
    vault.lock(referral, wish=sent.wish, hours=sent.hours, urgent=sent.urgent)
    vault.lock(
        person,
        chosen_name=sent.chosen_name,
        pronouns=sent.pronouns,
        interpreter=sent.interpreter,
        words=sent.words,
        never=sent.never,
    )
    if not create_once(referral):
        return number
    sharing.give_to_desk(
        file_id, organisation_id=desk, role=Role.COORDINATOR, kind=Handler.Kind.DESK, at=at
    )
    ReferralStatus.objects.bulk_create(
        [
            ReferralStatus(
                referral_id=sent.id,
                file_id=file_id,
                number=number,
                received_at=at,
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
    audit.record(
        "referral.received",
        by=by,
        file_id=file_id,
        records=[sent.id],
        digest=vault.digest(*written),
    )
    return number


def file_of(referral_id: UUID) -> UUID:
    """The identifier of the file a referral may become: minted with it, unknown to who sent it."""
    return UUID(bytes=vault.keyed_digest("file", str(referral_id))[:16], version=4)


def number_of(referral_id: UUID) -> str:
    """The acknowledgement number: eight letters and figures that cannot be mistaken aloud."""
    value = referral_id.int
    letters = []
    for _place in range(8):
        value, place = divmod(value, len(LETTERS))
        letters.append(LETTERS[place])
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


@transaction.atomic
def offer(file_id: UUID, *, to: UUID, offer_id: UUID, by: Actor, at: datetime) -> None:
    """Offer a referral to a worker: she sees language, age band, wish and hours, no more."""
    standing = queries.lock(file_id, actor=by)
    policy.can_offer(by, standing).or_raise()
    made = Offer(
        id=offer_id,
        file_id=file_id,
        user_id=to,
        offered_at=at,
        offered_by=by.user_id,
        status=Offer.Status.OPEN,
        status_by=by.user_id,
        status_at=at,
    )
    if not create_once(made):
        return
    sharing.give_to_person(file_id, user_id=to, kind=Handler.Kind.OFFERED, at=at)
    if standing.status == Status.RECEIVED:
        move(standing, Status.OFFERED, by=by, at=at)
    audit.record("referral.offered", by=by, file_id=file_id, records=[offer_id])


@transaction.atomic
def decline(
    offer_id: UUID, *, reason: str, knows_her: bool = False, by: Actor, at: datetime
) -> None:
    """Decline an offer with a coded reason; it returns to the desk if it was the only one.

    «I know this person» also bars the worker from the file, for good.
    """
    made = queries.lock_offer(offer_id, actor=by)
    policy.can_answer(by, made).or_raise()
    standing = queries.lock(made.file_id, actor=by)
    made.reason = reason
    made.save(update_fields=["reason"])
    move(made, Offer.Status.DECLINED, by=by, at=at)
    if standing.status == Status.OFFERED and not queries.offered_to_others(made, actor=by):
        move(standing, Status.RECEIVED, by=by, at=at)
    audit.record("referral.declined", by=by, file_id=made.file_id, records=[offer_id])
    sharing.take_back(made.file_id, Handler.Kind.OFFERED, user_id=by.user_id, at=at)
    if knows_her:
        sharing.declare_conflict(made.file_id, by=by, at=at)


@transaction.atomic
def accept(offer_id: UUID, *, desk: UUID, by: Actor, at: datetime) -> File:
    """Take the referral on: the file opens at the worker's organisation, and she walks with her.

    The coordination keeps a watch on how it stands; who she is now belongs to her worker.
    """
    made = queries.lock_offer(offer_id, actor=by)
    policy.can_answer(by, made).or_raise()
    file_id = made.file_id
    standing = queries.lock(file_id, actor=by)
    move(standing, Status.ACCEPTED, by=by, at=at)
    move(made, Offer.Status.ACCEPTED, by=by, at=at)
    sharing.give_to_person(file_id, user_id=by.user_id, kind=Handler.Kind.ENTRUSTED, at=at)
    sharing.give_to_desk(
        file_id, organisation_id=desk, role=Role.COORDINATOR, kind=Handler.Kind.WATCH, at=at
    )
    file = _open_file(file_id, by=by, at=at)
    carried = _carry_over(file_id, by=by, at=at)
    audit.record(
        "referral.accepted",
        by=by,
        file_id=file_id,
        sections=["identity", "contact"],
        records=[offer_id, *(row.pk for row in carried)],
        digest=vault.digest(*carried),
    )
    sharing.take_back(file_id, Handler.Kind.DESK, at=at)
    sharing.take_back(file_id, Handler.Kind.OFFERED, at=at)
    return file


def _open_file(file_id: UUID, *, by: Actor, at: datetime) -> File:
    participant = Participant(id=uuid4())
    file = File(id=file_id, participant=participant, holder_id=by.organisation_id, opened_at=at)
    # The file first: whether a person may be added is asked of her file.
    File.objects.bulk_create([file])
    Participant.objects.bulk_create([participant])
    Assignment.objects.bulk_create(
        [Assignment(id=uuid4(), file=file, user_id=by.user_id, starts_at=at)]
    )
    return file


def _carry_over(file_id: UUID, *, by: Actor, at: datetime) -> tuple[Identity, SafeContact]:
    """Copy what the referral said of her into the file, under the file's own key."""
    referral = queries.referrals(actor=by).get(file_id=file_id)
    person = queries.person(file_id, actor=by).get()
    vault.open([referral, person], by=by, sections=["identity", "contact"], action="open")
    identity = Identity(
        id=uuid4(),
        file_id=file_id,
        age_band=referral.age_band,
        language=referral.language,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        identity,
        chosen_name=person.opened.chosen_name,
        pronouns=person.opened.pronouns,
        interpreter=person.opened.interpreter,
    )
    contact = SafeContact(
        id=uuid4(),
        file_id=file_id,
        channel=person.channel,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        contact,
        hours=referral.opened.hours,
        words=person.opened.words,
        never=person.opened.never,
    )
    Identity.objects.bulk_create([identity])
    SafeContact.objects.bulk_create([contact])
    return identity, contact


@transaction.atomic
def meet(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that the first contact took place (again, after «not now» or a departure)."""
    standing = queries.lock(file_id, actor=by)
    policy.can_meet(by, standing).or_raise()
    move(standing, Status.IN_CONTACT, by=by, at=at)
    audit.record("referral.met", by=by, file_id=file_id)


@dataclass(frozen=True)
class Conversation:
    """What the admission conversation leaves: her words, and her agreement."""

    id: UUID
    recognition: str
    agreed_by: str
    agreement_form: str
    her_words: str = ""
    harms: str = ""
    birth_date: date | None = None
    exception: str = ""
    exception_words: str = ""


@transaction.atomic
def admit(file_id: UUID, said: Conversation, *, by: Actor, at: datetime) -> FollowUp:
    """Open a follow-up from the conversation; the door asks for words, never for proof."""
    standing = queries.lock(file_id, actor=by)
    policy.can_admit(by, standing).or_raise()
    admission = Admission(
        id=said.id,
        file_id=file_id,
        recognition=said.recognition,
        agreed_by=said.agreed_by,
        agreement_form=said.agreement_form,
        exception=said.exception,
        occurred_at=at,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        admission,
        her_words=said.her_words,
        harms=said.harms,
        exception_words=said.exception_words,
    )
    Admission.objects.bulk_create([admission])
    written: list[Lockable] = [admission]
    if said.birth_date is not None:
        written.append(_write_birth_date(file_id, said.birth_date, by=by, at=at))
    follow_up = FollowUp(id=uuid4(), file_id=file_id, opened_at=at, opened_by=by.user_id)
    FollowUp.objects.bulk_create([follow_up])
    FollowUpStatus.objects.bulk_create(
        [
            FollowUpStatus(
                follow_up=follow_up,
                file_id=file_id,
                status=FollowUpStatus.Status.ACTIVE,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    move(standing, Status.ADMITTED, by=by, at=at)
    audit.record(
        "referral.admitted",
        by=by,
        file_id=file_id,
        sections=["summary"],
        records=[follow_up.pk, *(row.pk for row in written)],
        digest=vault.digest(*written),
    )
    _let_go(file_id, at=at)
    return follow_up


def _let_go(file_id: UUID, *, at: datetime) -> None:
    """The matter is settled: nobody handles it any more, not even to watch how it stands."""
    kinds = Handler.Kind
    sharing.take_back(file_id, kinds.WATCH, kinds.OFFERED, at=at)
    sharing.take_back(file_id, kinds.ENTRUSTED, kinds.DESK, at=at)


def _write_birth_date(file_id: UUID, birth_date: date, *, by: Actor, at: datetime) -> Identity:
    """A new row of identity; what was known before stays as it was written."""
    known = queries.identity(file_id, actor=by)
    vault.open([known], by=by, sections=["identity"])
    identity = Identity(
        id=uuid4(),
        file_id=file_id,
        age_band=known.age_band,
        language=known.language,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        identity,
        chosen_name=known.opened.chosen_name,
        pronouns=known.opened.pronouns,
        interpreter=known.opened.interpreter,
        birth_date=birth_date.isoformat(),
    )
    Identity.objects.bulk_create([identity])
    return identity


@transaction.atomic
def close(file_id: UUID, *, to: str, reason: str, by: Actor, at: datetime) -> None:
    """Leave it there for now, orient elsewhere, or note that she withdrew; with a coded reason."""
    standing = queries.lock(file_id, actor=by)
    policy.can_close(by, standing, to).or_raise()
    standing.reason = reason
    standing.save(update_fields=["reason"])
    move(standing, to, by=by, at=at)
    audit.record(CLOSED[Status(to)], by=by, file_id=file_id)
    if to == Status.ORIENTED:
        _let_go(file_id, at=at)


@transaction.atomic
def expire(file_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase what was said of somebody who did not come, and of her file if one was opened.

    Only when nothing moved since `before`; False otherwise, so asking twice does no harm. What
    stays is how it stood and when it came: one more to count, nobody to recognise.
    """
    standing = queries.lock(file_id, actor=by)
    if standing.status not in queries.EXPIRABLE or standing.status_at > before:
        return False
    move(standing, Status.EXPIRED, by=by, at=at)
    audit.record(CLOSED[Status.EXPIRED], by=by, file_id=file_id)
    vault.erase(file_id, kinds=EXPIRING, basis="referral.term", by=by, at=at)
    _let_go(file_id, at=at)
    Assignment.objects.filter(file_id=file_id, ends_at=None).update(ends_at=at)
    return True
