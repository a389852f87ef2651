"""How is a demand about one file weighed, told to the person, produced or objected to, ended?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.privacy.legal_demands import policy, queries, registers
from spheres.privacy.legal_demands.actions.writing import Weighed, tell, write
from spheres.privacy.legal_demands.models import (
    Informing,
    MatterStatus,
    Production,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.queries import Answered
from spheres.sharing import holding
from spheres.sharing.models import Seat
from spheres.vault import actions as vault

Status = MatterStatus.Status
SEATED_FOR: Final = timedelta(days=60)


@dataclass(frozen=True)
class Informed:
    """Whether the person was told, how; or why not for now, until when."""

    id: UUID
    way: str
    words: str
    ground: str = ""
    look_again_on: date | None = None
    support: str = ""


@transaction.atomic
def weigh(answered: Answered, said: Weighed, *, by: Actor, at: datetime) -> bool:
    """Write one thing that was weighed: dated, in one’s name, never edited."""
    policy.can_write_step(by, answered.facts, said.kind).or_raise()
    queries.lock(answered)
    if not write(answered.row, said, by=by, at=at):
        return False
    tell("legal_demand.weighed", answered.row, by=by, basis=said.kind)
    return True


@transaction.atomic
def inform(answered: Answered, said: Informed, *, by: Actor, at: datetime) -> bool:
    """Write whether the person was told, and what help was offered; or why not for now."""
    policy.can_inform(by, answered.facts).or_raise()
    row = Informing(
        id=said.id,
        file_id=answered.row.file_id,
        matter=answered.row,
        way=said.way,
        ground=said.ground,
        look_again_on=said.look_again_on,
        support=said.support,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, words=said.words)
    if not create_once(row):
        return False
    tell("legal_demand.told_her", answered.row, by=by)
    return True


@transaction.atomic
def prepare(
    answered: Answered, production_id: UUID, content: str, digest: str, records: Sequence[UUID],
    *, by: Actor, at: datetime,
) -> bool:  # fmt: skip
    """Freeze what would be produced, for a second person to release. Sent twice, it is one."""
    if any(one.pk == production_id for one in answered.productions):
        return False
    policy.can_produce(by, answered.facts).or_raise()
    status = queries.lock(answered)
    row = Production(
        id=production_id,
        file_id=answered.row.file_id,
        matter=answered.row,
        number=len(answered.productions) + 1,
        records=list(records),
        digest=digest,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, content=content)
    if not create_once(row):
        return False
    move(status, Status.PREPARED, by=by, at=at)
    tell("legal_demand.prepared", answered.row, row.pk, *records, by=by)
    return True


@transaction.atomic
def decide(
    answered: Answered, verdict_id: UUID, outcome: str, words: str, *, by: Actor, at: datetime
) -> bool:
    """A second person releases what was prepared, or sends it back with reasons."""
    if any(one.pk == verdict_id for one in answered.verdicts):
        return False
    releases = outcome == Verdict.Outcome.RELEASED
    may = policy.can_release if releases else policy.can_decide
    may(by, answered.facts).or_raise()
    status, last = queries.lock(answered), answered.production
    assert last is not None
    row = Verdict(
        id=verdict_id,
        file_id=answered.row.file_id,
        matter=answered.row,
        production=last,
        outcome=outcome,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, words=words)
    if not create_once(row):
        raise WrongState(policy.ENDED)
    move(status, Status.RELEASED if releases else Status.FROZEN, by=by, at=at)
    tell("legal_demand.decided", answered.row, last.pk, by=by, basis=outcome)
    return True


@transaction.atomic
def object_to(answered: Answered, said: Weighed, *, by: Actor, at: datetime) -> bool:
    """In place of a production: its main ground, its reasons, a letter. A line of her register."""
    if not _go_on(answered, said, Status.OBJECTED, policy.can_object, by=by, at=at):
        return False
    registers.refused(answered.row, said.id, by=by, at=at)
    return True


@transaction.atomic
def hand_over(answered: Answered, said: Weighed, *, by: Actor, at: datetime) -> bool:
    """What was released reached who demanded it, that day: a line of her register."""
    if not _go_on(answered, said, Status.DELIVERED, policy.can_hand_over, by=by, at=at):
        return False
    registers.told(answered.row, by=by, at=at)
    return True


@transaction.atomic
def lapse(answered: Answered, said: Weighed, *, by: Actor, at: datetime) -> bool:
    """Who demanded it takes it back: nothing goes."""
    return _go_on(answered, said, Status.LAPSED, policy.can_lapse, by=by, at=at)


@transaction.atomic
def close(answered: Answered, said: Weighed, *, by: Actor, at: datetime) -> bool:
    """The end of it: the hold goes on, for a reason, or another person ends it; the seats end."""
    if not _go_on(answered, said, Status.CLOSED, policy.can_close, by=by, at=at):
        return False
    if said.code == Step.Code.ENDS:
        holding.ask_to_end(answered.row.pk, by=by)
    _leave(answered, by=by, at=at)
    return True


@transaction.atomic
def end_as_same(
    answered: Answered, said: Weighed, same_id: UUID, *, by: Actor, at: datetime
) -> bool:
    """It is another one again, linked twice: that one goes on. The hold stays as long as it does;
    what she is told of the one, she is told of both."""
    if any(one.pk == said.id for one in answered.steps):
        return False
    policy.can_end_as_same(by, answered.facts).or_raise()
    if same_id not in {one.row.pk for one in queries.others_open(answered, actor=by)}:
        raise WrongState(policy.ENDED)
    locked = queries.lock(answered)
    if not write(answered.row, said, by=by, at=at):
        return False
    move(locked, Status.CLOSED, by=by, at=at, same_id=same_id)
    tell("legal_demand.same", answered.row, same_id, by=by)
    _leave(answered, by=by, at=at)
    return True


def _leave(answered: Answered, *, by: Actor, at: datetime) -> None:
    """The seats end: those of others first, for whoever has left ends nobody’s."""
    live = Seat.objects.filter(matter_id=answered.row.pk, ended_at=None)
    live.exclude(user_id=by.user_id).update(ended_at=at, ended_by=by.user_id)
    live.filter(user_id=by.user_id).update(ended_at=at, ended_by=by.user_id)


def _go_on(answered, said, status, may, *, by, at):  # type: ignore[no-untyped-def]
    if any(one.pk == said.id for one in answered.steps):
        return False
    may(by, answered.facts).or_raise()
    locked = queries.lock(answered)
    if not write(answered.row, said, by=by, at=at):
        return False
    move(locked, status, by=by, at=at)
    if status != Status.CLOSED:
        # Answered, or taken back: what sits there reads no note any more.
        live = Seat.objects.filter(matter_id=answered.row.pk, ended_at=None, narrowed_at=None)
        live.update(narrowed_at=at)
    tell(f"legal_demand.{said.kind.lower()}", answered.row, by=by)
    return True


def copied(answered: Answered, production: Production, *, by: Actor) -> None:
    """Say that what was released was put on paper, in her journal."""
    tell("legal_demand.on_paper", answered.row, production.pk, by=by)
