"""What does well-being put on one's own day, and before whoever leaves?"""

from __future__ import annotations

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Block
from spheres.worker_support.wellbeing import policy, queries


def after_something_hard(*, actor: Actor) -> Block | None:
    """A moment for oneself, offered on one's own day and nowhere else; it goes by itself."""
    if not policy.can_answer(actor):
        return None
    if not queries.is_just_behind(actor=actor, at=clock.now()):
        return None
    return Block("wellbeing/after.html", {})


def before_leaving(*, actor: Actor) -> Block | None:
    """How many times one answered: to be read over or erased before the last hour."""
    if not policy.can_answer(actor):
        return None
    return Block("wellbeing/leaving.html", {"number": queries.number(actor=actor)})
