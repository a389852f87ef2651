"""Who reads the requests for training, and who answers them?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.requests.models import Answer

Outcome = Answer.Outcome


def can_see_requests(actor: Actor) -> Decision:
    """Requests for training arrive at the coordination's desk."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Requests for training arrive at the coordination’s desk."))
    return yes()


def can_write_down(actor: Actor) -> Decision:
    """Whoever works in the programme writes down, for the desk, what an organisation asks them: as
    it could itself on the public site. The coordination alone reads it."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_answer_it(actor: Actor, outcome: str, last: Answer | None) -> Decision:
    """The coordination answers, and again when there is more; a day is agreed once proposed."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination answers requests for training."))
    if outcome == Outcome.AGREED and (last is None or last.outcome not in Answer.DATED):
        return no(_("Propose a day first: it is agreed once they have said yes to it."))
    return yes()
