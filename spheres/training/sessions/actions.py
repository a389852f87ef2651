"""What is done with a session? Planned, enrolled in, left, attended, handed on, called off, closed.

Places are given by the database, in the name of what gives them: its index numbers each place once,
and whoever enrols reads nothing of the others.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.records.between import trained
from spheres.training.sessions import policy, queries
from spheres.training.sessions.models import CostLine, Enrolment, Outsider, TrainingSession
from spheres.vault import actions as vault

Status = Enrolment.Status


@dataclass(frozen=True)
class Planned:
    """What is taught, when, to how many, where, by whom; who teaches first comes first."""

    id: UUID
    topic_id: UUID
    mode: str
    language: str
    starts_at: datetime
    ends_at: datetime
    places: int
    where: str
    host_id: UUID
    trainer_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Moved:
    """Another day, other hours, another place, or more or fewer places."""

    starts_at: datetime
    ends_at: datetime
    mode: str
    where: str
    places: int


@dataclass(frozen=True)
class FromOutside:
    """Somebody from outside, as they say it themselves; a way of reaching them may be left out by
    whoever adds them in the room."""

    name: str
    organisation: str
    environment: str
    language: str
    reach: str = ""
    region: str = ""


@transaction.atomic
def plan(planned: Planned, *, by: Actor, at: datetime) -> None:
    """A session is planned. Sent twice, it is planned once."""
    policy.can_plan(by).or_raise()
    policy.can_plan_for(by, planned.trainer_ids).or_raise()
    row = TrainingSession(
        **vars(planned) | {"trainer_ids": list(dict.fromkeys(planned.trainer_ids))},
        link=secrets.token_urlsafe(16),
        planned_by=by.user_id,
        planned_at=at,
    )
    if create_once(row):
        audit.record("training.planned", by=by, records=[row.pk])


@transaction.atomic
def enrol(of: TrainingSession, *, by: Actor, at: datetime) -> None:
    """By oneself: a place, or the end of the waiting list. Pressed twice, it is once."""
    policy.can_enrol(by, of, at=at).or_raise()
    _enrol(of, [by.user_id], by=by, at=at)


@transaction.atomic
def enrol_team(of: TrainingSession, people: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Those who work where one leads, in the order in which they are named."""
    policy.can_enrol_team(by, of, at=at).or_raise()
    shown = queries.session(of.pk, actor=by, counted=False)
    known = (
        {user_id for user_id, *_said in queries.team(shown, actor=by, at=at)} if shown else set()
    )
    if not known.issuperset(people):
        raise WrongState(HAS_CHANGED)
    _enrol(of, people, by=by, at=at)


