"""What is kept of what was said? Minutes, decisions, and what each takes on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.partners.committees import policy, queries
from spheres.partners.committees.models import Decided, Minutes, Promise, PromiseStatus
from spheres.vault import actions as vault


@transaction.atomic
def write_decision(
    decision_id: UUID, item_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """Keep what was decided of an item, in a sentence."""
    row = queries.item_to_write_of(item_id, actor=by)
    policy.can_promise("CHAIRING" in queries.standing_to(item_id, actor=by), row).or_raise()
    kept = Decided(
        id=decision_id,
        item_id=item_id,
        committee_id=row.committee_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if create_once(kept):
        audit.record("committee.decided", by=by, records=[decision_id])


@transaction.atomic
def write_minutes(
    minutes_id: UUID,
    item_id: UUID,
    words: str,
    *,
    after: Collection[UUID],
    by: Actor,
    at: datetime,
) -> None:
    """Keep the minutes, whole. Whoever wrote meanwhile loses nothing: both stand until one of the
    two, or somebody else, puts them together."""
    row = queries.item_to_write_of(item_id, actor=by)
    ways = queries.standing_to(item_id, actor=by)
    policy.can_note("CHAIRING" in ways, "OPEN" in ways, row).or_raise()
    kept = Minutes(
        id=minutes_id,
        item_id=item_id,
        committee_id=row.committee_id,
        after=sorted(after),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if create_once(kept):
        audit.record("committee.noted", by=by, records=[minutes_id])


@transaction.atomic
def promise(
    promise_id: UUID,
    item_id: UUID,
    words: str,
    *,
    owner_id: UUID,
    organisation_id: UUID,
    due_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody takes something on, in the name of their organisation, for a day."""
    row = queries.item_to_write_of(item_id, actor=by)
    policy.can_promise("CHAIRING" in queries.standing_to(item_id, actor=by), row).or_raise()
    kept = Promise(
        id=promise_id,
        item_id=item_id,
        committee_id=row.committee_id,
        organisation_id=organisation_id,
        owner_id=owner_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, words=words)
    if not create_once(kept):
        return
    create_once(
        PromiseStatus(
            id=promise_id,
            item_id=item_id,
            owner_id=owner_id,
            due_on=due_on,
            status=PromiseStatus.Status.PROMISED,
            status_by=by.user_id,
            status_at=at,
        )
    )
    audit.record("committee.promised", by=by, records=[promise_id])


@transaction.atomic
def answer_promise(promise_id: UUID, *, carried_to: date | None, by: Actor, at: datetime) -> None:
    """It is done; or it is carried over to another day, which is said without a reason."""
    row = queries.lock_promise(promise_id, actor=by)
    policy.can_answer_promise(by, row, queries.chaired(actor=by)).or_raise()
    if carried_to is None:
        move(row, PromiseStatus.Status.KEPT, by=by, at=at)
    else:
        move(row, PromiseStatus.Status.CARRIED, by=by, at=at, due_on=carried_to)
    audit.record("committee.answered", by=by, records=[promise_id])
