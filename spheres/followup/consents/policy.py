"""Who may share for her, until when, and who may read what is shared?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.clock import birthday, months_later
from spheres.core.decision import Decision, no, yes
from spheres.participants.policy import may_one_speak, may_speak
from spheres.sharing.models import Consent, Form
from spheres.sharing.rules import ACCOMPANYING, WORKERS

A_DAY: Final = timedelta(days=1)
USUAL, LONGEST = 6, 12  # months
THIS_WEEK, LISTED = timedelta(days=7), timedelta(days=30)
LATELY: Final = timedelta(days=14)  # over by itself: it may still be said anew in one step
FOR_AN_ABSENCE: Final = "absence"  # what it is for, of itself: no term of a region's
COPIES: Final = timedelta(days=90)  # how long a partner is told what to do with copies

By = Consent.Giver
FOR_HER: Final = frozenset({By.PARENT, By.TUTOR})
NOT_YET_14: Final = frozenset({*FOR_HER, By.EXCEPTION})


def can_share(actor: Actor) -> Decision:
    """Whoever accompanies her writes down what she shares, and takes it back for her."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write down what they share."))
    return yes()


def can_read(actor: Actor) -> Decision:
    """What is shared with an organisation is for those who accompany people there."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only those who accompany people read what is shared."))
    return yes()


def can_see_how_many_end(actor: Actor) -> Decision:
    """The coordination knows how many end soon in its organisation: a number, and never whose."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination sees these numbers."))
    return yes()


def can_rest_on(is_there: bool) -> Decision:
    """Agreed for one absence: as long as whoever was named still works at that partner's."""
    if not is_there:
        return no(_("Whoever was named cannot answer there for now: name somebody else first."))
    return yes()


def can_take_back(actor: Actor, said_by: str, *, suspended: Collection[str]) -> Decision:
    """Her workers write it down for her, or the person does it alone from their notebook. A
    representative takes nothing back as long as the rights of one of them are suspended; the person
    and the team always may."""
    if actor.is_participant and said_by == Consent.Withdrawer.HERSELF:
        return yes()
    if not (may := can_share(actor)):
        return may
    if said_by == Consent.Withdrawer.REPRESENTATIVE:
        return may_one_speak(suspended=suspended)
    return yes()


def can_decline(*, decides_alone: bool, waits_for_her: bool) -> Decision:
    """She answers alone from 14, once, to what another had agreed to for her."""
    if not decides_alone:
        return no(_("It is asked of the person from 14: until then, whoever agreed answers."))
    if not waits_for_her:
        return no(_("The person has answered already."))
    return yes()


def gives(given_by: str, *, decides_alone: bool, suspended: Collection[str]) -> Decision:
    """From 14, the person alone. Before, or when it is not known: a parent or a tutor whose rights
    are not suspended, or an exception that says why."""
    if decides_alone and given_by in NOT_YET_14:
        return no(_("From 14, the person alone says what they share."))
    if not decides_alone and given_by == By.HERSELF:
        return no(
            _(
                "Under 14, or when the age is not known, a parent or a tutor gives it, "
                "or an exception is documented."
            )
        )
    return may_speak(given_by, suspended=suspended)


def is_whole(given_by: str, form: str, *, giver: str, witness: str, ground: str) -> Decision:
    """Said aloud, somebody else heard it; given by another, their name; an exception, which."""
    if given_by in FOR_HER and not giver:
        return no(_("Write who gives it."))
    if given_by == By.EXCEPTION and not ground:
        return no(_("Say which exception applies."))
    if form == Form.ORAL and not witness:
        return no(_("Said aloud, it needs a witness: write who heard it."))
    return yes()


def usual_day(today: date, *, latest: date) -> date:
    """Until when, unless they say otherwise: six months."""
    return min(months_later(today, USUAL), latest)


def latest_day(today: date, given_by: str, *, born: date | None, alone: int) -> date:
    """The last day that is possible: within twelve months.

    What was given for her by somebody else ends before the day from which she alone agrees; when
    that day is not known, after six months at most.
    """
    longest = months_later(today, LONGEST) - A_DAY
    if given_by not in NOT_YET_14:
        return longest
    if born is None:
        return months_later(today, USUAL)
    return min(longest, birthday(born, alone) - A_DAY)


def can_last_until(day: date, today: date, *, latest: date) -> Decision:
    """Not before today, and not beyond the last day that is possible."""
    if day < today:
        return no(_("This day is past: choose today or a later one."))
    if day > latest:
        return no(_("This is too far: twelve months at most, and before 14 if another gives it."))
    return yes()
