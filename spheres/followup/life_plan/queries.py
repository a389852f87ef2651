"""How is her life plan found: whole, one dream or goal, what is coming on a worker's day?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.life_plan.models import (
    Aim,
    AimStatus,
    Course,
    Step,
    StepStatus,
    Task,
    TaskStatus,
    Trace,
)
from spheres.participants.queries import OVER
from spheres.records import queries as kept
from spheres.records.between import gathering, places
from spheres.records.between.serving import Serving
from spheres.vault.models import Lockable

MOST_AIMS: Final = 60
MOST_STEPS: Final = 200
MOST_TRACES: Final = 100
MOST_TASKS: Final = 100
AIMS, COURSES, STEPS, STANDINGS, TRACES = (
    "aims", "where aims are", "steps", "where steps are", "traces",
)  # fmt: skip
# What is asked with her plan. Steps and traces of an aim that is folded are not shown either.
OF_PLAN: Final = {
    AIMS: (
        Aim,
        f"""
select a.* from life_plan_aim a join life_plan_aimstatus s on s.record_id = a.id
where a.file_id = %(file)s and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or a.written_at >= %(since)s)
order by a.occurred_at, a.written_at, a.id limit {MOST_AIMS}""",  # noqa: S608 -- a number of ours
    ),
    COURSES: (Course, "select c.* from life_plan_course c where c.file_id = %(file)s"),
    STEPS: (
        Step,
        f"""
select t.* from life_plan_step t where t.file_id = %(file)s
order by t.written_at desc, t.id limit {MOST_STEPS}""",  # noqa: S608 -- a number of ours
    ),
    STANDINGS: (StepStatus, "select s.* from life_plan_stepstatus s where s.file_id = %(file)s"),
    TRACES: (
        Trace,
        f"""
select t.* from life_plan_trace t where t.file_id = %(file)s
order by t.done_on desc, t.written_at desc, t.id limit {MOST_TRACES}""",  # noqa: S608 -- a number of ours
    ),
}

# The needs that steps are for: to come, or done.
ANSWERED: Final = """
select t.file_id, n.need, case s.status when 'DONE' then s.status_at end
from life_plan_step t
join life_plan_stepstatus s on s.step_id = t.id
join life_plan_course c on c.aim_id = t.aim_id, unnest(t.needs) as n(need)
where s.status = 'DONE' or (s.status in ('PROPOSED', 'CHOSEN') and c.status = 'ALIVE')"""

COMING, TO_DO = "coming steps", "worker tasks"
TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
DAYS_BEFORE, DAYS_AHEAD, MOST = 14, 7, 30
# Nothing is expected any more of a step written before she left, closed or died.
GOES_ON: Final = f"""not exists (
  select from participants_followupstatus e where e.file_id = t.file_id
    and e.status_at >= t.written_at
    and e.status in ({", ".join(f"'{status}'" for status in sorted(OVER))}))"""
STEPS_OF_DAY: Final = f"""
select json_build_object('file_id', t.file_id, 'meant_on', t.meant_on)
from life_plan_step t
join life_plan_stepstatus s on s.step_id = t.id
join life_plan_course c on c.aim_id = t.aim_id
where s.status = 'CHOSEN' and c.status = 'ALIVE'
  and t.meant_on between {TODAY} - {DAYS_BEFORE} and {TODAY} + {DAYS_AHEAD} and {GOES_ON}
order by t.meant_on, t.id limit {MOST}"""  # noqa: S608 -- every name is ours
TASKS_OF_DAY: Final = f"""
select json_build_object('file_id', t.file_id)
from life_plan_task t join life_plan_taskstatus s on s.task_id = t.id
where s.status = 'OPEN' and t.worker_id = %(user)s and {GOES_ON}
order by t.written_at, t.id limit {MOST}"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Going:
    """A step and where it is, with what was told of it."""

    step: Step
    standing: StepStatus
    traces: list[Trace] = field(default_factory=list)
    serving: list[Serving] = field(default_factory=list)  # what else is under way for it


@dataclass(frozen=True)
class Held:
    """A dream or a goal as it is said today, where it is, its steps and its traces."""

    aim: Aim
    course: Course
    steps: list[Going]
    traces: list[Trace]  # those of no step
    goals: list[Held] = field(default_factory=list)  # of a dream
    serving: list[Serving] = field(default_factory=list)

    @property
    def is_alive(self) -> bool:
        return self.course.status == Course.Status.ALIVE

    @property
    def going(self) -> list[Going]:
        """Its steps to come: chosen first, then proposed; the ones with a day by their day."""
        order = (StepStatus.Status.CHOSEN, StepStatus.Status.PROPOSED)
        return sorted(
            (one for one in self.steps if one.standing.status in order),
            key=lambda one: (
                order.index(one.standing.status),
                one.step.meant_on or date.max,
                one.step.written_at,
            ),
        )

    @property
    def done(self) -> list[Going]:
        return [one for one in self.steps if one.standing.status == StepStatus.Status.DONE]

    @property
    def aside(self) -> list[Going]:
        return [one for one in self.steps if one.standing.status == StepStatus.Status.SET_ASIDE]


