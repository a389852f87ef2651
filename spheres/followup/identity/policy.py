"""Who writes down, with her, who she says she is?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_write(actor: Actor, *, keeps: bool = False) -> Decision:
    """Her workers, with her; the database knows which files are theirs.

    In a file that began with her psychotherapist, that person too (`keeps`).
    """
    if not (keeps or actor.has(*WORKERS)):
        return no(_("Only the person’s workers write this, with them."))
    return yes()
