"""What leaves a trace, and what is done with two that are alike? Only the person decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.likeness import policy, queries, sounds
from spheres.followup.likeness.models import LeftApart, Trace
from spheres.records.between.hooks import Received
from spheres.sharing.models import Joined
from spheres.vault import actions as vault

CONTACT_USE, NAME_USE = "likeness contact", "likeness name"


def leave_traces(file_id: UUID, told: Received, *, by: Actor, at: datetime) -> None:
    """Keep the digests of a referral that is being received. It costs the same, alike or not."""
    Trace.objects.bulk_create(
        [
            Trace(
                id=uuid4(),
                file_id=file_id,
                kind=kind,
                digest=digest,
                key_file=settings.SPHERES_KEY_ID,
                left_at=at,
            )
            for kind, digest in sorted(traces_of(told))
        ]
    )


def traces_of(told: Received) -> set[tuple[str, bytes]]:
    """Each way to reach her that is not the referrer's own; how her name sounds, at her age and in
    her language. What is unknown is every age, every language."""
    kinds = Trace.Kind
    hers = [
        each for each in sounds.reached(told.reach) if each not in sounds.reached(told.not_hers)
    ]
    found = {(str(kinds.CONTACT), vault.keyed_digest(CONTACT_USE, each)) for each in hers}
    for kind, heard in (
        (kinds.NAME, sounds.whole(told.name)),
        (kinds.BEGINS, sounds.beginnings(told.name)),
    ):
        found |= {
            (str(kind), vault.keyed_digest(NAME_USE, f"{each}|{age}|{language}"))
            for each in heard
            for age in told.ages
            for language in told.languages
        }
    return found


@transaction.atomic
def leave_apart(file_id: UUID, pair: UUID, *, by: Actor, at: datetime) -> None:
    """At the desk, put the question away; whoever accompanies the person may still ask them."""
    policy.can_leave_apart(by).or_raise()
    if create_once(LeftApart(id=pair, file_id=file_id, left_by=by.user_id, left_at=at)):
        audit.record("likeness.left_apart", by=by, file_id=file_id, records=[pair])


@transaction.atomic
def join(one: UUID, other: UUID, *, by: Actor, at: datetime) -> UUID:
    """She says that both are her: a dated link, no row moves. Returns the file that goes on.

    Asked twice it is done once; of two workers who answer at the same time, the first has it.
    """
    _require_both(one, other, by=by, at=at)
    known = queries.link(one, other, actor=by)
    _still(policy.can_join(known, _is_asked(one, other, by=by)))
    if known is not None:
        return known.kept_id
    kept, joined = queries.which_goes_on(one, other, actor=by)
    if _link(kept, joined, by=by, starts_at=at, ends_at=None):
        for file_id, record in ((kept, joined), (joined, kept)):
            audit.record("likeness.joined", by=by, file_id=file_id, records=[record])
        return kept
    stands = queries.link(one, other, actor=by)
    _still(policy.can_join(stands, is_asked=False))
    assert stands is not None
    return stands.kept_id


@transaction.atomic
def tell_apart(one: UUID, other: UUID, *, by: Actor, at: datetime) -> None:
    """They are two people: kept as a link that ended as it began, so it is never asked again."""
    _require_both(one, other, by=by, at=at)
    known = queries.link(one, other, actor=by)
    _still(policy.can_tell_apart(known, _is_asked(one, other, by=by)))
    if known is not None:
        return
    if _link(one, other, by=by, starts_at=at, ends_at=at):
        for file_id, record in ((one, other), (other, one)):
            audit.record("likeness.told_apart", by=by, file_id=file_id, records=[record])
        return
    stands = queries.link(one, other, actor=by)
    _still(policy.can_tell_apart(stands, is_asked=False))


@transaction.atomic
def part(one: UUID, other: UUID, *, by: Actor, at: datetime) -> None:
    """They are two people after all: the link ends, for good. Asked twice it is done once."""
    policy.can_decide(by).or_raise()
    live = Joined.objects.filter(pk=queries.pair_of(one, other), ends_at=None)
    if live.update(ends_at=at):
        for file_id, record in ((one, other), (other, one)):
            audit.record("likeness.parted", by=by, file_id=file_id, records=[record])


def _link(
    kept: UUID, joined: UUID, *, by: Actor, starts_at: datetime, ends_at: datetime | None
) -> bool:
    """Write the one row these two can have; False when somebody has just written it."""
    row = Joined(
        id=queries.pair_of(kept, joined),
        kept_id=kept,
        joined_id=joined,
        said_to=by.user_id,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    try:
        with transaction.atomic():
            return create_once(row)
    except IntegrityError as elsewhere:  # one of them was joined to a third meanwhile
        raise WrongState(policy.CHANGED) from elsewhere


def _require_both(one: UUID, other: UUID, *, by: Actor, at: datetime) -> None:
    policy.can_decide(by).or_raise()
    _still(policy.both_are_open(len(queries.walks_by([one, other], actor=by, at=at)) == 2))


def _is_asked(one: UUID, other: UUID, *, by: Actor) -> bool:
    return any(found.other_id == other for found in queries.to_ask(one, actor=by))


def _still(decision: Decision) -> None:
    """What no longer holds is told as such, not as something forbidden."""
    if not decision:
        raise WrongState(decision.reason)
