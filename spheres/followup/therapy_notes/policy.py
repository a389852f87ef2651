"""Who may write or correct a psychotherapy note, have a day shown, bring a psychotherapist in?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.therapy_notes.models import TherapyNote, TherapyNoteStatus
from spheres.sharing.rules import THERAPISTS, WORKERS


def can_write(actor: Actor) -> Decision:
    """Psychotherapists write notes in the files they are assigned to; the database knows which."""
    if not actor.has(*THERAPISTS):
        return no(_("Only the person’s psychotherapist writes here."))
    return yes()


def can_correct(actor: Actor, record: TherapyNote, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != TherapyNoteStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_hide_days(actor: Actor) -> Decision:
    """Her psychotherapist takes back the days that were shown, when she says so."""
    return can_write(actor)


def can_bring_in(actor: Actor, *, keeps: bool = False) -> Decision:
    """Whoever accompanies her here brings in a psychotherapist of their own organisation; so does
    the psychotherapist with whom the file began (`keeps`)."""
    if not (keeps or actor.has(*WORKERS)):
        return no(_("Only those who accompany the person bring a psychotherapist in."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers."""

    correct: Decision


def buttons(actor: Actor, record: TherapyNote) -> Buttons:
    return Buttons(correct=can_correct(actor, record, record.standing.status))
