"""Who reads the page of rights?"""

from __future__ import annotations

from spheres.core.actor import Actor
from spheres.core.decision import Decision, yes


def can_look(actor: Actor) -> Decision:
    """Everybody of the programme reads the rules that apply: they speak of nobody."""
    return yes()
