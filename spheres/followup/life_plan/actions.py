"""What can be done with a life plan? Dream, agree on a goal, choose a step, leave a trace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.life_plan import policy, queries
from spheres.followup.life_plan.models import (
    Aim,
    AimStatus,
    Course,
    Idea,
    Step,
    StepStatus,
    Task,
    TaskStatus,
    Trace,
)
from spheres.records import actions as records
from spheres.records.between import hooks
from spheres.records.models import Pen
from spheres.sharing.rules import NOTES, PLAN, STEPS
from spheres.vault import actions as vault

TEXTS = ("line", "her_words", "observation", "support")


@dataclass(frozen=True)
class Written:
    """What the form says. A dream asks for its line alone; a goal, for the day she agreed too."""

    id: UUID
    kind: str
    line: str
    occurred_at: datetime
    idea: str = Idea.UNKNOWN
    agreed_on: date | None = None
    domain: str = ""
    dream_id: UUID | None = None
    pen: str = Pen.TOGETHER
    her_words: str = ""
    observation: str = ""
    support: str = ""


@dataclass(frozen=True)
class StepSaid:
    """A small step: what, perhaps when, whose idea; chosen already, or proposed."""

    id: UUID
    line: str
    meant_on: date | None = None
    idea: str = Idea.UNKNOWN
    is_chosen: bool = False
    needs: Collection[str] = ()


@dataclass(frozen=True)
class TraceSaid:
    """What was done, in her words."""

    id: UUID
    words: str
    done_on: date
    pen: str = Pen.TOGETHER
    step_id: UUID | None = None


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Put a dream or a goal in her plan. A goal without her agreement is refused.

    Sent twice, it is one.
    """
    policy.can_put_in_plan(by, written.kind, written.agreed_on).or_raise()
    if _write(file_id, written, corrects=None, by=by, at=at):
        # What she writes alone, in her notebook, is no contact with anybody.
        was_contact = written.pen != Pen.WORKER and not by.is_participant
        hooks.signed(file_id, was_contact=was_contact, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Say it otherwise: its steps, its traces and where it is go on with it."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_say_otherwise(by, standing.status).or_raise()
    policy.can_put_in_plan(by, record.kind, written.agreed_on).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, AimStatus.Status.CORRECTED, by=by, at=at)
    return written.id


