"""What asks a partner for a psychotherapy, and what says the days of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import ORDINARY, Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.therapy_requests import policy, queries
from spheres.followup.therapy_requests.models import TherapyRequest, TherapyRequestDay
from spheres.participants.models import (
    FollowUp,
    FollowUpStatus,
    Identity,
    SafeContact,
)
from spheres.sharing import beginning
from spheres.sharing.queries import basis_of
from spheres.sharing.rules import CONTACT, IDENTITY, LEGAL, THERAPY
from spheres.vault import actions as vault
from spheres.vault.models import Lockable

What = TherapyRequestDay.What


@transaction.atomic
def ask(
    file_id: UUID,
    consent_id: UUID,
    *,
    summary: str,
    opens_there: bool = False,
    by: Actor,
    at: datetime,
) -> bool:
    """The partner she named reads what she approved, as long as her consent lives. Sent twice, it
    is asked once."""
    policy.can_ask(by).or_raise()
    consent = queries.live_consent(consent_id, actor=by, at=at)
    if consent is None or consent.file_id != file_id:
        raise WrongState("Nothing is asked of a partner without a consent that lives.")
    row = TherapyRequest(
        id=consent_id,
        file_id=file_id,
        opens_there=opens_there and CONTACT in consent.sections,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, summary=summary)
    if not create_once(row):
        return False
    audit.record(
        "therapy.asked",
        by=by,
        file_id=file_id,
        sections=[LEGAL],
        records=[consent_id],
        digest=vault.digest(row),
    )
    return True


@transaction.atomic
def say_day(
    day_id: UUID, request_id: UUID, *, what: str, on: date, by: Actor, at: datetime
) -> bool:
    """One day of it: her worker reads the day, and neither who said it nor why."""
    policy.can_answer(by).or_raise()
    request = _asked(request_id, by=by)
    days = queries.days_of(request)
    policy.can_be_on(
        on, asked=days.asked, today=clock.day_of(at), is_first=what == What.FIRST
    ).or_raise()
    if request.days.filter(pk=day_id).exists():
        return False
    policy.can_say(what, days.said).or_raise()
    day = TherapyRequestDay(
        id=day_id, file_id=request.file_id, request=request, what=What(what), on=on, said_at=at
    )
    if not create_once(day):
        return False
    audit.record(
        "therapy.day_said", by=by, file_id=request.file_id, sections=[THERAPY], records=[day_id]
    )
    return True


@transaction.atomic
def accept(day_id: UUID, request_id: UUID, *, on: date, by: Actor, at: datetime) -> UUID | None:
    """She says yes; where the person agreed to it, a file of her own organisation begins, and she
    walks with her there. Said twice, it begins once; a colleague was faster: nothing is opened.
    """
    say_day(day_id, request_id, what=What.ACCEPTED, on=on, by=by, at=at)
    request = _asked(request_id, by=by)
    if not request.opens_there:
        return None
    shown = queries.shown(request, actor=by)
    if shown is None:
        raise WrongState(policy.NO_LONGER)
    # What is hers to write is written as in any file of hers: nothing of the other one is open.
    here = replace(by, purpose=ORDINARY)
    with context.acting_as(here):
        file_id, says = queries.begin(request_id, actor=here)
        if says == beginning.TAKEN:
            raise WrongState(policy.ALREADY_BEGUN)
        if file_id is None:
            raise WrongState(policy.NO_LONGER)
        if says == beginning.OPENED:
            _begin(file_id, *shown, basis=basis_of(request_id), by=here, at=at)
    return file_id


def _asked(request_id: UUID, *, by: Actor) -> TherapyRequest:
    """What is asked of us still; taken back meanwhile, it is said so."""
    request = queries.requests(actor=by).filter(pk=request_id).first()
    if request is None:
        raise WrongState(policy.NO_LONGER)
    return request


def _begin(
    file_id: UUID,
    identity: Identity,
    contact: SafeContact | None,
    *,
    basis: str,
    by: Actor,
    at: datetime,
) -> None:
    """Her name and the ways to reach her, written anew under that file’s own key, and nothing else;
    her day of birth, her languages and her gender are asked of her, there."""
    told = {"file_id": file_id, "written_by": by.user_id, "written_at": at}
    name = Identity(id=uuid4(), age_band=identity.age_band, language=identity.language, **told)
    said = identity.opened
    vault.lock(
        name, chosen_name=said.chosen_name, pronouns=said.pronouns, interpreter=said.interpreter
    )
    Identity.objects.bulk_create([name])
    written: list[Lockable] = [name]
    if contact is not None:
        ways = SafeContact(
            id=uuid4(),
            channel=contact.channel,
            unsafe_on=contact.unsafe_on,
            confirmed_on=contact.confirmed_on,
            told=contact.told,
            **told,
        )
        agreed = contact.opened
        vault.lock(
            ways,
            hours=agreed.hours,
            words=agreed.words,
            never=agreed.never,
            window=agreed.window,
            sender=agreed.sender,
            lines=agreed.lines,
        )
        SafeContact.objects.bulk_create([ways])
        written.append(ways)
    follow_up = FollowUp(id=uuid4(), file_id=file_id, opened_at=at, opened_by=by.user_id)
    FollowUp.objects.bulk_create([follow_up])
    begins = FollowUpStatus(
        follow_up=follow_up,
        file_id=file_id,
        status=FollowUpStatus.Status.ACTIVE,
        status_by=by.user_id,
        status_at=at,
    )
    FollowUpStatus.objects.bulk_create([begins])
    audit.record(
        "therapy.begun",
        by=by,
        file_id=file_id,
        sections=[IDENTITY, CONTACT],
        records=[row.pk for row in written],
        digest=vault.digest(*written),
        basis=basis,
    )
