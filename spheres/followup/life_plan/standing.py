"""What does her life plan show on her plan, and on a worker's day?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.life_plan import policy, queries
from spheres.followup.life_plan.models import Aim, Step, StepStatus
from spheres.followup.life_plan.queries import Going, Held, LifePlan
from spheres.participants import queries as participants
from spheres.records.between import serving as records
from spheres.records.between.places import Block, Handed, Locked, Sheet
from spheres.records.between.serving import Serving, Wanted
from spheres.sharing.rules import STEPS
from spheres.ui import addresses, moments

Status = StepStatus.Status


def dreams(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """Dreams, goals, steps and traces, and what is under way for them: the first of her plan."""
    serving = records.under_way(file_id, actor=actor, since=since)
    plan = queries.plan(file_id, actor=actor, since=since, serving=serving)
    return Locked(
        rows=plan.rows,
        block=lambda: Block(
            "life_plan/block.html",
            {"plan": plan, "may_write": bool(policy.can_write(actor)), "may_open": True},
            on_paper=tuple(_sheets(plan)),
        ),
    )


def steps(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Serving]:
    """The small steps that are for some needs; their lines are opened with her plan."""
    return [
        Serving(
            what=partial(_step, going),
            url=addresses.to("life_plan:detail", file_id, aim.pk),
            needs=tuple(going.step.needs or ()),
            at=going.standing.status_at if going.standing.status == Status.DONE else None,
        )
        for aim, going in queries.for_needs(file_id, actor=actor, since=since)
    ]


def _step(one: Going) -> str:
    return _("%(step)s (%(stands)s)") % {
        "step": one.step.opened.line, "stands": one.standing.label.lower()
    }  # fmt: skip


def wanted(
    file_id: UUID, *, actor: Actor, since: datetime | None = None, only: UUID | None = None
) -> list[Wanted]:
    """The dreams and goals on their way, and their steps to come; one of them when it is named,
    wherever it stands."""
    if only is None:
        aims, steps = queries.alive(file_id, actor=actor, since=since)
    else:
        aim = queries.current(only, file_id, actor=actor)
        step = None if aim else queries.step(only, file_id, actor=actor)
        aims, steps = [aim] if aim else [], [step] if step else []
    return [
        *(
            Wanted(
                aim.root_id,
                aim,
                partial(_aim, aim),
                addresses.to("life_plan:detail", file_id, aim.pk),
            )
            for aim in aims
        ),
        *(
            Wanted(step.pk, step, partial(_towards, step), addresses.to("plan:page", file_id))
            for step in steps
        ),
    ]


def _aim(aim: Aim) -> str:
    said = {"line": aim.opened.line}
    return _("A dream: %(line)s") % said if aim.is_dream else _("A goal: %(line)s") % said


def _towards(step: Step) -> str:
    return _("A small step: %(line)s") % {"line": step.opened.line}


def _sheets(plan: LifePlan) -> Iterator[Sheet]:
    """On her paper: what she dreams of, what she goes towards, what she did; in «tu»."""
    if plan.dreams:
        yield Sheet("dreams", _("What I dream of"), tuple(d.aim.opened.line for d in plan.dreams))
    goals = [*(goal for one in plan.dreams for goal in one.goals), *plan.goals]
    lines = [line for one in (*plan.dreams, *goals) for line in _steps(one)]
    if goals:
        yield Sheet("goals", _("My goals"), tuple(_goal(one) for one in goals))
    if lines:
        yield Sheet("steps", _("My small steps"), tuple(lines), STEPS)
    if told := tuple(_traces([*plan.dreams, *goals, *plan.reached])):
        yield Sheet("traces", _("What I did"), told, STEPS)


def steps_alone(file_id: UUID, *, actor: Actor) -> Locked:
    """Her small steps and what she did, read without what they go towards: she shares no more."""
    going = queries.without_aims(file_id, actor=actor)

    def block() -> Block:
        coming = [one for one in going if one.standing.status in StepStatus.BEGINS]
        done = [one for one in going if one.standing.status == Status.DONE]
        sheets = (
            Sheet("steps", _("My small steps"), tuple(_line(one) for one in coming), STEPS),
            Sheet("traces", _("What I did"), tuple(_told(done)), STEPS),
        )
        return Block("life_plan/steps.html", {}, on_paper=tuple(s for s in sheets if s.lines))

    rows = [row for one in going for row in (one.step, *one.traces)]
    return Locked(rows=rows, block=block)


def _goal(one: Held) -> str:
    return _("%(goal)s (%(idea)s, agreed on %(day)s)") % {
        "goal": one.aim.opened.line,
        "idea": one.aim.idea_label.lower(),
        "day": moments.day(one.aim.agreed_on),
    }


def _steps(one: Held) -> list[str]:
    return [_line(going) for going in one.going]


def _line(going: Going) -> str:
    line: str = going.step.opened.line
    if not going.step.meant_on:
        return line
    return _("%(step)s, around %(day)s") % {
        "step": line, "day": moments.day_of_year(going.step.meant_on)
    }  # fmt: skip


def _traces(held: list[Held]) -> Iterator[str]:
    for one in held:
        yield from _told(one.done)
        yield from (trace.opened.words for trace in one.traces if trace.opened.words)


def _told(done: Iterable[Going]) -> Iterator[str]:
    for going in done:
        yield going.step.opened.line
        yield from (trace.opened.words for trace in going.traces if trace.opened.words)


def promised(*, actor: Actor) -> Block | None:
    """What comes these days in the plans of my people, and what I do for them; else nothing."""
    if not policy.can_write(actor):
        return None
    now = clock.now()
    coming = queries.coming(actor=actor, at=now)
    mine = queries.to_do(actor=actor, at=now)
    names = dict(participants.names({*(one for one, _day in coming), *mine}, actor=actor))
    days: dict[UUID, list[date]] = {}
    for file_id, day in coming:
        days.setdefault(file_id, []).append(day)
    lines = [
        Handed(
            sentence=_sentence(names[file_id], found),
            url=addresses.to("plan:page", file_id),
            verb=gettext_lazy("See the plan"),
            icon="path",
        )
        for file_id, found in days.items()
        if file_id in names
    ]
    lines += [
        Handed(
            sentence=_("%(name)s: something you do on your side") % {"name": names[file_id]},
            url=addresses.to("life_plan:tasks", file_id),
            verb=gettext_lazy("See what"),
            icon="hands",
        )
        for file_id in mine
        if file_id in names
    ]
    return Block("life_plan/promised.html", {"lines": lines}) if lines else None


def _sentence(name: str, days: list[date]) -> str:
    """One line a person, said without a count: the first day, and that others follow."""
    words = {"name": name, "day": moments.weekday_day(days[0])}
    if len(days) == 1:
        return _("%(name)s: a small step, around %(day)s") % words
    return _("%(name)s: small steps, the first around %(day)s") % words
