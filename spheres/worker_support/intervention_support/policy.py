"""Who reads a request for advice, answers it, hands it over, closes it; and who adds to it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import ASKER, Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.intervention_support.models import AdviceStanding

Status = AdviceStanding.Status
WORKERS = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_see_advice(actor: Actor) -> Decision:
    """Requests for advice arrive at the coordination's desk."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Requests for advice arrive at the coordination’s desk."))
    return yes()


def can_give_advice(actor: Actor, standing: AdviceStanding) -> Decision:
    """The coordination answers, or the worker it named; several times, until it is closed."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Only the coordination, or the worker it named, gives advice."))
    if standing.status == Status.CLOSED:
        return no(_("This request is closed: open it again to answer."))
    return yes()


def can_entrust_advice(actor: Actor, standing: AdviceStanding) -> Decision:
    """The coordination takes a request, hands it to one worker, and takes it back."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination hands a request for advice to somebody."))
    if standing.status == Status.CLOSED:
        return no(_("This request is closed: open it again to hand it over."))
    return yes()


def can_be_named(is_candidate: bool) -> Decision:
    """Whoever accompanies young people today may be named; nobody of the police."""
    if not is_candidate:
        return no(_("This person does not accompany young people here today."))
    return yes()


def can_close_advice(actor: Actor, standing: AdviceStanding) -> Decision:
    """Whoever answers closes a request, or says that it goes on; nothing is erased by it."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Only whoever answers closes a request for advice."))
    if standing.status == Status.CLOSED:
        return no(_("This request is closed already."))
    return yes()


def can_reopen_advice(actor: Actor, standing: AdviceStanding) -> Decision:
    """Whoever answers opens again what was closed."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Only whoever answers opens a request for advice again."))
    if standing.status != Status.CLOSED:
        return no(_("This request is open already."))
    return yes()


def can_ask_more(actor: Actor, standing: AdviceStanding) -> Decision:
    """Whoever holds the code writes again, even to what was closed; it then waits again."""
    if not actor.has(ASKER):
        return no(_("Only whoever holds the code writes again."))
    return yes()


def can_be_done(actor: Actor, standing: AdviceStanding) -> Decision:
    """Whoever holds the code says that it is done."""
    if not actor.has(ASKER):
        return no(_("Only whoever holds the code says that it is done."))
    if standing.status == Status.CLOSED:
        return no(_("It is closed already."))
    return yes()


def can_say_how_it_was(actor: Actor, standing: AdviceStanding) -> Decision:
    """Whoever holds the code answers the two questions once, after an answer."""
    if not actor.has(ASKER):
        return no(_("Only whoever holds the code says how it was."))
    if standing.has_said:
        return no(_("You have answered these questions already. Thank you."))
    return yes()
