"""Who answers about herself, for herself alone?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.wellbeing.models import ANSWERING


def can_answer(actor: Actor) -> Decision:
    """Those who accompany people, psychotherapists too, and those who lead them: each for herself
    alone."""
    if not actor.has(*ANSWERING):
        return no(_("This page is for those who accompany people, and for those who lead them."))
    return yes()
