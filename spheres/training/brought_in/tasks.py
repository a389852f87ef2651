"""When are the lines of a list written, and when is a list that waits forgotten? At once, one
thousand after the other, and again if it stopped; at night, after the region's delay."""

from __future__ import annotations

from uuid import UUID

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.regions import queries as regions
from spheres.training.brought_in import actions, queries
from spheres.training.brought_in.models import PastList
from spheres.training.brought_in.policy import QUIET


@job(service_name="past_trainings", name="past_trainings.go_on")
def go_on(*, by: Actor, past_list_id: str) -> None:
    """The next thousand lines; what comes after is queued with them, whole or not at all."""
    at = context.moment()
    with clock.at(at):  # one job is one moment, whoever it acts for
        is_more = actions.go_on(UUID(past_list_id), by=by, at=at)
    if is_more:
        defer(go_on, by=by, past_list_id=past_list_id)


@job(service_name="past_trainings", name="past_trainings.take_up", cron="*/2 * * * *")
def take_up(*, by: Actor) -> None:
    """What stopped in the middle, because a machine did, goes on by itself."""
    for past_list_id in queries.stopped(QUIET, actor=by, at=context.moment()):
        defer(go_on, by=by, past_list_id=str(past_list_id))


@job(service_name="past_trainings", name="past_trainings.forget", cron="35 3 * * *")
def forget(*, by: Actor) -> None:
    """Find the lists that have waited too long, and queue each apart."""
    before = regions.term(PastList.KEEP, context.moment())
    for past_list in queries.waiting(before=before, actor=by):
        defer(forget_one, by=by, past_list_id=str(past_list.pk))


@job(service_name="past_trainings", name="past_trainings.forget_one")
def forget_one(*, by: Actor, past_list_id: str) -> None:
    """Forget one, if it still waits."""
    at = context.moment()
    before = regions.term(PastList.KEEP, at)
    with clock.at(at):  # one job is one moment, whoever it acts for
        actions.forget(UUID(past_list_id), before=before, by=by, at=at)
