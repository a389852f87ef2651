"""Who may write down an urgent need, begin to meet it, say what came of it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.urgent_needs.models import Answer, UrgentNeed, UrgentNeedStatus

Status = Answer.Status


def can_write(actor: Actor) -> Decision:
    """Workers write down needs in the files they are assigned to; the database knows which."""
    if not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_correct(actor: Actor, record: UrgentNeed, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != UrgentNeedStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_answer(actor: Actor, now: str, to: str, *, standing: str) -> Decision:
    """Any of the person’s workers says that it is being met, or what came of it."""
    if not (may := can_write(actor)):
        return may
    if standing != UrgentNeedStatus.Status.SIGNED:
        return no(_("This was corrected: the later one is the one to answer."))
    if to not in Answer.MOVES[Status(now)]:
        return no(_("What came of it has been said already."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers."""

    correct: Decision
    begin: Decision
    close: Decision


def buttons(actor: Actor, record: UrgentNeed) -> Buttons:
    standing, now = record.standing.status, record.answer.status
    return Buttons(
        correct=can_correct(actor, record, standing),
        begin=can_answer(actor, now, Status.BEING_MET, standing=standing),
        close=can_answer(actor, now, Status.MET, standing=standing),
    )
