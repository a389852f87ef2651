"""What asks a partner for a psychotherapy, and what says the days of it?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.therapy_requests import policy, queries
from spheres.followup.therapy_requests.models import TherapyRequest, TherapyRequestDay
from spheres.sharing.rules import LEGAL, THERAPY
from spheres.vault import actions as vault

What = TherapyRequestDay.What


@transaction.atomic
def ask(file_id: UUID, consent_id: UUID, *, summary: str, by: Actor, at: datetime) -> bool:
    """The partner she named reads what she approved, as long as her consent lives. Sent twice, it
    is asked once."""
    policy.can_ask(by).or_raise()
    consent = queries.live_consent(consent_id, actor=by, at=at)
    if consent is None or consent.file_id != file_id:
        raise WrongState("Nothing is asked of a partner without a consent that lives.")
    row = TherapyRequest(id=consent_id, file_id=file_id, written_by=by.user_id, written_at=at)
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
    request = queries.requests(actor=by).get(pk=request_id)
    asked = clock.day_of(request.written_at)
    policy.can_be_on(
        on, asked=asked, today=clock.day_of(at), is_first=what == What.FIRST
    ).or_raise()
    day = TherapyRequestDay(
        id=day_id, file_id=request.file_id, request=request, what=What(what), on=on, said_at=at
    )
    if not create_once(day):
        return False
    audit.record(
        "therapy.day_said", by=by, file_id=request.file_id, sections=[THERAPY], records=[day_id]
    )
    return True
