"""Who signs, who says what is asked and for whom it waits, and when are files withheld?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts import policy as accounts
from spheres.accounts.models import Role
from spheres.accounts.queries import Clearance
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

NOT_ONESELF: Final = _("Somebody else says it of you.")


def can_sign(actor: Actor) -> Decision:
    """Each signs for themselves, in every organisation; nobody signs for another."""
    if not actor.is_staff:
        return no(_("Whoever works in an organisation signs there."))
    return yes()


def can_follow(actor: Actor) -> Decision:
    """Whoever leads, coordinates, manages or guards privacy reads where each stands here."""
    return accounts.can_follow(actor)


def can_say_what_is_asked(actor: Actor, of_whole: bool) -> Decision:
    """The privacy officer of the whole organisation, never of one of its parts."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the privacy officer of the organisation says what is asked."))
    if not of_whole:
        return no(_("It is said for the whole organisation, of which this is a part."))
    return yes()


def can_extend(actor: Actor, one: Clearance) -> Decision:
    """The privacy officer, for a time and never of themselves: what once stood, and lapses."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("Only the privacy officer of the organisation extends it."))
    if one.user_id == actor.user_id:
        return no(NOT_ONESELF)
    if one.lapses_at is None:
        return no(_("What never stood is not extended: it begins with the undertaking."))
    if one.stands_until is None:
        return no(_("Nothing lapses: there is nothing to extend."))
    return yes()


def can_name_stand_in(actor: Actor, one: Clearance) -> Decision:
    """A team lead names who answers, before anything else, up to sixty days before what is asked
    lapses; never themselves."""
    if not actor.has(Role.TEAM_LEAD):
        return no(_("A team lead names who answers; so does each for their own absence."))
    if not one.walks:
        return no(_("Nobody needs to answer for this person."))
    if one.cover_id is not None:
        return no(_("Somebody answers for this person already."))
    return yes()


def can_withhold(actor: Actor, one: Clearance) -> Decision:
    """The privacy officer or a team lead, once a stand-in answers for each of these people: the
    database holds it. A lapse alone takes nothing from anybody."""
    if not actor.has(Role.PRIVACY_OFFICER, Role.TEAM_LEAD):
        return no(_("Only the privacy officer or a team lead withholds files."))
    if one.user_id == actor.user_id:
        return no(NOT_ONESELF)
    if one.is_cleared or not one.walks:
        return no(_("There is nothing to withhold."))
    if one.is_withheld:
        return no(_("It is done already."))
    if not one.for_all:
        return no(_("First, a stand-in answers for each of the people accompanied."))
    return yes()
