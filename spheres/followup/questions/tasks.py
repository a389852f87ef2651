"""When is a question forgotten? Each night, after the region's delay from its last word."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.followup.questions import actions, queries
from spheres.regions import queries as regions

RULE: Final = "question"  # code of the region's retention rule


@job(service_name="expiry", name="questions.expire", cron="25 3 * * *")
def expire(*, by: Actor) -> None:
    """Find what is due, and queue each apart: one that fails keeps no other from being erased."""
    for file_id in queries.expirable(before=term(), actor=by):
        defer(expire_one, by=by, file_id=str(file_id))


@job(service_name="expiry", name="questions.expire_one")
def expire_one(*, by: Actor, file_id: str) -> None:
    """Erase one, if it is still due: a word written in the meantime keeps it."""
    actions.expire(UUID(file_id), before=term(), by=by, at=context.moment())


def term() -> datetime:
    """What nobody wrote in since then is erased now."""
    return regions.term(RULE, context.moment())
