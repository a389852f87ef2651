"""Who notes an event, who changes it, and who answers what audiences ask?

An event names nobody whom the programme accompanies: all who work in it read it, the police too.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.outreach.events.models import NOTING, Event
from spheres.regions import queries as regions

OFF: Final = _("This event was called off.")


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read where it is made known, and what audiences ask."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_note(actor: Actor) -> Decision:
    """Those who go and speak of the programme note an event, to come or over."""
    if not actor.has(*NOTING):
        return no(_("Those who speak of the programme note its events."))
    return yes()


def coordinates(actor: Actor) -> bool:
    """The coordination of the programme is that of the region’s desk; a coordinator elsewhere notes
    and presents as her colleagues do, and the database says the same."""
    return actor.has(Role.COORDINATOR) and actor.organisation_id == regions.desk()


def has_part(actor: Actor, event: Event) -> bool:
    """Whoever noted it, whoever presents there, and the coordination."""
    is_theirs = actor.user_id == event.noted_by or actor.user_id in event.presenter_ids
    return coordinates(actor) or (is_theirs and bool(can_note(actor)))


def can_add(actor: Actor, event: Event) -> Decision:
    """They write down what was asked there and what it leaves, and count what was asked for."""
    if not has_part(actor, event):
        return no(_("Whoever noted it, presents there or coordinates adds to it."))
    return yes() if not event.is_off else no(OFF)


def can_change(actor: Actor, event: Event) -> Decision:
    """They complete or correct it, until it is called off."""
    if not has_part(actor, event):
        return no(_("Whoever noted it, presents there or coordinates changes it."))
    return yes() if not event.is_off else no(OFF)


def can_stop_presenting(actor: Actor, event: Event) -> Decision:
    """Whoever has a part only as they present asks another to take their name away.

    After their own change the event must still be theirs: the database asks it too.
    """
    if coordinates(actor) or actor.user_id == event.noted_by:
        return yes()
    return no(_("Whoever noted the event, or the coordination, takes your name away from it."))


def can_cancel(actor: Actor, event: Event) -> Decision:
    """They call it off, and say why."""
    return can_change(actor, event)


def can_answer_audiences(actor: Actor) -> Decision:
    """The coordination writes the answer to what audiences ask."""
    if not coordinates(actor):
        return no(_("The coordination answers what audiences ask."))
    return yes()


def can_plan_visit(actor: Actor) -> Decision:
    """The coordination says by which day an organisation is visited again."""
    if not coordinates(actor):
        return no(_("The coordination says when an organisation is visited again."))
    return yes()


def can_choose_kit(actor: Actor) -> Decision:
    """The coordination chooses what is of use before each type of audience."""
    if not coordinates(actor):
        return no(_("The coordination chooses what is of use before an audience."))
    return yes()
