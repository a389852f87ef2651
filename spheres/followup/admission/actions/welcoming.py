"""What leads from a first contact to a follow-up, or leaves the door open?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.admission import policy, queries
from spheres.followup.admission.models import (
    Admission,
    AgreedAnew,
    Offer,
    ReferralStatus,
)
from spheres.participants.models import (
    Assignment,
    FollowUp,
    FollowUpStatus,
    Identity,
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
# Where a worker writes: a note, a safe contact, a draft there says that somebody walks with her.
WRITTEN = (Kind.FOLLOW_UP, Kind.DRAFT, Kind.THERAPY, Kind.REGISTER)
# All that hangs on the file, drafts too: nothing can be written there afterwards.
EXPIRING = (Kind.REFERRAL, *WRITTEN)


@transaction.atomic
def meet(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that the first contact took place (again, after «not now» or a departure)."""
    standing = queries.lock(file_id, actor=by)
    policy.can_meet(by, standing).or_raise()
    move(standing, Status.IN_CONTACT, by=by, at=at)
    audit.record("referral.met", by=by, file_id=file_id)


def note_contact(file_id: UUID, *, was_contact: bool, by: Actor, at: datetime) -> None:
    """A signed note says by itself that the first contact took place; a missed meeting does not."""
    if not was_contact:
        return
    try:
        standing = queries.lock(file_id, actor=by)
    except WrongState:
        return  # not hers to move: she stands in, or the person was admitted long ago
    if standing.status == Status.ACCEPTED:
        meet(file_id, by=by, at=at)


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
    card: str = ""


@transaction.atomic
def agree_anew(file_id: UUID, *, form: str, decides_alone: bool, by: Actor, at: datetime) -> bool:
    """At 14 she says herself that she wants to go on: kept once; what was agreed for her stands."""
    policy.can_agree_anew(by, decides_alone=decides_alone).or_raise()
    found = queries.agreed_for_her(file_id, actor=by)
    if found is None or found[1] is not None:
        return False
    [admission, _none] = found
    said = AgreedAnew(
        id=admission.pk, file_id=file_id, form=form, written_by=by.user_id, written_at=at
    )
    if not create_once(said):
        return False
    audit.record(
        "referral.agreed_anew", by=by, file_id=file_id, sections=["summary"], records=[said.pk]
    )
    return True


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
        card=said.card,
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
        languages=known.opened.languages,
        gender=known.opened.gender,
        birth_date=birth_date.isoformat(),
    )
    Identity.objects.bulk_create([identity])
    return identity


@transaction.atomic
def close(file_id: UUID, *, to: str, reason: str, by: Actor, at: datetime) -> None:
    """Leave it there for now, orient elsewhere, or note that she withdrew; with a coded reason.

    Whatever the word, nobody is asked to accompany her any more: what was on offer is taken back.
    """
    waiting = queries.lock_open_offers(file_id, actor=by)
    standing = queries.lock(file_id, actor=by)
    policy.can_close(by, standing, to).or_raise()
    for made in waiting:
        move(made, Offer.Status.TAKEN_BACK, by=by, at=at)
    sharing.take_back(file_id, Handler.Kind.OFFERED, at=at)
    move(standing, to, by=by, at=at, reason=reason)
    audit.record(CLOSED[Status(to)], by=by, file_id=file_id)
    if to == Status.ORIENTED:
        _let_go(file_id, at=at)


@transaction.atomic
def expire(file_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase what was said of somebody who did not come, and of her file if one was opened.

    Only when nothing moved and nobody wrote in her file since `before`; False otherwise, so asking
    twice does no harm. What stays is how it stood and when it came: one more to count, nobody to
    recognise, and no number by which whoever wrote could find it.
    """
    standing = queries.lock(file_id, actor=by)
    if standing.status not in queries.EXPIRABLE or standing.status_at > before:
        return False
    # Under a legal hold nothing moves, and nothing says why.
    if vault.is_held(file_id, by=by):
        return False
    if vault.is_written_since(file_id, kinds=WRITTEN, since=before, by=by):
        return False
    move(standing, Status.EXPIRED, by=by, at=at)
    audit.record(CLOSED[Status.EXPIRED], by=by, file_id=file_id)
    _let_go(file_id, at=at)
    vault.erase(file_id, kinds=EXPIRING, basis="referral.term", by=by, at=at)
    forget_ways(file_id, by=by, at=at)
    return True


@transaction.atomic
def forget_hers(file_id: UUID, *, by: Actor, at: datetime) -> bool:
    """She takes back what she wrote for herself, before anybody has said yes: it is erased now.

    Once a worker has it, there is somebody to tell, and a file; False then, and nothing changes.
    """
    standing = queries.lock(file_id, actor=by)
    if standing.status not in queries.WAITING or vault.is_held(file_id, by=by):
        return False
    move(standing, Status.EXPIRED, by=by, at=at)
    audit.record("referral.taken_back_by_her", by=by, file_id=file_id)
    _let_go(file_id, at=at)
    vault.erase(file_id, kinds=EXPIRING, basis="referral.hers", by=by, at=at)
    forget_ways(file_id, by=by, at=at)
    return True


def forget_ways(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nobody walks with her any more, and no number leads to her: her file was erased."""
    queries.standing(file_id, actor=by).update(number="", code=b"")
    Assignment.objects.filter(file_id=file_id, ends_at=None).update(ends_at=at)