@dataclass(frozen=True)
class LifePlan:
    """All of it, still locked until the vault opens `rows`."""

    rows: list[Lockable]
    dreams: list[Held]  # with their goals under them
    goals: list[Held]  # of no dream
    aside: list[Held]  # dreams and goals set aside for now
    reached: list[Held]


def plan(
    file_id: UUID,
    *,
    actor: Actor,
    since: datetime | None = None,
    serving: Sequence[Serving] = (),
) -> LifePlan:
    """Her plan as it is said today; what was written before `since` is left folded.

    `serving` is what other folders say is under way for parts of it.
    """

    def served(one: UUID) -> list[Serving]:
        return [each for each in serving if each.towards_id == one]

    asked = {what: gathering.rows(what, file_id, actor=actor, since=since) for what in OF_PLAN}
    aims: list[Aim] = asked[AIMS]
    courses = {course.aim_id: course for course in asked[COURSES]}
    standings = {standing.step_id: standing for standing in asked[STANDINGS]}
    roots = {aim.root_id for aim in aims}
    steps = [step for step in asked[STEPS] if step.aim_id in roots and step.pk in standings]
    traces = [trace for trace in asked[TRACES] if trace.aim_id in roots]
    held = [
        Held(
            aim,
            courses[aim.root_id],
            [
                Going(
                    step,
                    standings[step.pk],
                    [t for t in traces if t.step_id == step.pk],
                    served(step.pk),
                )
                for step in steps
                if step.aim_id == aim.root_id
            ],
            [t for t in traces if t.step_id is None and t.aim_id == aim.root_id],
            serving=served(aim.root_id),
        )
        for aim in aims
        if aim.root_id in courses
    ]
    return _arranged([*aims, *steps, *traces], held)


def for_needs(
    file_id: UUID, *, actor: Actor, since: datetime | None = None
) -> list[tuple[Aim, Going]]:
    """The small steps that are for some needs, to come or done, and what each goes towards.

    From the rows of her plan, so that the page which opens them reads them once.
    """
    asked = {what: gathering.rows(what, file_id, actor=actor, since=since) for what in OF_PLAN}
    aims = {aim.root_id: aim for aim in asked[AIMS]}
    alive = {row.aim_id for row in asked[COURSES] if row.status == Course.Status.ALIVE}
    standings = {row.step_id: row for row in asked[STANDINGS]}
    found = [
        (aims[step.aim_id], Going(step, standings[step.pk]))
        for step in asked[STEPS]
        if step.needs and step.aim_id in aims and step.pk in standings
    ]
    return [
        (aim, going)
        for aim, going in found
        if going.standing.status == StepStatus.Status.DONE
        or (aim.root_id in alive and going.standing.status in StepStatus.BEGINS)
    ]


def without_aims(file_id: UUID, *, actor: Actor) -> list[Going]:
    """The small steps to come or done, and what was told of each: what they go towards unsaid."""
    asked = {w: gathering.rows(w, file_id, actor=actor) for w in (STEPS, STANDINGS, TRACES)}
    standings = {row.step_id: row for row in asked[STANDINGS]}
    return [
        Going(step, standings[step.pk], [t for t in asked[TRACES] if t.step_id == step.pk])
        for step in asked[STEPS]
        if step.pk in standings and standings[step.pk].status != StepStatus.Status.SET_ASIDE
    ]


def _arranged(rows: list[Lockable], held: list[Held]) -> LifePlan:
    alive = [one for one in held if one.is_alive]
    dreams = {one.aim.root_id: one for one in alive if one.aim.is_dream}
    goals = []
    for one in alive:
        if one.aim.is_dream:
            continue
        if one.aim.dream_id in dreams:
            dreams[one.aim.dream_id].goals.append(one)
        else:
            goals.append(one)
    return LifePlan(
        rows,
        list(dreams.values()),
        goals,
        [one for one in held if one.course.status == Course.Status.SET_ASIDE],
        [one for one in held if one.course.status == Course.Status.REACHED],
    )


