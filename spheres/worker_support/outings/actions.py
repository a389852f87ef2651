"""What can be done with an outing? Begun, watched, made longer, ended; then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.regions import queries as regions
from spheres.vault import actions as vault
from spheres.worker_support.outings import policy, queries
from spheres.worker_support.outings.models import KEPT, LEADS_AFTER, Line, Outing


@dataclass(frozen=True)
class Begun:
    """What the page says: never whom she meets, nor an address."""

    id: UUID
    place: str
    returns_at: datetime
    buddy_id: UUID
    line: str = ""


@transaction.atomic(savepoint=False)
def begin(begun: Begun, *, by: Actor, at: datetime) -> UUID:
    """Go out alone, and ask a colleague to watch. Sent twice, it is one outing."""
    policy.can_go_out(by).or_raise()
    _must_be_able_to_watch(begun.buddy_id, by=by, at=at)
    already = queries.mine(actor=by)
    if already is not None and already.pk != begun.id:
        raise WrongState(_("You are out already: say first that you are back."))
    outing = Outing(
        id=begun.id,
        user_id=by.user_id,
        organisation_id=by.organisation_id,
        place=begun.place,
        begun_at=at,
        buddy_id=begun.buddy_id,
        asked_at=at,
        **_hours(begun.returns_at),
    )
    if create_once(outing):
        _leave(begun.line, outing, at)
        audit.record("outing.begun", by=by, records=[outing.pk])
    return begun.id


@transaction.atomic(savepoint=False)
def ask(outing_id: UUID, buddy_id: UUID, line: str = "", *, by: Actor, at: datetime) -> None:
    """Ask another colleague: the first one sees no more of it, and the line is written anew."""
    outing = queries.lock(outing_id, actor=by)
    policy.can_change(by, outing).or_raise()
    if outing.buddy_id == buddy_id and outing.answer != Outing.Answer.CANNOT:
        return
    _must_be_able_to_watch(buddy_id, by=by, at=at)
    Line.objects.filter(outing_id=outing_id).delete()
    _change(outing, buddy_id=buddy_id, asked_at=at, answer=Outing.Answer.NONE, answered_at=None)
    _leave(line, outing, at)
    audit.record("outing.asked", by=by, records=[outing_id])


@transaction.atomic(savepoint=False)
def answer(outing_id: UUID, watches: bool, *, by: Actor, at: datetime) -> None:
    """«I am watching», or «I cannot». Pressed twice, it is said once."""
    outing = queries.lock(outing_id, actor=by)
    policy.can_answer(by, outing).or_raise()
    said = Outing.Answer.WATCHES if watches else Outing.Answer.CANNOT
    if outing.answer == said:
        return
    _change(outing, answer=said, answered_at=at)
    audit.record("outing.answered", by=by, records=[outing_id], basis=said)


@transaction.atomic(savepoint=False)
def make_longer(outing_id: UUID, minutes: int, *, by: Actor, at: datetime) -> None:
    """Half an hour or an hour more, in one press: from the hour said, or from now when past it."""
    outing = queries.lock(outing_id, actor=by)
    policy.can_change(by, outing).or_raise()
    returns_at = max(outing.returns_at, at) + timedelta(minutes=minutes)
    _change(outing, **_hours(returns_at))
    audit.record("outing.longer", by=by, records=[outing_id])


@transaction.atomic(savepoint=False)
def end(outing_id: UUID, *, by: Actor, at: datetime) -> None:
    """«I am back», or «they are safe». Pressed twice, it is said once; the line is gone."""
    outing = queries.lock(outing_id, actor=by)
    if outing.ended_at is not None:
        return
    policy.can_end(by, outing).or_raise()
    Line.objects.filter(outing_id=outing_id).delete()
    audit.record("outing.ended", by=by, records=[outing_id])
    _change(outing, ended_at=at, ended_by=by.user_id)


def forget(*, at: datetime) -> None:
    """Nobody reads how often a worker goes out: seven days later nothing is left of it."""
    Line.objects.filter(written_at__lte=at - KEPT).delete()
    Outing.objects.filter(returns_at__lte=at - KEPT).delete()


def _hours(returns_at: datetime) -> dict[str, datetime]:
    grace = timedelta(minutes=regions.region().outing_grace_minutes)
    return {
        "returns_at": returns_at,
        "asks_buddy_at": returns_at + grace,
        "asks_leads_at": returns_at + max(grace, LEADS_AFTER),
    }


def _change(outing: Outing, **said: object) -> None:
    for name, value in said.items():
        setattr(outing, name, value)
    outing.save(update_fields=list(said))


def _leave(text: str, outing: Outing, at: datetime) -> None:
    if not text:
        return
    row = Line(
        id=uuid4(), outing_id=outing.pk, user_id=outing.user_id, buddy_id=outing.buddy_id,
        written_at=at,
    )  # fmt: skip
    vault.lock(row, text=text)
    Line.objects.bulk_create([row])


def _must_be_able_to_watch(buddy_id: UUID, *, by: Actor, at: datetime) -> None:
    if buddy_id not in dict(queries.who_may_watch(actor=by, at=at)):
        raise WrongState(_("This colleague no longer works here: ask another."))
