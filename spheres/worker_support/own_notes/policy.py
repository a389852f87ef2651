"""Who writes for herself alone, and when may it leave with her?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.own_notes.models import WRITING


def can_write(actor: Actor) -> Decision:
    """Those who accompany people, those who lead or supervise them, keep own notes;
    psychotherapists write in their sealed file."""
    if not actor.has(*WRITING):
        return no(
            _("Own notes are for those who accompany people, and who lead or supervise them.")
        )
    return yes()


def can_take(actor: Actor, ends_at: datetime | None) -> Decision:
    """Own notes leave on paper with their author, once the day of leaving is known."""
    allowed = can_write(actor)
    if allowed and ends_at is None:
        return no(_("Own notes are taken along once the last day here is known."))
    return allowed
