"""What is done with a round: opened, answered, made longer, counted, settled, forgotten?"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED
from spheres.partners.rounds import figures, policy, queries
from spheres.partners.rounds.figures import Said
from spheres.partners.rounds.models import (
    Given,
    Outcome,
    Position,
    QuestionSet,
    ReflectionRound,
    Remark,
    Sheet,
)
from spheres.records.anonymous.sheets import shuffled
from spheres.vault import actions as vault
from spheres.vault.models import Kind

SETTLED_LONG_AGO: Final = "round settled"
# Two who open the same set at once, or settle two rounds of it, come one after the other.
ONE_AT_A_TIME: Final = "select pg_advisory_xact_lock(hashtextextended('reflection ' || %s, 0))"


@dataclass(frozen=True)
class Opened:
    """A round as it is opened; what it rides on, if on something."""

    id: UUID
    asks: QuestionSet
    organisations: Collection[UUID]
    ends_at: datetime
    occasion: str = ""
    occasion_id: UUID | None = None


@dataclass(frozen=True)
class Heard:
    """A position in the words of whoever runs the round, and whether a few hold it or many."""

    question: str
    words_fr: str
    words_en: str
    is_of_few: bool


@transaction.atomic
def open_round(opened: Opened, *, by: Actor, at: datetime) -> None:
    """It begins now, until the end of its last day. Sent twice, it is opened once."""
    if queries.find(opened.id, actor=by) is not None:
        return
    _hold(opened.asks.slug)
    asked = frozenset(opened.organisations)
    before = [one for _round, one in queries.all_before(actor=by)]
    policy.can_open(by, opened.asks.slug, asked, before, at).or_raise()
    row = ReflectionRound(
        id=opened.id,
        asks=opened.asks,
        organisations=sorted(asked),
        places=sorted(queries.partner_of(asked, actor=by)),
        occasion=opened.occasion,
        occasion_id=opened.occasion_id,
        opened_by=by.user_id,
        opened_at=at,
        ends_at=opened.ends_at,
    )
    if create_once(row):
        audit.record("round.opened", by=by, records=[opened.id])


@transaction.atomic
def make_longer(of: ReflectionRound, *, ends_at: datetime, by: Actor, at: datetime) -> None:
    """Later than it was to end, as long as nothing of it was counted."""
    of = _lock(of)
    policy.can_make_longer(by, of).or_raise()
    if ends_at <= max(of.ends_at, at):
        raise WrongState(HAS_CHANGED)
    ReflectionRound.objects.filter(pk=of.pk).update(ends_at=ends_at)
    audit.record("round.made_longer", by=by, records=[of.pk])


@transaction.atomic
def answer(
    of: ReflectionRound,
    *,
    steps: Mapping[str, int],
    remarks: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> bool:
    """Written in nobody's name, and nothing in the journal says it. False when this person has
    answered already, from another page or for another organisation."""
    policy.can_answer(by, of, at).or_raise()
    organisation = queries.partner_of(of.organisations, actor=by)[by.organisation_id]
    if not create_once(Given(id=queries.token(of, actor=by), round_id=of.pk)):
        return False
    row = Sheet(id=uuid4(), round_id=of.pk)
    vault.lock(row, said=queries.as_text(Said(organisation, steps, remarks)))
    Sheet.objects.bulk_create([row])
    return True


@transaction.atomic
def count(of: ReflectionRound, *, by: Actor, at: datetime) -> None:
    """Over, from enough answers: the steps are counted question by question, all organisations
    together, and the remarks put apart from them, in no order. Once."""
    of = _lock(of)
    if of.counted_at is not None:
        return
    has_enough, enough = queries.has_enough(of, actor=by), queries.enough()
    policy.can_count(by, of, has_enough=has_enough, enough=enough, at=at).or_raise()
    sheets = list(Sheet.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(sheets, by=by, action="round.counted")
    said = [queries.from_text(one.opened.said) for one in sheets]
    least = queries.least()
    if not figures.can_be_counted((one.organisation for one in said), enough=enough, least=least):
        raise NotAllowed(policy.TOO_FEW_WITHOUT_ONE)
    codes = [one.code for one in of.asks.questions]
    Outcome.objects.bulk_create(
        Outcome(id=uuid4(), round_id=of.pk, question=code, step=step, number=number)
        for code, numbers in figures.outcomes(said, codes, enough=enough, least=least).items()
        for step, number in numbers.items()
    )
    _put_remarks_apart(of, said)
    ReflectionRound.objects.filter(pk=of.pk).update(
        counted_by=by.user_id, counted_at=at, answers=len(said)
    )


def _put_remarks_apart(of: ReflectionRound, said: Sequence[Said]) -> None:
    """In an order of chance, with their question and nothing else."""
    rows = []
    for code in sorted({code for one in said for code in one.remarks}):
        found = [one.remarks[code] for one in said if one.remarks.get(code)]
        row = Remark(id=uuid4(), round_id=of.pk, question=code)
        vault.lock(row, words=json.dumps(shuffled(found)))
        rows.append(row)
    Remark.objects.bulk_create(rows)


@transaction.atomic
def settle(of: ReflectionRound, heard: Sequence[Heard], *, by: Actor, at: datetime) -> None:
    """Figures and positions are said to all; or the round ends unread. What is under lock is
    destroyed. Rounds of the same set that one could take away from this one are put away."""
    of = _lock(of)
    if of.is_settled:
        return
    policy.can_settle(by, of, at).or_raise()
    if of.counted_at is not None:
        _hold(of.asks.slug)
        Position.objects.bulk_create(
            Position(
                id=uuid4(), round_id=of.pk, question=one.question, place=place,
                words_fr=one.words_fr, words_en=one.words_en, is_of_few=one.is_of_few,
            )
            for place, one in enumerate(heard)
        )  # fmt: skip
        _put_away(of, by=by, at=at)
    ReflectionRound.objects.filter(pk=of.pk).update(settled_by=by.user_id, settled_at=at)
    audit.record("round.settled", by=by, records=[of.pk])


def _put_away(of: ReflectionRound, *, by: Actor, at: datetime) -> None:
    asked = frozenset(of.organisations)
    gone = [
        row.pk
        for row, before in queries.all_before(actor=by)
        if row.pk != of.pk and row.is_said and figures.is_to_put_away(of.asks.slug, asked, before)
    ]
    ReflectionRound.objects.filter(pk__in=gone).update(put_away_by=by.user_id, put_away_at=at)


def forget(round_id: UUID, *, by: Actor, at: datetime) -> None:
    """The sheets, who has answered, the remarks and their key, of a settled round."""
    if round_id in queries.to_forget(by=by):
        vault.erase(round_id, kinds=[Kind.COMMITTEE], basis=SETTLED_LONG_AGO, by=by, at=at)


def _lock(of: ReflectionRound) -> ReflectionRound:
    """As it stands now, whoever else presses the same button."""
    found = ReflectionRound.objects.select_for_update(of=("self",)).select_related("asks")
    return found.get(pk=of.pk)


def _hold(slug: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [slug])
