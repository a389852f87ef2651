"""Who asks that a partner leaves, confirms it, ends it; and who asks each person?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing import parting
from spheres.sharing.models import Departure
from spheres.sharing.rules import WORKERS

NOTICE: Final = timedelta(days=30)  # what is proposed between the day it is asked and the last one
LONGEST: Final = timedelta(days=parting.LONGEST)
REFUSED: Final = {
    parting.ALREADY: _("This was asked already. Look at the page again."),
    parting.DESK: _("The programme’s desk is here: another organisation takes it over first."),
    parting.PARTS: _("A part of this organisation still works in the programme: it leaves first."),
}
CANNOT_GO: Final = _("This partner cannot be chosen any more. Choose again together.")
NOT_NOW: Final = _("This organisation is not leaving the programme: there is nothing to ask.")
NOT_YET: Final = _("Something must be seen to first. Look at the page again.")
OTHERS_WRITE: Final = _(
    "Others were writing in their own files at this moment, and nothing could be compared. Nothing "
    "was done: press again."
)


def can_lead_out(actor: Actor) -> Decision:
    """The manager of a partner asks that it leaves, and says that they hold what is theirs."""
    if not actor.has(Role.ORGANISATION_MANAGER):
        return no(_("Only a manager of the organisation does this."))
    return yes()


def can_see_to(actor: Actor) -> Decision:
    """The programme's coordination confirms, and ends; the database asks that it holds the desk."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the programme’s coordination does this."))
    return yes()


def can_confirm(actor: Actor, departure: Departure) -> Decision:
    """Two people, of two organisations."""
    if not (allowed := can_see_to(actor)):
        return allowed
    if not departure.is_live or departure.confirmed_at is not None:
        return no(_("This was confirmed, or called off, already."))
    return yes()


def can_call_off(actor: Actor, departure: Departure) -> Decision:
    """Whoever asked, or confirms: until the end, it may be called off, without a reason."""
    if not actor.has(Role.ORGANISATION_MANAGER, Role.COORDINATOR):
        return no(_("Only its manager and the programme’s coordination call it off."))
    if not departure.is_live:
        return no(_("It is over: there is nothing to call off."))
    return yes()


def can_copy(actor: Actor, departure: Departure) -> Decision:
    """Whoever walks with people copies their files, its manager its registers; once confirmed."""
    if not (can_ask(actor) or can_lead_out(actor)):
        return no(_("Only its workers and its manager take a copy."))
    if not departure.is_live or departure.confirmed_at is None:
        return no(_("This comes after the coordination has confirmed."))
    return yes()


def can_receive(actor: Actor, departure: Departure) -> Decision:
    """Once it is confirmed, its manager says, once, that they hold what is theirs."""
    if not (allowed := can_lead_out(actor)):
        return allowed
    if not departure.is_live or departure.confirmed_at is None:
        return no(_("This comes after the coordination has confirmed."))
    return yes()


def can_end(actor: Actor, departure: Departure, *, waits: int, today: date) -> Decision:
    """The last press: nothing waits any more, and the last day has come."""
    if not (allowed := can_see_to(actor)):
        return allowed
    if not departure.is_live or departure.confirmed_at is None:
        return no(_("This comes after it is confirmed."))
    if waits:
        return no(_("Something must be seen to first: it is said on this page."))
    if departure.received_at is None:
        return no(_("Its manager has not said yet that they hold what is theirs."))
    if today < departure.last_on:
        return no(_("The last day has not come yet."))
    return yes()


def can_ask(actor: Actor) -> Decision:
    """Each person is asked by whoever walks with her; the database knows who they are."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers do this, with them."))
    return yes()
