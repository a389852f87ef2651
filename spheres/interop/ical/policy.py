"""Who says whether an organisation has calendar addresses, and who may make one?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.interop.ical.models import DECIDING
from spheres.outreach.events.models import NOTING
from spheres.partners.committees.policy import CONCERNED
from spheres.sharing.rules import WORKERS

BEFORE: Final = timedelta(weeks=1)
AHEAD: Final = timedelta(weeks=5)
# A calendar asks every hour or so; whoever asks more often is told to wait.
AN_HOUR: Final = 30
# Those who have hours here: planned with a person, of a committee on which they sit, or of an event
# where they present.
HAVING_HOURS: Final = frozenset({*WORKERS, *CONCERNED, *NOTING})


def can_decide(actor: Actor) -> Decision:
    """A team lead, the coordination, a manager or the technical side, for their organisation."""
    if not actor.has(*DECIDING):
        return no(_("Whoever leads the organisation decides this."))
    return yes()


def can_make(actor: Actor, *, is_on: bool) -> Decision:
    """Whoever accompanies people, may sit on a committee or present at an event, once their
    organisation has said yes."""
    if not actor.has(*HAVING_HOURS):
        return no(
            _("This is for those who accompany people, sit on a committee or present at events.")
        )
    if not is_on:
        return no(_("Your organisation has not said yes to calendar addresses."))
    return yes()


def can_make_of(sits: bool) -> Decision:
    """Of one committee alone, by whoever sits there."""
    return yes() if sits else no(_("This is for those who sit on this committee."))


def is_concerned(actor: Actor) -> bool:
    """Whether the page says anything to this person."""
    return actor.has(*HAVING_HOURS, *DECIDING)
