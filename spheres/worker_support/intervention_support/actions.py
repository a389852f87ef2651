"""What can be done with a request for advice? Leave it, answer it, hand it over, forget it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.records import codes
from spheres.records.between.lent import Work
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support import policy, queries
from spheres.worker_support.intervention_support.models import (
    AdviceFeedback,
    AdviceRequest,
    AdviceStanding,
    AdviceWord,
    Way,
)

Status = AdviceStanding.Status
Side = AdviceWord.Side


@dataclass(frozen=True)
class Asked:
    """What the form says: an age band, general words, and how to answer the professional."""

    id: UUID
    number: str
    age_band: str
    language: str
    worries: str
    role: str
    reach: str
    tried: str = ""
    category: str = ""
    way: str = Way.PHONE
    is_team: bool = False
    says_nobody: bool = False


@dataclass(frozen=True)
class Given:
    """One answer: by which way, its words when it waits under the code, what goes along."""

    id: UUID
    way: str
    words: str = ""
    works: Sequence[Work] = ()
    outcomes: Sequence[str] = ()
    is_ongoing: bool = False


@transaction.atomic
def ask(asked: Asked, *, desk: UUID, by: Actor, at: datetime) -> None:
    """Leave a request at the desk. The same form sent twice makes one request."""
    request = AdviceRequest(
        id=asked.id,
        number=asked.number,
        age_band=asked.age_band,
        language=asked.language,
        received_at=at,
        category=asked.category,
        way=asked.way,
        is_team=asked.is_team,
        says_nobody=asked.says_nobody,
    )
    vault.lock(
        request,
        worries=asked.worries,
        tried=asked.tried,
        role=asked.role,
        reach=asked.reach,
    )
    if not sharing.open_at_desk(asked.id, organisation_id=desk, role=Role.COORDINATOR, at=at):
        return
    AdviceRequest.objects.bulk_create([request])
    AdviceStanding.objects.bulk_create(
        [
            AdviceStanding(
                id=asked.id,
                due_on=clock.day_of(at) + term(),
                last_at=at,
                code=queries.digest_of(code_of(asked.id)),
                status=Status.WAITING,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    audit.record("advice.asked", by=by, records=[asked.id], digest=vault.digest(request))


@transaction.atomic
def answer(advice_id: UUID, given: Given, *, by: Actor, at: datetime) -> None:
    """Answer, once or several times. Sent twice, it is said once; whoever answers has taken it.

    Of a telephone call no content is kept: that it took place, what went along, what came of it.
    """
    standing = queries.lock(advice_id, actor=by)
    policy.can_give_advice(by, standing).or_raise()
    said = AdviceWord(
        id=uuid5(advice_id, given.id.hex),
        request_id=advice_id,
        side=Side.OURS,
        way=given.way,
        speed=_speed(standing, at),
        outcomes=list(given.outcomes),
        written_by=by.user_id,
        written_at=at,
    )
    words = "" if given.way == Way.PHONE else given.words
    vault.lock(said, words=words, works="\n".join(one.line for one in given.works))
    if not create_once(said):
        return
    stamped = {"last_at": at, "is_ongoing": given.is_ongoing}
    if standing.taken_by is None:
        stamped |= {"taken_by": by.user_id, "taken_at": at}
    if standing.status == Status.ANSWERED:
        _note(standing, **stamped)
    else:
        move(standing, Status.ANSWERED, by=by, at=at, **stamped)
    audit.record("advice.answered", by=by, records=[said.pk], digest=vault.digest(said))


def _speed(standing: AdviceStanding, at: datetime) -> str:
    """How long a question has waited; empty when nothing waits."""
    if standing.status != Status.WAITING:
        return ""
    day = clock.day_of(at)
    if day <= standing.due_on - term():
        return AdviceWord.Speed.SAME_DAY
    return AdviceWord.Speed.IN_TIME if day <= standing.due_on else AdviceWord.Speed.LATER


@transaction.atomic
def take(advice_id: UUID, *, by: Actor, at: datetime) -> None:
    """«I answer this one»: whoever had it before no longer reads it; what they wrote stays."""
    standing = queries.lock(advice_id, actor=by)
    policy.can_entrust_advice(by, standing).or_raise()
    if standing.taken_by == by.user_id:
        return
    sharing.take_back(advice_id, Handler.Kind.ANSWERS, at=at)
    _note(standing, taken_by=by.user_id, taken_at=at)
    audit.record("advice.taken", by=by, records=[advice_id])


@transaction.atomic
def hand(advice_id: UUID, *, to: UUID, by: Actor, at: datetime) -> None:
    """Name the worker who answers; the one before no longer reads it, the desk goes on reading."""
    standing = queries.lock(advice_id, actor=by)
    policy.can_entrust_advice(by, standing).or_raise()
    may_have = {one.user_id for one in queries.candidates(actor=by, at=at)}
    policy.can_be_named(to in may_have).or_raise()
    if to in queries.named(advice_id, actor=by):
        return
    sharing.take_back(advice_id, Handler.Kind.ANSWERS, at=at)
    sharing.give_to_person(advice_id, user_id=to, kind=Handler.Kind.ANSWERS, at=at)
    _note(standing, taken_by=to, taken_at=at)
    audit.record("advice.handed", by=by, records=[advice_id, to])


@transaction.atomic
def close(advice_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that it is done; the professional may still write again, and it then waits again."""
    standing = queries.lock(advice_id, actor=by)
    policy.can_close_advice(by, standing).or_raise()
    move(standing, Status.CLOSED, by=by, at=at)
    audit.record("advice.closed", by=by, records=[advice_id])


