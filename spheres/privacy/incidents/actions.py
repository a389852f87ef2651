"""What can be done of an incident? Tell, add, assess, give notice, say whom it concerns, review."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.clock import day_of, months_later
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.privacy.incidents import policy, queries
from spheres.privacy.incidents.models import (
    Addition,
    Answer,
    Assessment,
    Concerned,
    Incident,
    Informed,
    Review,
    Step,
)
from spheres.privacy.incidents.queries import Entry
from spheres.vault import actions as vault

CHANGED = _("This has changed meanwhile. Look at the page again.")
LET_IN = _("One of you let the other in here: so that two people decide, somebody else says yes.")
GONE = _("This incident is no longer here for you.")


@dataclass(frozen=True)
class Told:
    """What the page says: in two lines, when if known, what it concerned."""

    id: UUID
    words: str
    happened: str
    concerns: tuple[str, ...]
    happened_on: date | None = None


@dataclass(frozen=True)
class Added:
    """What is added to one item of an entry: words, days or a number."""

    id: UUID
    item: str
    words: str = ""
    from_on: date | None = None
    until_on: date | None = None
    persons: int | None = None
    in_quebec: int | None = None
    is_approximate: bool = False


@dataclass(frozen=True)
class Assessed:
    """A conclusion, and its reasons on four points."""

    id: UUID
    conclusion: str
    sensitivity: str = ""
    uses: str = ""
    consequences: str = ""
    likelihood: str = ""


@dataclass(frozen=True)
class Given:
    """A notice that was given on a day, or that waits until one; why, when the law asks why."""

    id: UUID
    kind: str
    given_on: date
    look_again_on: date | None = None
    persons: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Proposed:
    """What is proposed of an entry past its time: kept so many years more and why, or deleted."""

    id: UUID
    decision: str
    years: int = 0
    reason: str = ""


@transaction.atomic
def tell(told: Told, *, by: Actor, at: datetime) -> UUID:
    """Something of somebody may have been seen, lost or sent wrongly. Sent twice, it is told once.

    The organisation knows of it from that day: whoever keeps the register may say an earlier one.
    """
    policy.can_tell(by).or_raise()
    if told.happened_on is not None:
        policy.can_be_then(told.happened_on, day_of(at)).or_raise()
    answers = queries.answering(actor=by, at=at)
    row = Incident(
        id=told.id,
        organisation_id=answers.organisation_id,
        told_in_id=by.organisation_id,
        told_by=by.user_id,
        told_at=at,
        happened=told.happened,
        concerns=list(told.concerns),
        happened_on=told.happened_on,
        aware_on=day_of(at),
    )
    vault.lock(row, words=told.words)
    if create_once(row):
        audit.record("incident.told", by=by, records=[row.pk], digest=vault.digest(row))
    return told.id


@transaction.atomic
def add(incident_id: UUID, added: Added, *, by: Actor, at: datetime) -> None:
    """Add to one item, or correct it: what stood stays. Sent twice, it is added once."""
    entry = _entry(incident_id, by)
    policy.can_add(by, entry.row.told_by, added.item).or_raise()
    for day in (added.from_on, added.until_on):
        if day is not None:
            policy.can_be_then(day, day_of(at)).or_raise()
    _add(entry, added, by=by, at=at)


@transaction.atomic
def assess(incident_id: UUID, assessed: Assessed, *, by: Actor, at: datetime) -> None:
    """Judge whether there is a risk of serious injury, with reasons. Sent twice, judged once."""
    entry = _entry(incident_id, by)
    policy.can_keep(by).or_raise()
    reasons = {
        "sensitivity": assessed.sensitivity,
        "uses": assessed.uses,
        "consequences": assessed.consequences,
        "likelihood": assessed.likelihood,
    }
    policy.can_conclude(assessed.conclusion, list(reasons.values())).or_raise()
    row = Assessment(
        id=assessed.id,
        incident_id=incident_id,
        organisation_id=entry.row.organisation_id,
        conclusion=assessed.conclusion,
        told_by=by.user_id,
        told_at=at,
    )
    vault.lock(row, **reasons)
    if create_once(row):
        audit.record(
            "incident.assessed", by=by, records=[incident_id, row.pk], digest=vault.digest(row)
        )


@transaction.atomic
def give(incident_id: UUID, given: Given, *, by: Actor, at: datetime) -> None:
    """Say that a notice was given, and when; or that the persons wait, why and until when.

    Nothing is sent: it was given by the organisation's own means. Sent twice, it is said once.
    """
    entry = _entry(incident_id, by)
    policy.can_keep(by).or_raise()
    policy.can_be_then(given.given_on, day_of(at)).or_raise()
    if given.look_again_on is not None:
        policy.can_wait_until(given.look_again_on, day_of(at)).or_raise()
    if not _step(entry, given, by=by, at=at):
        return
    if given.why:
        why = Added(uuid5(given.id, "why"), Addition.Item.NOTICES, given.why)
        _add(entry, why, by=by, at=at)


@transaction.atomic
def close(incident_id: UUID, *, step_id: UUID, by: Actor, at: datetime) -> None:
    """Say that what could be done is done. What is learnt later is added all the same."""
    entry = _entry(incident_id, by)
    today = day_of(at)
    if any(one.pk == step_id for one in entry.steps):
        return
    is_waiting = policy.is_waiting(entry.done, today)
    policy.can_close(by, entry.duties(today), is_waiting=is_waiting).or_raise()
    _step(entry, Given(step_id, Step.Kind.CLOSED, today), by=by, at=at)


@transaction.atomic
def concern(incident_id: UUID, file_ids: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Say which of the persons one accompanies it concerns; said again, it is once.

    The database refuses a file that one does not walk with.
    """
    entry = _entry(incident_id, by)
    policy.can_concern(by, entry.row.told_by).or_raise()
    for file_id in sorted(file_ids):
        row = Concerned(
            id=uuid5(incident_id, str(file_id)),
            file_id=file_id,
            incident_id=incident_id,
            organisation_id=entry.row.organisation_id,
            happened=entry.row.happened,
            concerns=entry.row.concerns,
            happened_on=entry.row.happened_on,
            said_by=by.user_id,
            said_at=at,
        )
        if create_once(row):
            audit.record("incident.concerned", by=by, file_id=file_id, records=[row.pk])


