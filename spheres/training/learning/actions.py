"""What is done with a group: asked before, asked after, answered, closed and counted, forgotten?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.records.anonymous.sheets import end_of, shuffled
from spheres.training.learning import codes, figures, policy, queries
from spheres.training.learning.figures import Said
from spheres.training.learning.models import LearningRound, Outcome, QuestionSet, Sheet, Trying
from spheres.vault import actions as vault
from spheres.vault import keys
from spheres.vault.models import Kind

COUNTED: Final = "answers counted"
ASKED_ALREADY: Final = _("The group of this session is asked this already.")


@dataclass(frozen=True)
class Opened:
    """A group as it is asked: which questions, on which session, held which day."""

    id: UUID
    asks: QuestionSet
    occasion_id: UUID
    held_on: date


@transaction.atomic
def open_round(opened: Opened, *, by: Actor, at: datetime) -> None:
    """The questions of before are asked now. Sent twice, they are asked once; and once of one
    session, for two looks at one group would tell who came between them."""
    policy.can_open(by).or_raise()
    if queries.find(opened.id, actor=by) is not None:
        return
    if queries.is_asked(opened.occasion_id, opened.asks, by=by):
        raise NotAllowed(ASKED_ALREADY)
    row = LearningRound(
        id=opened.id,
        asks=opened.asks,
        occasion=queries.TRAINING,
        occasion_id=opened.occasion_id,
        held_on=opened.held_on,
        code=codes.new_room(),
        salt=uuid4(),
        opened_by=by.user_id,
        opened_at=at,
        ends_at=end_of(opened.held_on + policy.DAYS_AFTER),
    )
    try:
        with transaction.atomic():
            is_new = create_once(row)
    except IntegrityError:
        raise NotAllowed(ASKED_ALREADY) from None
    if is_new:
        # Its key is there before anybody answers: whoever answers mints none.
        keys.first(opened.id, Kind.COMMITTEE)
        audit.record("learning.opened", by=by, records=[opened.id])


@transaction.atomic
def ask_after(of: LearningRound, *, by: Actor, at: datetime) -> None:
    """From now on the same code opens the questions of after."""
    of = queries.lock(of)
    if of.after_at is not None and policy.can_run(by, of):
        return
    policy.can_ask_after(by, of, at).or_raise()
    LearningRound.objects.filter(pk=of.pk).update(after_by=by.user_id, after_at=at)
    audit.record("learning.after", by=by, records=[of.pk])


@transaction.atomic
def answer(
    of: LearningRound,
    sheet_id: UUID,
    *,
    own: str,
    steps: Mapping[str, int],
    tries: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Written in nobody's name, and nothing in the journal says it. Sent twice, it is kept once."""
    policy.can_answer(by, of, at).or_raise()
    if of.salt is None:
        raise NotAllowed(policy.OVER)
    row = Sheet(id=sheet_id, round_id=of.pk)
    said = Said(of.time, codes.mark(of.salt, own), steps, tries)
    vault.lock(row, said=queries.as_text(said))
    create_once(row)


@transaction.atomic
def close(of: LearningRound, *, by: Actor, at: datetime) -> None:
    """Nobody answers any more; what may be said is counted, once and for good, and the salt goes:
    no sheet is ever tied to another again."""
    of = queries.lock(of)
    if of.is_closed and policy.can_run(by, of):
        return
    policy.can_close(by, of).or_raise()
    LearningRound.objects.filter(pk=of.pk).update(closed_by=by.user_id, closed_at=at, salt=None)
    sheets = list(Sheet.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(sheets, by=by, action="learning.closed")
    said = [queries.from_text(one.opened.said) for one in sheets]
    compared = [one.code for one in of.asks.questions]
    pleased = [one.code for one in queries.pleased()]
    found = figures.outcomes(said, compared, pleased, enough=queries.enough())
    over_at = queries.end_of_quarter(at)
    Outcome.objects.bulk_create(
        Outcome(
            id=uuid4(), round_id=of.pk, asks_id=of.asks_id, over_at=over_at,
            question=code, time=time, step=step, number=number,
        )
        for (code, time), numbers in found.items()
        for step, number in numbers.items()
    )  # fmt: skip
    if words := figures.tries(said, enough=queries.enough()):
        row = Trying(id=uuid4(), round_id=of.pk)
        vault.lock(row, words=json.dumps(shuffled(words)))
        Trying.objects.bulk_create([row])
    if not sheets:
        audit.record("learning.closed", by=by, records=[of.pk])


@transaction.atomic
def forget(owner_id: UUID, *, by: Actor, at: datetime) -> None:
    """The sheets of a group and their key; or what it will try. A group that nobody closed loses
    its salt too, unread."""
    if owner_id in queries.to_forget(by=by, at=at):
        vault.erase(owner_id, kinds=[Kind.COMMITTEE], basis=COUNTED, by=by, at=at)
        LearningRound.objects.filter(pk=owner_id, salt__isnull=False).update(salt=None)
