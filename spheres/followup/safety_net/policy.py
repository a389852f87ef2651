"""Who may write a sheet of her safety, say it again, or say that it was looked at?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.safety_net.models import Sheet, SheetStatus
from spheres.sharing.rules import ACCOMPANYING


def can_be_beside(actor: Actor) -> Decision:
    """Whoever accompanies people has what is urgent one press away; what it opens the page says."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only those who accompany young people see these pages."))
    return yes()


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to; the database knows which."""
    if not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_write_here(actor: Actor, *, writes: bool) -> Decision:
    """Whoever reads for a while, or before a first meeting, writes nothing of it."""
    if not (may := can_write(actor)):
        return may
    if not writes:
        return no(_("Only those who walk with this person write here, with them."))
    return yes()


def can_correct(actor: Actor, record: Sheet, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != SheetStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page of one version offers."""

    correct: Decision


def buttons(actor: Actor, record: Sheet, status: str) -> Buttons:
    return Buttons(correct=can_correct(actor, record, status))