@transaction.atomic
def inform(
    file_id: UUID, incident_id: UUID, *, informed_id: UUID, look_again_on: date | None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """The person was told; or there is no safe way yet, and when to try again. Sent twice, once."""
    found = queries.of_file(file_id, actor=by, today=day_of(at))
    one = next((one for one in found if one.row.incident_id == incident_id), None)
    if one is None:
        raise WrongState(GONE)
    if one.informed is not None and one.informed.pk == informed_id:
        return
    is_told = look_again_on is None
    policy.can_inform(by, one.way, waits_until=one.waits_until if is_told else None).or_raise()
    if look_again_on is not None:
        policy.can_wait_until(look_again_on, day_of(at)).or_raise()
    row = Informed(
        id=informed_id,
        file_id=file_id,
        incident_id=incident_id,
        organisation_id=one.row.organisation_id,
        way=Informed.Way.TOLD if is_told else Informed.Way.NOT_YET,
        look_again_on=look_again_on,
        told_by=by.user_id,
        told_at=at,
    )
    if create_once(row):
        audit.record("incident.informed", by=by, file_id=file_id, records=[row.pk])


@transaction.atomic
def propose(incident_id: UUID, proposed: Proposed, *, by: Actor, at: datetime) -> None:
    """One proposes what becomes of an entry past its time. Sent twice, it is proposed once."""
    found = next((one for one in queries.due(actor=by) if one.id == incident_id), None)
    is_held = found is not None and found.is_held
    policy.can_propose(by, proposed.decision, is_held=is_held).or_raise()
    if queries.one(proposed.id, actor=by) is not None:
        return
    if found is None:
        raise WrongState(CHANGED)
    keeps = proposed.decision == Review.Decision.KEEP
    row = Review(
        id=proposed.id,
        incident_id=incident_id,
        organisation_id=by.organisation_id,
        decision=proposed.decision,
        until_on=months_later(day_of(at), 12 * proposed.years) if keeps else None,
        reason=proposed.reason if keeps else "",
        proposed_by=by.user_id,
        proposed_at=at,
    )
    if create_once(row):
        basis = proposed.decision.lower()
        audit.record("incident.proposed", by=by, records=[incident_id, row.pk], basis=basis)


@transaction.atomic
def answer(review_id: UUID, *, is_yes: bool, by: Actor, at: datetime) -> None:
    """The second person says yes, or it is taken back. The database refuses whoever proposed."""
    found = queries.one(review_id, actor=by)
    if found is None:
        raise WrongState(CHANGED)
    if found.answer is not None:
        if (found.answer.answered_by, found.answer.is_yes) == (by.user_id, is_yes):
            return
        raise WrongState(CHANGED)
    policy.can_answer(by, found.row.proposed_by, is_yes=is_yes).or_raise()
    if is_yes and found.row.proposed_by in queries.let_in(actor=by):
        raise NotAllowed(LET_IN)
    row = Answer(
        id=review_id,
        organisation_id=by.organisation_id,
        is_yes=is_yes,
        answered_by=by.user_id,
        answered_at=at,
    )
    if create_once(row):
        action = "incident.decided" if is_yes else "incident.taken_back"
        audit.record(action, by=by, records=[found.row.incident_id, review_id])


@transaction.atomic
def forget(*, before: datetime, by: Actor) -> int:
    """Delete what two people decided to delete, and nothing else; how many rows went."""
    forgotten = vault.forget_due(Incident.KEEP, before=before, by=by)
    if forgotten:
        audit.record("incident.forgotten", by=by, basis=Incident.KEEP)
    return forgotten


def _entry(incident_id: UUID, by: Actor) -> Entry:
    entry = queries.entry(incident_id, actor=by)
    if entry is None:
        raise WrongState(GONE)
    return entry


def _add(entry: Entry, added: Added, *, by: Actor, at: datetime) -> None:
    row = Addition(
        id=added.id,
        incident_id=entry.row.pk,
        organisation_id=entry.row.organisation_id,
        item=added.item,
        from_on=added.from_on,
        until_on=added.until_on,
        persons=added.persons,
        in_quebec=added.in_quebec,
        is_approximate=added.is_approximate,
        told_by=by.user_id,
        told_at=at,
    )
    vault.lock(row, words=added.words)
    if create_once(row):
        audit.record(
            "incident.added", by=by, records=[entry.row.pk, row.pk], digest=vault.digest(row)
        )


def _step(entry: Entry, given: Given, *, by: Actor, at: datetime) -> bool:
    row = Step(
        id=given.id,
        incident_id=entry.row.pk,
        organisation_id=entry.row.organisation_id,
        kind=given.kind,
        given_on=given.given_on,
        look_again_on=given.look_again_on,
        persons=given.persons,
        done_by=by.user_id,
        done_at=at,
    )
    if not create_once(row):
        return False
    audit.record(
        "incident.step", by=by, records=[entry.row.pk, row.pk], basis=str(given.kind).lower()
    )
    return True
