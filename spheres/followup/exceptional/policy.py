"""Who opens exceptionally, and who reviews it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import REVIEWERS, WORKERS

SAID = _("Somebody has already said what it was.")
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
