"""Who reads practice notes, proposes one, and writes what a committee decided of it?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its practice notes: they speak of nobody."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_propose(actor: Actor) -> Decision:
    """All who work in the programme propose a note, or another version of one."""
    return can_look(actor)


def can_rule(chaired: set[UUID], *, is_past: bool = False) -> Decision:
    """Whoever chairs a committee writes what it decided of a note, leaning on its decision."""
    if not chaired:
        return no(_("Whoever chairs a committee writes what it decided."))
    if is_past:
        return no(_("A newer version was approved since: a committee decides of that one."))
    return yes()
