"""Who prepares a reading, hides what concerns others, writes what she says; and what does she read?

At 14 and over she reads what was written; before, or when her age is not known, what was written
with her (law.md §3.3, 21; rights.md §8.1).
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import HEALTH, PRIVATE, THERAPY

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
# Neither read nor hidden here: a psychotherapy has a way of its own, private pages are hers.
NEVER: Final = frozenset({THERAPY, PRIVATE})
# Of these kinds, a title alone says nothing that was made with her.
NOT_MADE_WITH_HER: Final = frozenset({"notes", HEALTH})


def can_read_together(actor: Actor) -> Decision:
    """Those who walk with her open a reading, with her; the database knows whose file it is."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers read the file with them."))
    return yes()


def can_hide(actor: Actor) -> Decision:
    """Whoever wrote a text, and her team: what tells of another person is not hers to read."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers hide what concerns others."))
    return yes()


def can_write_comment(actor: Actor) -> Decision:
    """What she says of a text is written by her worker, at her word, or by her own hand."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this, with them."))
    return yes()
