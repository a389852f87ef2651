"""What can be done of a worrying situation? Write it after the call, or why none; add, tell, look.

Nothing of it is told in the journal of the file: each act stands in the chain of whoever did it,
for a line there would tell her other workers, and whoever reads it with her, that somebody reported
(P-34.1, s. 44).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.accounts import queries as accounts
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.clock import day_of
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.worrying import policy, queries
from spheres.followup.worrying.models import Addition, Duty, Situation, Telling
from spheres.records import actions as records
from spheres.records import spoken
from spheres.records.between.telling import REPORT, WEIGHED
from spheres.records.spoken import LOOKED_AT
from spheres.records.spoken import Told as Told
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import ACCOMPANYING
from spheres.vault import actions as vault

About, Outcome = Addition.About, Situation.Outcome


@dataclass(frozen=True)
class Written:
    """What the page says: what was reported and to whom, or why it was not."""

    id: UUID
    made_at: datetime
    outcome: str
    reached: str = ""
    recipient: str = ""
    said: str = ""
    because: str = ""
    facts: str = ""
    consulted: str = ""
    wishes: str = ""
    support: str = ""
    told_her: str = ""  # before, after, not for now; empty: not yet
    ground: str = ""
    look_again_on: date | None = None
    her_words: str = ""


@transaction.atomic
def write(
    file_id: UUID, written: Written, *, is_adult: bool = False, by: Actor, at: datetime
) -> bool:
    """Keep what was reported, or why it was not, for a second person to look at again.

    Its draft is forgotten in the same transaction. Sent twice, it is one record: False.
    """
    policy.can_write(by, is_adult=is_adult).or_raise()
    policy.can_be_then(written.made_at, at).or_raise()
    row = spoken.told_by_voice(
        written.id, file_id, REPORT if written.outcome == Outcome.REPORTED else WEIGHED,
        ground=Disclosure.Ground.YOUTH_PROTECTION,
        purpose=Disclosure.Purpose.PROTECTION,
        capacity=Disclosure.Capacity.YOUTH_PROTECTION,
        made_at=written.made_at, by=by, at=at,
    )  # fmt: skip
    if not create_once(row):
        return False
    kept = Situation(
        id=written.id,
        file_id=file_id,
        outcome=written.outcome,
        reached=written.reached,
        category=queries.category_of(by.user_id, actor=by),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        kept,
        recipient=written.recipient,
        said=written.said,
        because=written.because,
        facts=written.facts,
        consulted=written.consulted,
        wishes=written.wishes,
        support=written.support,
    )
    create_once(kept)
    records.discard_draft(written.id, by=by)
    audit.record("worrying.written", by=by, records=[written.id], digest=vault.digest(kept))
    if written.told_her:
        told = Told(
            uuid5(written.id, "told"), written.told_her, written.ground, written.look_again_on,
            words=written.her_words,
        )  # fmt: skip
        _tell(row, told, by=by, at=at)
    elif written.her_words:
        _add(row, uuid5(written.id, "her words"), About.TELLING, written.her_words, by=by, at=at)
    return True


@transaction.atomic
def add(
    file_id: UUID, situation_id: UUID, *, addition_id: UUID, about: str, text: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Add on one point what was not written that day. Sent twice, it is added once."""
    found = _seen(file_id, situation_id, by=by)
    policy.can_add(by, found.row.prepared_by).or_raise()
    _add(found.row, addition_id, about, text, by=by, at=at)


@transaction.atomic
def tell(file_id: UUID, situation_id: UUID, told: Told, *, by: Actor, at: datetime) -> None:
    """She was told, and what she said; or not for now, why, and until when. Sent twice, once."""
    found = _seen(file_id, situation_id, by=by)
    if any(one.pk == told.id for one in found.tellings):
        return
    policy.can_tell(by, found.row.prepared_by, found.way).or_raise()
    _tell(found.row, told, by=by, at=at)


@transaction.atomic
def review(situation_id: UUID, *, step_id: UUID, learnt: str, by: Actor, at: datetime) -> None:
    """A second person has looked at it again, and says what was learnt; once."""
    found = queries.to_review(situation_id, actor=by)
    if found is None:
        raise WrongState(LOOKED_AT)
    if found.reviewed is not None and found.reviewed.pk == step_id:
        return  # the same press, sent again
    if found.reviewed is not None:
        raise WrongState(LOOKED_AT)
    policy.can_review(by, found.row.prepared_by).or_raise()
    if learnt:
        _add(found.row, step_id, About.LEARNT, learnt, by=by, at=at)
    spoken.keep_second_look(found.row, step_id, by=by, at=at)
    audit.record("worrying.reviewed", by=by, records=[situation_id, step_id])


@transaction.atomic
def say(duty_id: UUID, *, user_id: UUID, category: str, by: Actor, at: datetime) -> None:
    """Say what one is for the law; or, as a manager, what somebody is who works here."""
    people = accounts.who_works_here(ACCOMPANYING, actor=by, at=at) if user_id != by.user_id else ()
    works_here = any(one.user_id == user_id for one in people)
    policy.can_say(by, user_id, works_here=works_here).or_raise()
    row = Duty(
        id=duty_id,
        organisation_id=by.organisation_id,
        user_id=user_id,
        category=category,
        said_by=by.user_id,
        said_at=at,
    )
    if create_once(row):
        audit.record("worrying.category_said", by=by, records=[duty_id])


def _seen(file_id: UUID, situation_id: UUID, *, by: Actor) -> queries.Found:
    found = queries.of_file(file_id, situation_id, actor=by)
    if found is None:
        raise WrongState(LOOKED_AT)
    return found


def _tell(row: Disclosure, told: Told, *, by: Actor, at: datetime) -> None:
    if told.way == Telling.Way.NOT_NOW and told.look_again_on is not None:
        policy.can_wait_until(told.look_again_on, day_of(at)).or_raise()
    if spoken.keep_telling(queries.SHAPES, row, told, by=by, at=at):
        audit.record("worrying.told_her", by=by, records=[row.pk, told.id])


def _add(
    row: Disclosure, addition_id: UUID, about: str, text: str, *, by: Actor, at: datetime
) -> None:
    digest = spoken.keep_addition(queries.SHAPES, row, addition_id, about, text, by=by, at=at)
    if digest:
        audit.record("worrying.added", by=by, records=[addition_id], digest=digest)
