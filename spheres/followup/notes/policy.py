"""Who may sign or correct a note, in which state?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.notes.models import Note, NoteStatus
from spheres.records import policy as records
from spheres.records.policy import Official


def can_write(actor: Actor) -> Decision:
    """Workers write notes in the files they are assigned to; the database knows which."""
    if not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write notes."))
    return yes()


def can_keep(actor: Actor, *, guide: str, words: bool, agreed: bool) -> Decision:
    """Of a conversation about change, her sentence is kept only if she agreed to it."""
    if not (may := can_write(actor)):
        return may
    if guide and words and not agreed:
        return no(_("Their sentence is kept only if they agree."))
    return yes()


def can_correct(actor: Actor, note: Note, status: str) -> Decision:
    """Only its author corrects a note, and once: the correction is corrected in its turn."""
    if note.written_by != actor.user_id:
        return no(_("Only its author can correct this note."))
    if status != NoteStatus.Status.SIGNED:
        return no(_("This note has already been corrected."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page of a note offers."""

    correct: Decision
    hand_over: Decision


def buttons(actor: Actor, note: Note, status: str, official: Official | None) -> Buttons:
    return Buttons(
        correct=can_correct(actor, note, status),
        hand_over=records.can_hand_over(actor, note, status, official),
    )
