"""What lets a colleague go on, looks at who opened what, and says what came of it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.followup.openings import policy, queries
from spheres.followup.openings.models import Look, Unusual
from spheres.sharing import actions as sharing

# One look at a time, whoever starts it.
LOOKING: Final = 8_215_301_178
# A page begun before may still write its event: what is younger waits for the next night.
SETTLED: Final = timedelta(hours=1)
What = Look.What


@transaction.atomic
def let_go_on(lifted_id: UUID, user_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """For today, with a reason. Sent twice, it stands once; NotAllowed when nobody waits for it."""
    policy.can_let_go_on(by).or_raise()
    policy.can_be_let_go_on(user_id, queries.stopped(actor=by)).or_raise()
    sharing.let_go_on(lifted_id, user_id, reason=reason, on=clock.day_of(at), by=by, at=at)


@transaction.atomic
def look_at_grounds(*, by: Actor, at: datetime) -> int:
    """Every reading across organisations since the last look, and those without a ground at that
    moment; returns how many of these. All of it is kept, or nothing: the next look begins again
    where the last one ended.
    """
    _one_at_a_time(by)
    begins, ends = queries.looked_until(What.GROUNDS, actor=by), at - SETTLED
    if begins >= ends:
        return 0
    found, seen = queries.read_across(begins, ends, actor=by)
    _keep(
        Unusual(
            id=_id("no ground", one.event_id, one.holder_id),
            organisation_id=one.holder_id,
            user_id=one.user_id,
            reader_id=one.reader_id,
            kind=Unusual.Kind.NO_GROUND,
            files=1,
            times=1,
            sections=one.sections,
            first_at=one.at,
            last_at=one.at,
            number=one.number,
            found_at=at,
        )
        for one in found
    )
    holders = [one.holder_id for one in found]
    _tell(What.GROUNDS, begins, ends, seen, holders, by=by, at=at)
    return len(found)


@transaction.atomic
def look_at_weeks(*, by: Actor, at: datetime) -> int:
    """Each week that is over and was not looked at, from its Monday to the next, where the
    programme works; at first, the last one. Returns how many lines stand out."""
    _one_at_a_time(by)
    number = 0
    for begins, ends in queries.weeks_to_look_at(actor=by, at=at - SETTLED):
        found = queries.unusual(begins, ends, actor=by)
        _keep(
            Unusual(
                id=_id("week", begins, one.organisation_id, one.user_id, one.kind),
                organisation_id=one.organisation_id,
                user_id=one.user_id,
                reader_id=one.organisation_id,
                kind=one.kind,
                files=one.files,
                times=one.times,
                first_at=one.first_at,
                last_at=one.last_at,
                found_at=at,
            )
            for one in found
        )
        holders = [one.organisation_id for one in found]
        _tell(What.WEEK, begins, ends, {}, holders, by=by, at=at)
        number += len(found)
    return number


@transaction.atomic
def say(unusual_id: UUID, outcome: str, *, by: Actor, at: datetime) -> None:
    """What it was, said once by somebody else than the worker. WrongState when it was said."""
    policy.can_look(by).or_raise()
    waiting = Unusual.objects.filter(pk=unusual_id, outcome="")
    if not waiting.update(outcome=outcome, outcome_by=by.user_id, outcome_at=at):
        raise WrongState(policy.SAID)
    audit.record("opening.looked_at", by=by, records=[unusual_id], basis=outcome)


def _one_at_a_time(by: Actor) -> None:
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOOKING])


def _keep(rows: Iterable[Unusual]) -> None:
    Unusual.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(
    what: Look.What,
    begins: datetime,
    ends: datetime,
    seen: dict[UUID, int],
    holders: list[UUID],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Each organisation is told that it was looked at, be it that nothing stood out."""
    Look.objects.bulk_create(
        [
            Look(
                id=_id("look", what, ends, organisation_id),
                what=what,
                organisation_id=organisation_id,
                from_at=begins,
                until_at=ends,
                looked_at=at,
                seen=seen.get(organisation_id, 0),
                found=holders.count(organisation_id),
            )
            for organisation_id in queries.overseen(actor=by)
        ],
        ignore_conflicts=True,
    )
    audit.record("openings.looked_at", by=by, basis=what)


def _id(*parts: object) -> UUID:
    """Of what it speaks of: two jobs at once write one row."""
    return uuid5(NAMESPACE_DNS, f"{'/'.join(map(str, parts))}.openings.spheres")
