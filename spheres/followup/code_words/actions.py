"""What is done with a code word? Heard, never searched; then, if nobody is beside her, taken on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.accounts import limits
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.followup.code_words import policy, queries
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.rules import CONTACT, RELATION, SUMMARY


@transaction.atomic
def hear(word: str, *, recognised_id: UUID, by: Actor, at: datetime) -> bool:
    """Look for exactly this word in the files of the organisation one acts for.

    Known, it is told in her journal; unknown, in the reader's own: each try is kept. Raises
    limits.TooMany. A word that two persons have says who neither of them is: False.
    """
    policy.can_hear(by).or_raise()
    if queries.recognised(recognised_id, actor=by, at=at):
        return True  # the same form, sent twice
    if not limits.allow("code_word", str(by.user_id), at):
        raise limits.TooMany
    file_id = queries.recognise(participants.code_word_digest(word), recognised_id, actor=by)
    if file_id is None:
        audit.record("code_word.unknown", by=by)
        return False
    limits.give_back("code_word", str(by.user_id))
    audit.record(
        "code_word.heard",
        by=by,
        file_id=file_id,
        sections=[CONTACT, SUMMARY],
        records=[recognised_id],
    )
    return True


@transaction.atomic(savepoint=False)
def take_on(file_id: UUID, *, recognised_id: UUID, by: Actor, at: datetime) -> None:
    """She chose this worker, and nobody walks with her: from now on this one does."""
    assignment = Assignment(
        id=uuid5(recognised_id, "assignment"), file_id=file_id, user_id=by.user_id, starts_at=at
    )
    if Assignment.objects.filter(pk=assignment.pk).exists():
        return  # pressed twice
    is_alone = queries.is_alone(file_id, actor=by)
    policy.can_take_on(by, is_alone=is_alone).or_raise()
    Assignment.objects.bulk_create([assignment])
    sharing.end_hand_overs(file_id, at=at)
    sharing.go_on_with(file_id, [by.user_id], at=at)
    audit.record(
        "code_word.taken_on", by=by, file_id=file_id, sections=[RELATION], records=[assignment.pk]
    )
