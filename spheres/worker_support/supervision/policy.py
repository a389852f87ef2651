"""Who offers supervision, who asks for it, and what do the two do with a slot?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.supervision.models import (
    ASKING,
    BRINGING,
    CONCERNED,
    OFFERING,
    Slot,
)

# Who is told how many slots were used, all partners together: a number, and nothing else.
TOLD: Final = (
    Role.COORDINATOR, Role.TEAM_LEAD, Role.ORGANISATION_MANAGER, Role.CLINICAL_DIRECTOR,
)  # fmt: skip
OVER: Final = _("This supervision is over: nothing of it changes any more.")
TAKEN: Final = _("This slot is not free any more. Choose another one.")
# Notes are brought a week before at the earliest, and read until two hours after.
BEFORE: Final = timedelta(days=7)
AFTER: Final = timedelta(hours=2)
ELSEWHERE: Final = _(
    "This supervisor works in another organisation: the notes of a file never leave yours. Say "
    "what is needed in your own words, without a name."
)
NOT_YET: Final = _("Notes can be brought once the slot is accepted.")
EARLY: Final = _("Notes can be brought from seven days before the meeting.")
NOT_THE_TWO: Final = _("Only the two people concerned do this.")


def can_enter(actor: Actor) -> Decision:
    """Those who ask for supervision or offer it, and those who are told how many slots were
    used."""
    if not actor.has(*CONCERNED, *TOLD):
        return no(_("This is for those who accompany people, and for those who supervise them."))
    return yes()


def can_offer(actor: Actor) -> Decision:
    """The coordination, whoever leads a team, and consultants offer slots."""
    if not actor.has(*OFFERING):
        return no(_("Those who lead, the coordination and consultants offer supervision."))
    return yes()


def can_seek(actor: Actor) -> Decision:
    """Those who accompany people, psychotherapists too, and those who lead them, ask for it."""
    if not actor.has(*ASKING):
        return no(_("Those who accompany people, and those who lead them, ask for supervision."))
    return yes()


def can_ask(actor: Actor, slot: Slot, at: datetime) -> Decision:
    """A slot that is free and to come, of somebody else."""
    if not can_seek(actor):
        return can_seek(actor)
    if slot.offered_by == actor.user_id:
        return no(_("One does not supervise oneself: choose a slot that somebody else offers."))
    if slot.asked_at is not None or slot.ended_at is not None or slot.starts_at <= at:
        return no(TAKEN)
    return yes()


def can_accept(actor: Actor, slot: Slot) -> Decision:
    """Whoever offered the slot, once somebody asks for it."""
    if slot.offered_by != actor.user_id:
        return no(_("Whoever offered the slot accepts it."))
    if slot.ended_at is not None:
        return no(OVER)
    if slot.asked_at is None or slot.accepted_at is not None:
        return no(_("Nothing is to be accepted here."))
    return yes()


def can_move(actor: Actor, slot: Slot) -> Decision:
    """Whoever offered it says another moment, until it is over."""
    if slot.offered_by != actor.user_id:
        return no(_("Whoever offered the slot moves it. You can cancel it."))
    return yes() if slot.ended_at is None else no(OVER)


def can_cancel(actor: Actor, slot: Slot) -> Decision:
    """Either of the two, without saying why, until it is over."""
    if actor.user_id not in (slot.offered_by, slot.asked_by):
        return no(NOT_THE_TWO)
    return yes() if slot.ended_at is None else no(OVER)


def can_say_held(actor: Actor, slot: Slot, at: datetime) -> Decision:
    """Either of the two says that it took place, once it was accepted and has begun."""
    if not can_cancel(actor, slot):
        return can_cancel(actor, slot)
    if slot.accepted_at is None:
        return no(_("It is not accepted yet."))
    if slot.starts_at > at:
        return no(_("It has not begun yet."))
    return yes()


def can_write(actor: Actor, slot: Slot) -> Decision:
    """The two, in the note that they keep together: before, during and after."""
    if slot.asked_by is None or actor.user_id not in (slot.offered_by, slot.asked_by):
        return no(NOT_THE_TWO)
    return yes()


def ends_at(slot: Slot) -> datetime:
    """When the meeting is to be over."""
    return slot.starts_at + timedelta(minutes=slot.minutes)


def can_bring(actor: Actor, slot: Slot, at: datetime) -> Decision:
    """Whoever asked for the slot brings notes of somebody whom she accompanies, to a supervisor of
    her own organisation, once it is accepted and from a week before until its end."""
    if slot.asked_by != actor.user_id or not actor.has(*BRINGING):
        return no(_("Whoever accompanies people, and asked for the slot, brings notes."))
    if slot.organisation_id != actor.organisation_id:
        return no(ELSEWHERE)
    if slot.ended_at is not None or ends_at(slot) <= at:
        return no(OVER)
    if slot.accepted_at is None:
        return no(NOT_YET)
    if slot.starts_at > at + BEFORE:
        return no(EARLY)
    return yes()


def can_take_back(actor: Actor, slot: Slot) -> Decision:
    """Whoever asked for the slot takes back what she brought, at any moment."""
    if slot.asked_by != actor.user_id or not actor.has(*BRINGING):
        return no(_("Whoever brought notes takes them back."))
    return yes()


def can_step_back(actor: Actor, slot: Slot) -> Decision:
    """Whoever offered the slot, and knows the person outside work, reads nothing of hers, for
    good."""
    if slot.offered_by != actor.user_id:
        return no(_("Whoever was brought notes says that the person is known to them."))
    return yes()


def can_count(actor: Actor) -> Decision:
    """Those who lead and coordinate are told how many slots were used: never by whom or where."""
    if not actor.has(*TOLD):
        return no(_("Those who lead and coordinate are told how many slots were used."))
    return yes()


def can_keep_own(actor: Actor) -> Decision:
    """Each keeps own notes besides, but psychotherapists, who write in their sealed file."""
    if not actor.has(*CONCERNED) or actor.roles <= {Role.PSYCHOTHERAPIST}:
        return no(_("A psychotherapist writes in the sealed file."))
    return yes()
