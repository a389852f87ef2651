"""What can be done? Say how long, ask for erasure, propose, say yes, seal, open again, destroy.

Each may be pressed twice: it is done once. The database decides, and says why it refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.privacy.retention import policy, queries
from spheres.records.between import hooks
from spheres.sharing import holding, keeping
from spheres.sharing.models import Ending, ErasureRequest, ErasureWords, Hold, KeepingRule
from spheres.sharing.models.keeping import Sort
from spheres.sharing.rules import LEGAL
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Asked:
    """Her request: who says it, on which day, her words, how she wants the answer."""

    id: UUID
    asker: str
    said_on: date
    her_words: str
    answer: str = ""


@dataclass(frozen=True)
class Proposed:
    """What is proposed for some classes of one file."""

    id: UUID
    sorts: tuple[str, ...]
    exit: str
    why: str
    until_on: date | None = None
    request_id: UUID | None = None


@transaction.atomic
def say_rule(rule_id: UUID, *, sort: str, years: int, basis: str, by: Actor, at: datetime) -> None:
    """From now on the organisation keeps this class so many years; what was said before stays."""
    policy.can_set_rules(by).or_raise()
    row = KeepingRule(
        id=rule_id,
        organisation_id=by.organisation_id,
        sort=sort,
        keep_years=years,
        basis=basis,
        said_by=by.user_id,
        said_at=at,
    )
    if create_once(row):
        audit.record("retention.rule", by=by, records=[rule_id], basis=f"{sort} {years}")


@transaction.atomic
def ask(file_id: UUID, asked: Asked, *, by: Actor, at: datetime) -> None:
    """Her worker, or the privacy officer, writes down that she asks for erasure: once, as long as
    it waits for its answer."""
    if not policy.can_ask(by):
        policy.can_read_words(by).or_raise()
    queries.hold_requests(file_id)
    if queries.is_asked(asked.id, actor=by):
        return
    if queries.is_waiting(file_id, asked.asker, actor=by):
        raise WrongState(policy.ALREADY)
    row = ErasureRequest(
        id=asked.id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        asker=asked.asker,
        said_on=asked.said_on,
        asked_by=by.user_id,
        asked_at=at,
    )
    if not create_once(row):
        return
    words = ErasureWords(
        id=asked.id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(words, her_words=asked.her_words, answer=asked.answer)
    create_once(words)
    audit.record(
        "retention.asked",
        by=by,
        file_id=file_id,
        sections=[LEGAL],
        records=[asked.id],
        digest=vault.digest(words),
    )


@transaction.atomic
def propose(file_id: UUID, said: Proposed, *, by: Actor) -> None:
    """One proposes. Raises NotAllowed with the reason that this person may know."""
    policy.can_keep(by).or_raise()
    _done(
        queries.ask(
            "propose_ending",
            said.id,
            file_id,
            list(said.sorts),
            said.exit,
            said.why,
            said.until_on,
            said.request_id,
            actor=by,
        )
    )


@transaction.atomic
def confirm(ending: Ending, *, by: Actor) -> None:
    """The second person says yes. What is sealed closes now; the rest is carried out after."""
    policy.can_keep(by).or_raise()
    _done(queries.ask("confirm_ending", ending.pk, actor=by))


@transaction.atomic
def take_back(ending: Ending, *, by: Actor) -> None:
    """Nothing of it is done."""
    policy.can_keep(by).or_raise()
    if not queries.ask("take_back_ending", ending.pk, actor=by):
        raise NotAllowed(policy.REFUSED[keeping.CHANGED])


@transaction.atomic
def ask_to_lift(ending: Ending, ground: str, *, by: Actor) -> None:
    """A legal ground asks that what is sealed be read again."""
    policy.can_keep(by).or_raise()
    _done(queries.ask("ask_to_lift", ending.pk, ground, actor=by))


@transaction.atomic
def lift(ending: Ending, *, by: Actor) -> None:
    """The second person opens it again, to those who could read it before."""
    policy.can_keep(by).or_raise()
    _done(queries.ask("lift_seal", ending.pk, actor=by))


def _done(became: str) -> None:
    if became != keeping.DONE:
        raise NotAllowed(policy.REFUSED.get(became, policy.NOT_YOURS))


@transaction.atomic
def carry_out(ending_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Destroy what two people decided, keys and rows; False when it is done, or a hold forbids it.

    What stays: identifiers, days, who decided, the journal, a tombstone. With the follow-up go the
    last ways that led to the person.
    """
    context.require(by)
    context.memory("keys").clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "select of_file, of_sorts from access.carry_out(%s, %s)",
            [ending_id, clock.day_of(at)],
        )
        done = cursor.fetchone()
    if done is None:
        return False
    file_id, sorts = done
    if Sort.FOLLOW_UP in sorts:
        hooks.destroyed(file_id, by=by, at=at)
    return True


@transaction.atomic
def place_hold(
    hold_id: UUID, file_id: UUID, *, ground: str, words: str, by: Actor, at: datetime
) -> None:
    """Nothing of this file is destroyed from now on; nobody else learns of it."""
    policy.can_hold(by).or_raise()
    if not holding.place(hold_id, file_id, ground=ground, words=words, by=by, at=at):
        raise NotAllowed(policy.NOT_YOURS)


@transaction.atomic
def end_hold(hold: Hold, *, by: Actor) -> None:
    """The first press asks that it end; another person's ends it."""
    policy.can_see_holds(by).or_raise()
    if hold.end_asked_at is None:
        policy.can_hold(by).or_raise()
        if not holding.ask_to_end(hold.pk, by=by):
            raise NotAllowed(policy.STILL_OPEN)
        return
    became = holding.end(hold.pk, by=by)
    if became == holding.OPEN:
        raise NotAllowed(policy.STILL_OPEN)
    if became != holding.DONE:
        raise NotAllowed(policy.REFUSED.get(became, policy.NOT_YOURS))


@transaction.atomic
def print_paper(ending: Ending, *, by: Actor) -> None:
    """A letter or a certificate leaves on paper."""
    policy.can_print(by, ending).or_raise()
    audit.record("retention.printed", by=by, records=[ending.pk])
