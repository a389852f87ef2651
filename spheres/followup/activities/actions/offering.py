"""What can be done with an activity, about nobody? Planned, said to have taken place, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.followup.activities import policy, queries
from spheres.followup.activities.models import Activity, ActivityStatus, Companion

Status = ActivityStatus.Status


@dataclass(frozen=True)
class Planned:
    """What the page says. An idea and a day are required; no word of it is about anybody."""

    id: UUID
    idea: str
    held_on: date
    hour: time | None = None
    place: str = ""
    budget_line: str = ""
    cents: int | None = None
    is_group: bool = True


@transaction.atomic(savepoint=False)
def plan(planned: Planned, *, by: Actor, at: datetime) -> UUID:
    """Plan an activity of one's organisation; a worker who plans it comes along."""
    policy.can_plan(by).or_raise()
    activity = Activity(
        id=planned.id,
        organisation_id=by.organisation_id,
        kind=planned.idea.partition("_")[0],
        idea=planned.idea,
        place=planned.place,
        budget_line=planned.budget_line,
        is_group=planned.is_group,
        held_on=planned.held_on,
        hour=planned.hour,
        planned_by=by.user_id,
        planned_at=at,
    )
    if not create_once(activity):
        return planned.id
    ActivityStatus.objects.bulk_create(
        [
            ActivityStatus(
                activity=activity, organisation_id=by.organisation_id, cents=planned.cents,
                status=Status.PLANNED, status_by=by.user_id, status_at=at,
            )
        ]
    )  # fmt: skip
    audit.record("activity.planned", by=by, records=[activity.pk])
    if policy.can_come(by, held_on=planned.held_on, today=clock.day_of(at)):
        _join(activity, by, at)
    return planned.id


@transaction.atomic(savepoint=False)
def come_along(activity_id: UUID, *, by: Actor, at: datetime) -> None:
    """«I come along»: in one press. Pressed twice, it is said once."""
    activity = must_see(activity_id, by=by)
    policy.can_come(by, held_on=activity.held_on, today=clock.day_of(at)).or_raise()
    if not queries.is_along(activity_id, actor=by):
        _join(activity, by, at)
        audit.record("activity.joined", by=by, records=[activity_id])


@transaction.atomic(savepoint=False)
def say(
    activity_id: UUID, to: str, *, number: int | None, cents: int | None, by: Actor, at: datetime
) -> None:
    """What became of it, how many came, what it cost. Said twice, it is said once."""
    standing = queries.lock_standing(activity_id, actor=by)
    if standing.status == to:
        return
    activity = must_see(activity_id, by=by)
    policy.can_say(
        by, standing.status, to, held_on=activity.held_on, today=clock.day_of(at)
    ).or_raise()
    cents = standing.cents if cents is None else cents
    move(standing, to, by=by, at=at, number=number, cents=cents)
    audit.record("activity.told", by=by, records=[activity_id], basis=to)


@transaction.atomic(savepoint=False)
def export(year: int, *, by: Actor) -> list[Activity]:
    """What took place in one year, for the costs: nobody is named, and it is told."""
    policy.can_export(by).or_raise()
    audit.record("activity.costs", by=by, basis=str(year))
    return queries.of_year(year, actor=by)


def must_see(activity_id: UUID, *, by: Actor) -> Activity:
    """The activity, when the database shows it. WrongState when it does not."""
    activity = queries.activity(activity_id, actor=by)
    if activity is None:
        raise WrongState(HAS_CHANGED)
    return activity


def _join(activity: Activity, by: Actor, at: datetime) -> None:
    create_once(
        Companion(
            id=uuid5(activity.pk, str(by.user_id)),
            activity=activity,
            organisation_id=by.organisation_id,
            user_id=by.user_id,
            joined_at=at,
        )
    )
