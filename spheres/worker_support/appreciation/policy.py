"""Who says a good word to a colleague, and who erases it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.appreciation.models import GoodWord


def can_write(actor: Actor) -> Decision:
    """All who work in the programme, to any of those who do."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_erase(actor: Actor, word: GoodWord) -> Decision:
    """Whoever received it, and whoever wrote it."""
    if actor.user_id not in (word.to_user_id, word.written_by):
        return no(_("Only the two people concerned do this."))
    return yes()