def _enrol(of: TrainingSession, people: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    languages = queries.languages_of(people)
    rows = [
        Enrolment(
            id=queries.of_user(of.pk, user_id), session_id=of.pk, user_id=user_id,
            organisation_id=by.organisation_id, language=languages.get(user_id, of.language),
        )
        for user_id in people
    ]  # fmt: skip
    audit.record("training.enrolled", by=by, records=[row.pk for row in rows])
    with queries.seating():
        held = _lock_to_come(of.pk, at=at)
        for row in rows:
            _seat(held, row, by=by, at=at)


@transaction.atomic
def enrol_from_outside(
    training_id: UUID, said: FromOutside, *, by: Actor, at: datetime
) -> Enrolment:
    """Somebody without an account, by the link: once, however they write their address."""
    row = Enrolment(
        id=queries.of_outsider(training_id, said.reach), session_id=training_id,
        environment=said.environment, region=said.region, language=said.language,
    )  # fmt: skip
    with queries.seating():
        held = _lock_to_come(training_id, at=at)
        is_new, row = _seat(held, row, by=by, at=at)
    if is_new:
        _write_down(held, row.pk, said, at=at)
        audit.record("training.enrolled", by=by, records=[row.pk])
    return row


def _write_down(
    of: TrainingSession, enrolment_id: UUID, said: FromOutside, *, at: datetime
) -> None:
    who = Outsider(id=enrolment_id, session_id=of.pk, ends_at=of.ends_at, agreed_at=at)
    vault.lock(who, name=said.name, reach=said.reach, organisation=said.organisation)
    create_once(who)


def _lock_to_come(training_id: UUID, *, at: datetime) -> TrainingSession:
    held = queries.lock(training_id)
    allowed = policy.is_to_come(held, at=at)
    if not allowed:
        raise WrongState(allowed.reason)
    return held


def _seat(
    of: TrainingSession, row: Enrolment, *, by: Actor, at: datetime
) -> tuple[bool, Enrolment]:
    """A place if one is free, else the waiting list; whoever stands there already keeps theirs."""
    seat = queries.free_seat(of)
    said = {"seat": seat, "asked_by": by.user_id, "asked_at": at}
    status = Status.WAITING if seat is None else Status.ENROLLED
    standing = Enrolment.objects.filter(pk=row.pk).first()
    if standing is None:
        row.status, row.status_by, row.status_at = status, by.user_id, at
        for name, value in said.items():
            setattr(row, name, value)
        return create_once(row), row
    if standing.status == Status.LEFT:
        move(standing, status, by=by, at=at, **said)
    return False, standing


@transaction.atomic
def leave(of: TrainingSession, *, by: Actor, at: datetime) -> None:
    """One does not come any more: the place goes to whoever has waited longest."""
    policy.can_enrol(by, of, at=at).or_raise()
    audit.record("training.left", by=by, records=[queries.of_user(of.pk, by.user_id)])
    _leave(of.pk, queries.of_user(of.pk, by.user_id), by=by, at=at)


@transaction.atomic
def leave_from_outside(training_id: UUID, reach: str, *, by: Actor, at: datetime) -> None:
    """The same, for whoever gave this address or number; of one that nobody gave, nothing."""
    enrolment_id = queries.of_outsider(training_id, reach)
    audit.record("training.left", by=by, records=[enrolment_id])
    _leave(training_id, enrolment_id, by=by, at=at)


@transaction.atomic
def take_off(of: TrainingSession, enrolment_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody told whoever keeps the list that they do not come."""
    policy.can_keep_list(by, of).or_raise()
    policy.is_to_come(of, at=at).or_raise()
    audit.record("training.left", by=by, records=[enrolment_id])
    _leave(of.pk, enrolment_id, by=by, at=at)


def _leave(training_id: UUID, enrolment_id: UUID, *, by: Actor, at: datetime) -> None:
    with queries.seating():
        held = _lock_to_come(training_id, at=at)
        row = Enrolment.objects.filter(pk=enrolment_id, session_id=training_id).first()
        if row is None or row.status == Status.LEFT:
            return
        move(row, Status.LEFT, by=by, at=at, seat=None)
        _fill(held, by=by, at=at)


def _fill(held: TrainingSession, *, by: Actor, at: datetime) -> None:
    """Each place that is free goes to whoever has waited longest."""
    seat, first = queries.free_seat(held), queries.first_waiting(held)
    while seat is not None and first is not None:
        move(first, Status.ENROLLED, by=by, at=at, seat=seat)
        seat, first = queries.free_seat(held), queries.first_waiting(held)


@transaction.atomic
def change(of: TrainingSession, to: Moved, *, by: Actor, at: datetime) -> None:
    """Another day or place: the list stays, and all who are on it read it. When places are added,
    whoever waits has them; never fewer than were given. Pressed twice, it is said once."""
    policy.can_change(by, of, at=at).or_raise()
    policy.is_to_come(of, at=at).or_raise()
    audit.record("training.moved", by=by, records=[of.pk])
    with queries.seating():
        held = _lock_to_come(of.pk, at=at)
        if to.places < queries.taken(held):
            raise WrongState(policy.too_few(queries.taken(held)))
        stood = {name: getattr(held, name) for name in vars(to)}
        for name, value in vars(to).items():
            setattr(held, name, value)
        if stood | {"places": to.places} != vars(to):
            held.moved_by, held.moved_at = by.user_id, at
            held.times_moved += 1
        held.save(update_fields=[*vars(to), "moved_by", "moved_at", "times_moved"])
        _fill(held, by=by, at=at)


@transaction.atomic
def reassign(of: TrainingSession, trainers: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Somebody else teaches, in one step: the list stays as it is, and all who are on it see it."""
    policy.can_change(by, of, at=at).or_raise()
    audit.record("training.reassigned", by=by, records=[of.pk])
    with queries.seating():
        held = queries.lock(of.pk)
        held.trainer_ids = list(dict.fromkeys(trainers))
        held.reassigned_by, held.reassigned_at = by.user_id, at
        held.save(update_fields=["trainer_ids", "reassigned_by", "reassigned_at"])


@transaction.atomic
def cancel(of: TrainingSession, *, by: Actor, at: datetime) -> None:
    """It is not held: it stays, so that nobody waits for it. Pressed twice, it is off once."""
    if of.is_off:
        return
    held = queries.lock(of.pk)
    policy.can_change(by, held, at=at).or_raise()
    held.cancelled_by, held.cancelled_at = by.user_id, at
    held.save(update_fields=["cancelled_by", "cancelled_at"])
    audit.record("training.cancelled", by=by, records=[of.pk])


@transaction.atomic
def note_who_came(of: TrainingSession, came: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Whoever keeps the list says who came, all at once; said again, the last one stands."""
    policy.can_note(by, of, at=at).or_raise()
    audit.record("training.noted", by=by, records=[of.pk])
    with queries.seating():
        held = queries.lock(of.pk)
        _must_be_open(held)
        rows = Enrolment.objects.filter(session_id=held.pk).exclude(status=Status.LEFT)
        for row in rows.order_by("pk"):
            if (row.status == Status.CAME) == (row.pk in came):
                continue
            back = Status.ENROLLED if row.seat is not None else Status.LEFT
            move(row, Status.CAME if row.pk in came else back, by=by, at=at)


@transaction.atomic
def add_in_the_room(
    enrolment_id: UUID, of: TrainingSession, said: FromOutside, *, by: Actor, at: datetime
) -> None:
    """Somebody who came without having enrolled, and agrees to be on the list; once for one form,
    and for one address."""
    policy.can_note(by, of, at=at).or_raise()
    of_one = queries.of_outsider(of.pk, said.reach) if said.reach else enrolment_id
    said_of = {"environment": said.environment, "region": said.region, "language": said.language}
    row = Enrolment(id=of_one, session_id=of.pk, **said_of)
    with queries.seating():
        is_new = _has_come(of.pk, row, by=by, at=at)
    if is_new:
        _write_down(of, row.pk, said, at=at)
    audit.record("training.noted", by=by, records=[row.pk])


@transaction.atomic
def come(of: TrainingSession, *, by: Actor, at: datetime) -> None:
    """«I am here», by the code of the room: on the list or not, whoever works here came."""
    policy.can_look(by).or_raise()
    language = queries.languages_of([by.user_id]).get(by.user_id, of.language)
    row = Enrolment(
        id=queries.of_user(of.pk, by.user_id), session_id=of.pk, user_id=by.user_id,
        organisation_id=by.organisation_id, language=language,
    )  # fmt: skip
    audit.record("training.came", by=by, records=[row.pk])
    with queries.seating():
        _has_come(of.pk, row, by=by, at=at)


@transaction.atomic
def come_from_outside(training_id: UUID, reach: str, *, by: Actor, at: datetime) -> bool:
    """The same on a telephone, without account: for those on the list alone; whether they are."""
    enrolment_id = queries.of_outsider(training_id, reach)
    with queries.seating():
        held = queries.lock(training_id)
        is_known = Enrolment.objects.filter(pk=enrolment_id, session_id=training_id).exists()
        if is_known and policy.is_around(held, at=at):
            _has_come(training_id, Enrolment(id=enrolment_id), by=by, at=at)
    if is_known:
        audit.record("training.came", by=by, records=[enrolment_id])
    return is_known


def _has_come(training_id: UUID, row: Enrolment, *, by: Actor, at: datetime) -> bool:
    """Whether they were not on the list yet."""
    _must_be_open(queries.lock(training_id))
    standing = Enrolment.objects.filter(pk=row.pk).first()
    if standing is not None:
        if standing.status != Status.CAME:
            move(standing, Status.CAME, by=by, at=at)
        return False
    row.status, row.status_by, row.status_at = Status.CAME, by.user_id, at
    row.asked_by, row.asked_at = by.user_id, at
    return create_once(row)


def _must_be_open(of: TrainingSession) -> None:
    if of.closed_at is not None or of.is_off:
        raise WrongState(HAS_CHANGED)


@transaction.atomic
def close(of: TrainingSession, *, by: Actor, at: datetime) -> None:
    """The list changes no more: whoever keeps who was trained is told of all who came, at once.
    Pressed twice, it is closed once."""
    if of.closed_at is not None:
        return
    held = queries.lock(of.pk)
    policy.can_close(by, held, at=at).or_raise()
    held.closed_by, held.closed_at = by.user_id, at
    held.save(update_fields=["closed_by", "closed_at"])
    shown = queries.session(of.pk, actor=by, counted=False)
    assert shown is not None
    lines = [one for one in queries.names(shown, actor=by) if one.row.status == Status.CAME]
    audit.record("training.closed", by=by, records=[of.pk])
    trained.took_part([_told(shown, one) for one in lines], by=by, at=at)


def _told(shown: queries.Shown, line: queries.Line) -> trained.TookPart:
    row = line.row
    return trained.TookPart(
        session_id=shown.row.pk,
        topic=shown.topic.slug,
        name=line.name,
        language=row.language,
        on=clock.day_of(shown.row.starts_at),
        user_id=row.user_id,
        organisation_id=row.organisation_id,
        organisation="" if row.user_id else line.place,
        environment=row.environment,
        region=row.region,
    )


@transaction.atomic
def say_costs(
    form_id: UUID, of: TrainingSession, cents: Mapping[str, int], *, by: Actor, at: datetime
) -> None:
    """What it costs, by kind; of what did not change, no line. Sent twice, it is said once."""
    policy.can_say_cost(by).or_raise()
    standing = queries.costs(of.pk, actor=by)
    made = [
        CostLine(
            id=uuid5(form_id, kind), session_id=of.pk, kind=kind, cents=amount,
            written_by=by.user_id, written_at=at,
        )
        for kind, amount in cents.items()
        if standing.get(kind, 0) != amount
    ]  # fmt: skip
    if [row for row in made if create_once(row)]:
        audit.record("training.cost_said", by=by, records=[of.pk])


@transaction.atomic
def expire(enrolment_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase the name of one person from outside and its key, if due; what is counted stays."""
    if enrolment_id not in vault.due(Outsider.KEEP, before=before, by=by):
        return False
    vault.erase(enrolment_id, kinds=[Outsider.KIND], basis="training_list.term", by=by, at=at)
    return True
