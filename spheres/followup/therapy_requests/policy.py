"""Who asks for a psychotherapy with her, and who says the days of it?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.sharing.rules import THERAPISTS, WORKERS

What = TherapyRequestDay.What
NO_LONGER: Final = _("The person no longer agrees to it: nothing was opened here.")
ALREADY_BEGUN: Final = _("A colleague has begun with this person already: nothing more was opened.")
PURPOSE: Final = "psychotherapy"  # what she agreed to share for, in the region's words


def can_ask(actor: Actor) -> Decision:
    """Whoever accompanies her writes it with her; the database asks for her consent."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers ask for a psychotherapy with them."))
    return yes()


def can_answer(actor: Actor) -> Decision:
    """A psychotherapist of the partner she named; which requests, the database knows."""
    if not actor.has(*THERAPISTS):
        return no(_("Only a psychotherapist answers what is asked here."))
    return yes()


def can_be_on(day: date, *, asked: date, today: date, is_first: bool) -> Decision:
    """No day before it was asked; only a first appointment may be still to come."""
    if day < asked:
        return no(_("This was not asked yet on that day."))
    if day > today and not is_first:
        return no(_("That day is still to come."))
    return yes()


def can_say(what: str, said: Collection[str]) -> Decision:
    """Once declined or ended, it is asked anew, with them; what was accepted ends, in its turn."""
    if What.DECLINED in said and what != What.DECLINED:
        return no(_("It was said here that it is not possible. Their worker asks anew, with them."))
    if What.ENDED in said and what != What.ENDED:
        return no(_("This has ended. Their worker asks anew, with them."))
    if what == What.DECLINED and said and What.DECLINED not in said:
        return no(_("This was accepted: say the day it ended."))
    return yes()