def _write(
    file_id: UUID, written: Written, *, corrects: Aim | None, by: Actor, at: datetime
) -> bool:
    record = Aim(
        id=written.id,
        file_id=file_id,
        kind=corrects.kind if corrects else written.kind,
        root_id=corrects.root_id if corrects else written.id,
        dream_id=written.dream_id,
        domain=written.domain,
        idea=written.idea,
        agreed_on=written.agreed_on,
        pen=written.pen,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(record, **{name: getattr(written, name) for name in TEXTS})
    said = {"file_id": file_id, "status_by": by.user_id, "status_at": at}
    signed = AimStatus(record=record, status=AimStatus.Status.SIGNED, **said)
    courses = [] if corrects else [Course(aim=record, status=Course.Status.ALIVE, **said)]
    done = f"plan.{record.kind.lower()}_{'corrected' if corrects else 'written'}"
    return records.keep_signed(record, signed, done, section=PLAN, by=by, beside=courses)


@transaction.atomic(savepoint=False)
def move_aim(file_id: UUID, root_id: UUID, to: str, *, by: Actor, at: datetime) -> None:
    """Where a dream or a goal is now. Pressed twice, it is said once."""
    course = queries.lock_course(root_id, actor=by)
    if course.status == to:
        return
    policy.can_move_aim(by, course.status, to).or_raise()
    move(course, to, by=by, at=at)
    audit.record(
        f"plan.aim_{to.lower()}", by=by, file_id=file_id, sections=[PLAN], records=[root_id]
    )


@transaction.atomic(savepoint=False)
def add_step(file_id: UUID, root_id: UUID, said: StepSaid, *, by: Actor, at: datetime) -> UUID:
    """A small step towards it. Sent twice, it is one."""
    policy.can_write(by).or_raise()
    step = Step(
        id=said.id,
        file_id=file_id,
        aim_id=root_id,
        meant_on=said.meant_on,
        idea=said.idea,
        needs=list(said.needs) or None,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(step, line=said.line)
    if create_once(step):
        status = StepStatus.Status.CHOSEN if said.is_chosen else StepStatus.Status.PROPOSED
        StepStatus.objects.bulk_create(
            [
                StepStatus(
                    step=step, file_id=file_id, status=status, status_by=by.user_id, status_at=at
                )
            ]
        )
        audit.record(
            "plan.step_added",
            by=by,
            file_id=file_id,
            sections=[STEPS],
            records=[step.pk],
            digest=vault.digest(step),
        )
    return said.id


@transaction.atomic(savepoint=False)
def move_step(file_id: UUID, step_id: UUID, to: str, *, by: Actor, at: datetime) -> None:
    """Choose it, set it aside, take it up again; done, it leaves a trace of the day by itself.

    Pressed twice, it is said once.
    """
    standing = queries.lock_step(step_id, actor=by)
    if standing.status == to:
        return
    policy.can_move_step(by, standing.status, to).or_raise()
    move(standing, to, by=by, at=at)
    touched = [step_id]
    if to == StepStatus.Status.DONE:
        step = queries.step(step_id, file_id, actor=by)
        assert step is not None  # its standing is held
        trace = Trace(
            id=uuid4(),
            file_id=file_id,
            aim_id=step.aim_id,
            step=step,
            done_on=clock.day_of(at),
            pen=Pen.HER if by.is_participant else Pen.TOGETHER,
            written_by=by.user_id,
            written_at=at,
        )
        Trace.objects.bulk_create([trace])
        touched = [trace.pk, step_id]
    audit.record(
        f"plan.step_{to.lower()}", by=by, file_id=file_id, sections=[STEPS], records=touched
    )


@transaction.atomic(savepoint=False)
def leave_trace(file_id: UUID, root_id: UUID, said: TraceSaid, *, by: Actor, at: datetime) -> UUID:
    """Keep what was done, in her words. Sent twice, it is kept once."""
    policy.can_write(by).or_raise()
    trace = Trace(
        id=said.id,
        file_id=file_id,
        aim_id=root_id,
        step_id=said.step_id,
        done_on=said.done_on,
        pen=said.pen,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(trace, words=said.words)
    if create_once(trace):
        audit.record(
            "plan.trace_left",
            by=by,
            file_id=file_id,
            sections=[STEPS],
            records=[trace.pk],
            digest=vault.digest(trace),
        )
    return said.id


@transaction.atomic(savepoint=False)
def keep_for_me(file_id: UUID, task_id: UUID, line: str, *, by: Actor, at: datetime) -> UUID:
    """What is not her goal is the worker's own to do: never in her plan. Sent twice, it is one."""
    policy.can_write(by).or_raise()
    task = Task(
        id=task_id, file_id=file_id, worker_id=by.user_id, written_by=by.user_id, written_at=at
    )
    vault.lock(task, line=line)
    if create_once(task):
        TaskStatus.objects.bulk_create(
            [
                TaskStatus(
                    task=task,
                    file_id=file_id,
                    status=TaskStatus.Status.OPEN,
                    status_by=by.user_id,
                    status_at=at,
                )
            ]
        )
        records.discard_draft(task_id, by=by)
        audit.record(
            "task.kept",
            by=by,
            file_id=file_id,
            sections=[NOTES],
            records=[task.pk],
            digest=vault.digest(task),
        )
    return task_id


@transaction.atomic(savepoint=False)
def move_task(file_id: UUID, task: Task, to: str, *, by: Actor, at: datetime) -> None:
    """Say what became of it. Pressed twice, it is said once."""
    standing = queries.lock_task(task.pk, actor=by)
    if standing.status == to:
        return
    policy.can_move_task(by, task.worker_id, standing.status, to).or_raise()
    move(standing, to, by=by, at=at)
    audit.record(f"task.{to.lower()}", by=by, file_id=file_id, sections=[NOTES], records=[task.pk])
