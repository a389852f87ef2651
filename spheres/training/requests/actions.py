"""What can be done with a request for training? Leave it at the desk; answer it; then forget it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor
from spheres.core.once import create_once
from spheres.records import codes
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.training.requests import policy, queries
from spheres.training.requests.models import Answer, TrainingRequest
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Sent:
    """What the public form says."""

    id: UUID
    number: str
    environment: str
    organisation: str
    people: int
    group: str
    needs: str
    dates: str
    place: str
    where: str
    language: str
    reach: str
    said_in: str
    topics: Sequence[str] = ()


@dataclass(frozen=True)
class Given:
    """What the coordination answers."""

    id: UUID
    outcome: str
    words: str
    proposed_on: date | None = None


@transaction.atomic
def ask(sent: Sent, *, desk: UUID, by: Actor, at: datetime) -> None:
    """Leave a request at the desk, to be answered within the region's days. The same form sent
    twice makes one request."""
    row = TrainingRequest(
        id=sent.id,
        number=sent.number,
        environment=sent.environment,
        people=sent.people,
        topics=list(sent.topics),
        place=sent.place,
        language=sent.language,
        said_in=sent.said_in,
        received_at=at,
        due_on=clock.day_of(at) + timedelta(days=regions.region().training_answer_days),
        code=queries.digest_of(code_of(sent.id)),
    )
    vault.lock(
        row,
        organisation=sent.organisation,
        group=sent.group,
        needs=sent.needs,
        dates=sent.dates,
        where=sent.where,
        reach=sent.reach,
    )
    if not sharing.open_at_desk(sent.id, organisation_id=desk, role=Role.COORDINATOR, at=at):
        return
    TrainingRequest.objects.bulk_create([row])
    audit.record("training.asked", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def write_down(sent: Sent, *, desk: UUID, by: Actor) -> None:
    """What an organisation asks a colleague goes to the desk as if it had been sent from the public
    site: whoever writes it down reads no request, not even this one."""
    policy.can_write_down(by).or_raise()
    with context.acting_as(VISITOR) as visitor:
        ask(sent, desk=desk, by=visitor, at=context.moment())
    audit.record("training.written_down", by=by, records=[sent.id])


def number_of(form_id: UUID) -> str:
    """The number of a request that was written down, to speak of it."""
    return codes.code_of("training request number", form_id)[:9]


def code_of(form_id: UUID) -> str:
    """The code of the receipt: the only way back to the answer, kept nowhere."""
    return codes.code_of("training request code", form_id)


@transaction.atomic
def answer(given: Given, training_request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Answer a request; again when there is more. Nothing leaves: the letter is copied by hand."""
    found = queries.answers(training_request_id, actor=by)
    policy.can_answer_it(by, given.outcome, found[0] if found else None).or_raise()
    row = Answer(
        id=given.id,
        request_id=training_request_id,
        outcome=given.outcome,
        proposed_on=given.proposed_on if given.outcome in Answer.DATED else None,
        answered_by=by.user_id,
        answered_at=at,
    )
    vault.lock(row, words=given.words)
    if create_once(row):
        audit.record("training.answered", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def expire(training_request_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase one request, its answers, its key and who handled it; False when it is not due."""
    if training_request_id not in vault.due(TrainingRequest.KEEP, before=before, by=by):
        return False
    sharing.take_back(training_request_id, Handler.Kind.DESK, at=at)
    kinds = [TrainingRequest.KIND]
    vault.erase(training_request_id, kinds=kinds, basis="training.term", by=by, at=at)
    return True
