"""What offers a referral to a worker, and opens a file when she takes it on?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.states import move
from spheres.followup.admission import policy, queries
from spheres.followup.admission.models import (
    Offer,
    ReferralStatus,
)
from spheres.participants.models import (
    Assignment,
    File,
    Identity,
    Participant,
    SafeContact,
)
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault

Status = ReferralStatus.Status


def offer(file_id: UUID, *, to: UUID, offer_id: UUID, by: Actor, at: datetime) -> None:
    """Offer a referral to a worker: she sees language, age band, wish and hours, no more."""
    offer_to(file_id, {offer_id: to}, by=by, at=at)


@transaction.atomic
def offer_to(file_id: UUID, workers: Mapping[UUID, UUID], *, by: Actor, at: datetime) -> None:
    """Offer a referral to several workers at once, each under an identifier of the form.

    The first who accepts has it. None learns who else was asked.
    """
    standing = queries.lock(file_id, actor=by)
    made = list(queries.offers(file_id, actor=by))
    if any(one.pk in workers for one in made):
        return  # the same form sent twice
    policy.can_offer(by, standing).or_raise()
    among = {one.user_id for one in queries.candidates(actor=by, at=at)}
    asked = {one.user_id for one in made if one.status == Offer.Status.OPEN}
    for to in workers.values():
        policy.can_be_offered(to in among, to in asked).or_raise()
    Offer.objects.bulk_create(
        [
            Offer(
                id=offer_id,
                file_id=file_id,
                user_id=to,
                offered_at=at,
                offered_by=by.user_id,
                status=Offer.Status.OPEN,
                status_by=by.user_id,
                status_at=at,
            )
            for offer_id, to in workers.items()
        ]
    )
    for to in workers.values():
        sharing.give_to_person(file_id, user_id=to, kind=Handler.Kind.OFFERED, at=at)
    if standing.status == Status.RECEIVED:
        move(standing, Status.OFFERED, by=by, at=at)
    audit.record("referral.offered", by=by, file_id=file_id, records=list(workers))


@transaction.atomic
def take_back(offer_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take back an offer that waits: the worker sees no more of it, and it may be offered again."""
    made = queries.lock_offer(offer_id, actor=by)
    policy.can_take_back(by, made).or_raise()
    standing = queries.lock(made.file_id, actor=by)
    move(made, Offer.Status.TAKEN_BACK, by=by, at=at)
    sharing.take_back(made.file_id, Handler.Kind.OFFERED, user_id=made.user_id, at=at)
    if standing.status == Status.OFFERED and not queries.offered_to_others(made, actor=by):
        move(standing, Status.RECEIVED, by=by, at=at)
    audit.record("referral.taken_back", by=by, file_id=made.file_id, records=[offer_id])


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
    move(made, Offer.Status.DECLINED, by=by, at=at, reason=reason)
    if standing.status == Status.OFFERED and not queries.offered_to_others(made, actor=by):
        move(standing, Status.RECEIVED, by=by, at=at)
    audit.record("referral.declined", by=by, file_id=made.file_id, records=[offer_id])
    sharing.take_back(made.file_id, Handler.Kind.OFFERED, user_id=by.user_id, at=at)
    if knows_her:
        sharing.declare_conflict(made.file_id, by=by, at=at)


@transaction.atomic
def ask_more(offer_id: UUID, *, question: str, by: Actor, at: datetime) -> None:
    """Ask the desk one question of the region's list, before answering an offer; nothing opens."""
    made = queries.lock_offer(offer_id, actor=by)
    if made.question == question:
        return  # the same form sent twice
    policy.can_ask_more(by, made).or_raise()
    made.question = question
    made.save(update_fields=["question"])
    audit.record("referral.asked_more", by=by, file_id=made.file_id, records=[offer_id])


@transaction.atomic
def tell_more(offer_id: UUID, *, answer: str, by: Actor, at: datetime) -> None:
    """Answer the question of whoever was offered a referral, by a word of the region's list."""
    made = queries.lock_offer(offer_id, actor=by)
    if made.answer == answer:
        return  # the same form sent twice
    policy.can_tell_more(by, made).or_raise()
    made.answer = answer
    made.save(update_fields=["answer"])
    audit.record("referral.told_more", by=by, file_id=made.file_id, records=[offer_id])


@transaction.atomic
def accept(offer_id: UUID, *, desk: UUID, by: Actor, at: datetime) -> File:
    """Take the referral on: the file opens at the worker's organisation, and she walks with her.

    Of two who accept at the same instant, the second waits for the first, and is told.
    The coordination keeps a watch on how it stands; who she is now belongs to her worker.
    """
    try:
        made = queries.lock_offer(offer_id, actor=by)
        policy.can_answer(by, made).or_raise()
        policy.can_hold_a_file(queries.kind_of(by.organisation_id, actor=by)).or_raise()
        file_id = made.file_id
        standing = queries.lock(file_id, actor=by)
    except WrongState as gone:
        if queries.somebody_said_yes(offer_id, actor=by):
            raise WrongState(policy.SOMEONE_SAID_YES) from gone
        raise
    if not policy.is_still_on_offer(standing):
        raise WrongState(policy.SOMEONE_SAID_YES)
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