def held(aim: Aim, *, actor: Actor) -> Held:
    """One dream or goal with its steps and traces; still locked, in three statements."""
    context.require(actor)
    steps = Step.objects.select_related("standing").filter(aim_id=aim.root_id)
    traces = list(
        Trace.objects.filter(aim_id=aim.root_id).order_by("-done_on", "-written_at", "pk")[
            :MOST_TRACES
        ]
    )
    return Held(
        aim,
        Course.objects.get(pk=aim.root_id),
        [
            Going(step, step.standing, [t for t in traces if t.step_id == step.pk])
            for step in steps.order_by("-written_at", "pk")[:MOST_STEPS]
        ],
        [t for t in traces if t.step_id is None],
    )


def rows_of(held: Held) -> list[Lockable]:
    """What the vault opens of one dream or goal."""
    traces = [trace for one in held.steps for trace in one.traces]
    return [held.aim, *(one.step for one in held.steps), *traces, *held.traces]


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Aim]:
    """Dreams and goals of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Aim.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def dreams(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Aim]:
    """The dreams a goal may go towards, as they are said today; still locked.

    Of somebody who came back, those she said since.
    """
    rows = of_file(file_id, actor=actor).filter(
        kind=Aim.Kind.DREAM, standing__status=AimStatus.Status.SIGNED
    )
    rows = kept.written_since(rows, since)
    return list(rows[:MOST_AIMS])


def alive(
    file_id: UUID, *, actor: Actor, since: datetime | None = None
) -> tuple[list[Aim], list[Step]]:
    """The dreams and goals on their way, and their steps to come; still locked, two statements.

    Of somebody who came back, those said since.
    """
    going = Course.objects.filter(file_id=file_id, status=Course.Status.ALIVE).values("aim_id")
    aims = of_file(file_id, actor=actor).filter(
        root_id__in=going, standing__status=AimStatus.Status.SIGNED
    )
    steps = Step.objects.filter(
        file_id=file_id, aim_id__in=going, standing__status__in=StepStatus.BEGINS
    ).order_by("-written_at", "pk")
    aims, steps = kept.written_since(aims, since), kept.written_since(steps, since)
    return list(aims[:MOST_AIMS]), list(steps[:MOST_STEPS])


def current(root_id: UUID, file_id: UUID, *, actor: Actor) -> Aim | None:
    """How one dream or goal is said today."""
    rows = of_file(file_id, actor=actor).filter(root_id=root_id)
    return rows.filter(standing__status=AimStatus.Status.SIGNED).first()


def step(step_id: UUID, file_id: UUID, *, actor: Actor) -> Step | None:
    """One step, when the database shows it; still locked."""
    context.require(actor)
    rows = Step.objects.select_related("standing").filter(file_id=file_id, pk=step_id)
    return rows.order_by("pk").first()


def tasks(file_id: UUID, *, actor: Actor) -> list[Task]:
    """What her workers do about her on their own side, what is to be done first; still locked."""
    context.require(actor)
    rows = Task.objects.select_related("standing").filter(file_id=file_id)
    found = list(rows.order_by("-written_at", "pk")[:MOST_TASKS])
    return sorted(found, key=lambda one: one.standing.status != TaskStatus.Status.OPEN)


def coming(*, actor: Actor, at: datetime) -> list[tuple[UUID, date]]:
    """Steps chosen for one of these days, the soonest first: whose, and when. Nothing is opened."""
    rows = places.rows_of_day(COMING, actor=actor, at=at)
    found = [(UUID(row["file_id"]), date.fromisoformat(row["meant_on"])) for row in rows]
    return sorted(found, key=lambda one: (one[1], one[0]))


def to_do(*, actor: Actor, at: datetime) -> list[UUID]:
    """The files about which this worker has something to do."""
    rows = places.rows_of_day(TO_DO, actor=actor, at=at)
    return sorted({UUID(row["file_id"]) for row in rows})


def lock(record_id: UUID, *, actor: Actor) -> AimStatus:
    """Where one saying stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(AimStatus.objects.filter(pk=record_id))


def lock_course(root_id: UUID, *, actor: Actor) -> Course:
    """Where a dream or a goal is, held until the transaction ends. WrongState as above."""
    context.require(actor)
    return states.lock(Course.objects.filter(pk=root_id))


def lock_step(step_id: UUID, *, actor: Actor) -> StepStatus:
    """Where a step is, held until the transaction ends. WrongState as above."""
    context.require(actor)
    return states.lock(StepStatus.objects.filter(pk=step_id))


def lock_task(task_id: UUID, *, actor: Actor) -> TaskStatus:
    """Where a task is, held until the transaction ends. WrongState as above."""
    context.require(actor)
    return states.lock(TaskStatus.objects.filter(pk=task_id))
