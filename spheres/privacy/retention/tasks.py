"""When is what two people decided destroyed? At once; and each night, what a hold had stopped."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.privacy.retention import actions, queries


@job(service_name="expiry", name="retention.carry_out", cron="50 3 * * *")
def carry_out(*, by: Actor) -> None:
    """Each apart: one that fails keeps no other from being carried out."""
    for ending_id in queries.to_carry_out(actor=by):
        defer(carry_out_one, by=by, ending_id=str(ending_id))


@job(service_name="expiry", name="retention.carry_out_one")
def carry_out_one(*, by: Actor, ending_id: str) -> None:
    """Run twice, it destroys once."""
    actions.carry_out(UUID(ending_id), by=by, at=context.moment())
