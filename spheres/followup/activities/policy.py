"""Who plans an activity, comes along, sees a list, keeps it; and who writes what it was for her?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.activities.models import (
    KEEPERS,
    PLANNERS,
    WORKERS,
    Activity,
    ActivityStatus,
    Authorisation,
    Participation,
    ParticipationStatus,
)
from spheres.participants.policy import may_one_speak, may_speak
from spheres.sharing.models import Consent

Status = ActivityStatus.Status
FOR_THEM: Final = frozenset({Consent.Giver.PARENT, Consent.Giver.TUTOR})


def can_see_board(actor: Actor) -> Decision:
    """Whoever plans activities, or keeps a list when something happened, sees them: no name."""
    if not actor.has(*PLANNERS, *KEEPERS):
        return no(_("Activities are planned by those who accompany people here."))
    return yes()


def can_keep(actor: Actor) -> Decision:
    """A privacy officer or a coordinator of the organisation keeps a list, and lets it go."""
    if not actor.has(*KEEPERS):
        return no(_("A list is kept by the privacy officer or the coordination."))
    return yes()


def can_export(actor: Actor) -> Decision:
    """Whoever leads or coordinates takes the costs of the year, without a name."""
    if not actor.has(Role.TEAM_LEAD, Role.COORDINATOR):
        return no(_("Costs are taken by the team lead or the coordination."))
    return yes()


def can_plan(actor: Actor) -> Decision:
    """Workers and those who lead them plan what the organisation offers."""
    if not actor.has(*PLANNERS):
        return no(_("Activities are planned by those who accompany people here."))
    return yes()


def can_say(actor: Actor, now: str, to: str, *, held_on: date, today: date) -> Decision:
    """Whoever plans says what became of it: that it took place, from its day on."""
    if not (may := can_plan(actor)):
        return may
    if to not in ActivityStatus.MOVES[Status(now)]:
        return no(_("What became of it has been said already."))
    if to == Status.HELD and held_on > today:
        return no(_("This day has not come yet."))
    return yes()


def can_come(actor: Actor, *, held_on: date, today: date) -> Decision:
    """A worker says that she comes along, until its day is over."""
    if not actor.has(*WORKERS):
        return no(_("Those who accompany people come along."))
    return _until(held_on, today)


def can_see_list(
    actor: Actor, *, is_along: bool, is_kept: bool, held_on: date, today: date
) -> Decision:
    """The workers who come along see the list, until its day is over; or while it is kept."""
    if not actor.has(*WORKERS) or not is_along:
        return no(_("The list is for the workers who come along."))
    return yes() if is_kept else _until(held_on, today)


def can_invite(actor: Actor, activity: Activity, *, today: date) -> Decision:
    """Whoever plans here invites another organisation to what its own offers, to several, until its
    day is over."""
    if not (may := can_say_of(actor, activity)):
        return may
    if not activity.is_group:
        return no(_("This activity is for one person: nobody else is invited."))
    return _until(activity.held_on, today)


def can_say_of(actor: Actor, activity: Activity) -> Decision:
    """What becomes of an activity is said where it is offered, by those who plan there."""
    if not (may := can_plan(actor)):
        return may
    if activity.organisation_id != actor.organisation_id:
        return no(_("The organisation that offers it says what becomes of it."))
    return yes()


def gives(given_by: str, *, decides_alone: bool, suspended: Collection[str]) -> Decision:
    """From the age of one's own consent, the person alone; before, a parent or a tutor whose rights
    are not suspended."""
    if decides_alone and given_by != Consent.Giver.HERSELF:
        return no(_("From 14, the person alone says what they share."))
    if not decides_alone and given_by not in FOR_THEM:
        return no(_("Under 14, or when the age is not known, a parent or a tutor says yes too."))
    return may_speak(given_by, suspended=suspended)


def can_add(actor: Actor, *, is_along: bool, held_on: date, today: date) -> Decision:
    """A worker who comes along puts a person of hers on the list, until its day is over."""
    if not actor.has(*WORKERS) or not is_along:
        return no(_("The list is for the workers who come along."))
    return _until(held_on, today)


def _until(held_on: date, today: date) -> Decision:
    if held_on < today:
        return no(_("The day of this list is over: it is gone, and is not begun again."))
    return yes()


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to; the database knows which."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_correct(actor: Actor, record: Participation, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != ParticipationStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_authorise(
    actor: Actor, given: str, *, decides_alone: bool, suspended: Collection[str]
) -> Decision:
    """From the age of one's own consent the person gives it; before, not alone; never by a
    representative whose rights are suspended."""
    if not (may := can_write(actor)):
        return may
    if given == Authorisation.Given.HERSELF and not decides_alone:
        return no(
            _(
                "At this age the law also asks for whoever has parental authority, "
                "unless asking would put the person in danger."
            )
        )
    if given == Authorisation.Given.BY_PARENT:
        return may_one_speak(suspended=suspended)
    return yes()
