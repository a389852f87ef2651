"""Who opens exceptionally, who lets it go on, and who reviews it?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.models import ExceptionalAccess
from spheres.sharing.rules import REVIEWERS, WORKERS

SAID = _("Somebody has already said what it was.")
ANOTHER = _("Another person lets it go on: neither who opened it, nor who said it with them.")
ONCE = _("It went on once already: that is the most. Whoever needs more opens it anew.")
OVER = _("It is over: whoever needs it still opens it anew.")
SHORTEST = 40  # letters of a reason: enough to say what was seen or heard


def can_open(actor: Actor) -> Decision:
    """Whoever accompanies people, for somebody they can name; the database asks the rest."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker who accompanies young people can open this."))
    return yes()


def can_review(actor: Actor) -> Decision:
    """The privacy officer, the coordination, a team lead; never of what they opened themselves."""
    if not actor.has(*REVIEWERS):
        return no(_("This is for those who look again at what was opened."))
    return yes()


def can_extend(actor: Actor, access: ExceptionalAccess, *, at: datetime) -> Decision:
    """For an hour more, once, before its end, by a second person of those who review."""
    if not actor.has(*REVIEWERS):
        return no(_("This is for those who look again at what was opened."))
    if actor.user_id in {access.user_id, access.second_id}:
        return no(ANOTHER)
    if access.extended_at:
        return no(ONCE)
    if access.ends_at <= at or access.reviewed_at:
        return no(OVER)
    return yes()
