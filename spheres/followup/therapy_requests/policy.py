"""Who asks for a psychotherapy with her, and who says the days of it?"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import THERAPISTS, WORKERS

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