@transaction.atomic
def reopen(advice_id: UUID, *, by: Actor, at: datetime) -> None:
    """Open again what was closed; what had no answer waits for one again."""
    standing = queries.lock(advice_id, actor=by)
    policy.can_reopen_advice(by, standing).or_raise()
    waits = queries.waits(advice_id, actor=by)
    move(standing, Status.WAITING if waits else Status.ANSWERED, by=by, at=at)
    audit.record("advice.opened_again", by=by, records=[advice_id])


@transaction.atomic
def ask_more(advice_id: UUID, form_id: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """One more word of the professional's: it waits again, and the days to answer begin anew."""
    standing = queries.lock(advice_id, actor=by)
    policy.can_ask_more(by, standing).or_raise()
    said = AdviceWord(
        id=uuid5(advice_id, form_id.hex),
        request_id=advice_id,
        side=Side.THEIRS,
        way=Way.CODE,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(said, words=words, works="")
    if not create_once(said):
        return
    if standing.status == Status.WAITING:
        # Whoever has waited since before goes on waiting since then.
        _note(standing, last_at=at)
    else:
        due = clock.day_of(at) + term()
        move(standing, Status.WAITING, by=by, at=at, last_at=at, due_on=due)
    audit.record("advice.asked_more", by=by, records=[said.pk], digest=vault.digest(said))


@transaction.atomic
def be_done(advice_id: UUID, *, by: Actor, at: datetime) -> None:
    """The professional says that it is done; sent twice, it is said once."""
    standing = queries.lock(advice_id, actor=by)
    if standing.status == Status.CLOSED:
        return
    policy.can_be_done(by, standing).or_raise()
    move(standing, Status.CLOSED, by=by, at=at)
    audit.record("advice.done", by=by, records=[advice_id])


@transaction.atomic
def say_how_it_was(
    advice_id: UUID, *, clearer: str, equipped: str, desk: UUID, by: Actor, at: datetime
) -> None:
    """Two answers that are of nobody: nothing ties them to the request, not even the journal."""
    standing = queries.lock(advice_id, actor=by)
    if standing.has_said:
        return
    policy.can_say_how_it_was(by, standing).or_raise()
    _note(standing, has_said=True)
    AdviceFeedback.objects.bulk_create(
        [
            AdviceFeedback(
                id=uuid4(),
                organisation_id=desk,
                starts_on=clock.day_of(at).replace(day=1),
                clearer=clearer,
                equipped=equipped,
            )
        ]
    )


def _note(standing: AdviceStanding, **said: object) -> None:
    for name, value in said.items():
        setattr(standing, name, value)
    standing.save(update_fields=list(said))


@transaction.atomic
def expire(request_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase one request, its key and who handled it, if it is due; False when it is not."""
    if request_id not in vault.due(AdviceStanding.KEEP, before=before, by=by):
        return False
    sharing.take_back(request_id, Handler.Kind.DESK, Handler.Kind.ANSWERS, at=at)
    vault.erase(request_id, kinds=[AdviceRequest.KIND], basis="advice.term", by=by, at=at)
    return True


def term() -> timedelta:
    """In how many days the region says that advice is given."""
    return timedelta(days=regions.region().advice_answer_days)


def code_of(form_id: UUID) -> str:
    """The code of a receipt: the only way back to the answer, kept nowhere."""
    return codes.code_of("advice code", form_id)
