"""Who may fill in an exercise, correct a filled one, print it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.exercises.models import Sheet
from spheres.records.models import RecordStatus


def can_write(actor: Actor) -> Decision:
    """Workers fill in, with the person or for them, in the files they are assigned to; and she, in
    her own notebook, where she allowed it."""
    if not actor.is_participant and not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_fill(actor: Actor, *, is_open: bool) -> Decision:
    """Whoever accompanies her fills in; who reads her file for a while does not."""
    return can_write(actor) if is_open else no(_("Only the person’s workers write here."))


def can_correct(actor: Actor, sheet: Sheet, status: str) -> Decision:
    """Only who kept it corrects it, and once: the correction is corrected in its turn."""
    if sheet.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != RecordStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_print(actor: Actor) -> Decision:
    """Her own words on paper, for her: by those who accompany her, from their own file."""
    if actor.is_participant:
        return no(_("Only the person’s workers print here."))
    return can_write(actor)


@dataclass(frozen=True)
class Buttons:
    """What the page of a filled exercise offers."""

    write: Decision
    correct: Decision
    print: Decision


def buttons(actor: Actor, sheet: Sheet, status: str) -> Buttons:
    return Buttons(can_write(actor), can_correct(actor, sheet, status), can_print(actor))
