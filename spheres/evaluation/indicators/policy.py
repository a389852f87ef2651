"""Who may look at the programme's figures?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.evaluation.indicators.models import READERS


def can_see_figures(actor: Actor) -> Decision:
    """Whoever the page of rights gives aggregates to; nobody looks after machines with them."""
    if not actor.has(*READERS):
        return no(_("The figures are for those who accompany, coordinate, steer or evaluate."))
    return yes()
