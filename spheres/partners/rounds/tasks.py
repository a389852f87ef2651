"""When is a settled round forgotten? At once; the coming night sees to what was left."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.partners.rounds import actions, queries


@job(service_name="expiry", name="rounds.forget", cron="40 3 * * *")
def forget(*, by: Actor) -> None:
    """Find them, and queue each apart: one that fails keeps no other from being forgotten."""
    for round_id in queries.to_forget(by=by):
        defer(forget_one, by=by, round_id=str(round_id))


@job(service_name="expiry", name="rounds.forget_one")
def forget_one(*, by: Actor, round_id: str) -> None:
    actions.forget(UUID(round_id), by=by, at=context.moment())
