"""Which rounds are there, was an answer given, what do all of them say, and did before?"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.rounds import policy
from spheres.partners.rounds.figures import Before, Said
from spheres.partners.rounds.models import (
    ENOUGH,
    LEAST,
    Given,
    Outcome,
    Position,
    QuestionSet,
    ReflectionRound,
    Remark,
)
from spheres.records.anonymous.drawing import Spread
from spheres.records.anonymous.questions import STEPS
from spheres.records.anonymous.sheets import at_least
from spheres.sharing.counting import Answering
from spheres.vault import actions as vault

OVER: Final = "r.ends_at <= (select access.moment())"
# One word each, and nothing to list: whether this person has answered, whether enough have.
GIVEN: Final = Answering(
    name="rounds_given",
    query="select 'GIVEN' from rounds_given g where g.id = encode({held}, 'hex')::uuid",
    reads={"rounds_given": ("id",)},
)
IS_ENOUGH: Final = Answering(
    name="rounds_enough",
    query="select 'ENOUGH' from rounds_given g "  # noqa: S608 -- ours
    "join rounds_reflectionround r on r.id = g.round_id cross join regions_region m "
    f"where r.id = encode({{held}}, 'hex')::uuid and {OVER} "
    f"group by m.minimum_group having count(*) >= greatest({ENOUGH}, m.minimum_group)",
    reads={
        "rounds_given": ("id", "round_id"),
        "rounds_reflectionround": ("id", "ends_at"),
        "regions_region": ("minimum_group",),
    },
)


@dataclass(frozen=True)
class Spoken(Spread):
    """The same, with the positions that were heard."""

    positions: tuple[Position, ...] = ()


def sets(*, actor: Actor) -> list[QuestionSet]:
    """Those that may be asked, in the region’s order."""
    context.require(actor)
    return list(QuestionSet.objects.filter(is_offered=True).order_by("position", "slug"))


def rounds(*, actor: Actor) -> list[ReflectionRound]:
    """All that were not put away, with what they ask, the newest first."""
    context.require(actor)
    found = ReflectionRound.objects.filter(put_away_at=None).select_related("asks")
    return list(found.order_by("-opened_at", "pk"))


def find(round_id: UUID, *, actor: Actor) -> ReflectionRound | None:
    context.require(actor)
    return ReflectionRound.objects.select_related("asks").filter(pk=round_id).first()


def all_before(*, actor: Actor) -> list[tuple[ReflectionRound, Before]]:
    """Every round that a next one must know; one that ended unread is none."""
    context.require(actor)
    found = ReflectionRound.objects.select_related("asks").order_by("opened_at", "pk")
    return [
        (
            one,
            Before(
                one.asks.slug, frozenset(one.organisations), one.ends_at,
                is_put_away=one.put_away_at is not None,
            ),
        )
        for one in found
        if not (one.is_settled and one.counted_at is None)
    ]  # fmt: skip


def partners(*, actor: Actor) -> list[Organisation]:
    """Those that may be asked, by name."""
    context.require(actor)
    found = Organisation.objects.filter(is_partner=True, left_at=None).order_by("pk")
    return sorted(found, key=lambda one: one.name)


def names(ids: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    context.require(actor)
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=ids).order_by("pk")}


def partner_of(asked: Collection[UUID], *, actor: Actor) -> dict[UUID, UUID]:
    """For each organisation that is asked, or a part of one: the one that is asked."""
    context.require(actor)
    found = {}
    for one in Organisation.objects.select_related("parent__parent").order_by("pk"):
        above = [one, one.parent, one.parent and one.parent.parent]
        of = next((each.pk for each in above if each and each.pk in asked), None)
        if of is not None:
            found[one.pk] = of
    return found


def token(of: ReflectionRound, *, actor: Actor) -> UUID:
    """What stands for «this person has answered this round»: only the key file makes it."""
    digest = vault.keyed_digest("reflection round", f"{of.pk}|{actor.user_id}")
    return UUID(bytes=digest[:16])


def has_given(of: ReflectionRound, *, actor: Actor) -> bool:
    return _word("access.rounds_given", token(of, actor=actor), actor) is not None


def has_enough(of: ReflectionRound, *, actor: Actor) -> bool:
    """Whether enough have answered: the database says it once the round is over, never before."""
    return _word("access.rounds_enough", of.pk, actor) is not None


def _word(function: str, held: UUID, actor: Actor) -> str | None:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s)", [held.bytes])
        [word] = cursor.fetchone()
        return str(word) if word is not None else None


def enough() -> int:
    """How many answers it takes here; never fewer than eight."""
    return at_least(ENOUGH)


def least() -> int:
    """How many are left when one organisation is set aside; never fewer than five."""
    return at_least(LEAST)


def to_answer(
    found: Iterable[ReflectionRound], *, actor: Actor, at: datetime
) -> list[ReflectionRound]:
    """The rounds that ask this person now, whether or not they have answered."""
    return [one for one in found if policy.can_answer(actor, one, at)]


def same_before(of: ReflectionRound, found: Sequence[ReflectionRound]) -> ReflectionRound | None:
    """The last round before this one that asked the same set of the same organisations."""
    asked = frozenset(of.organisations)
    return next(
        (
            one
            for one in found
            if one.is_said
            and one.opened_at < of.opened_at
            and one.asks.slug == of.asks.slug
            and frozenset(one.organisations) == asked
        ),
        None,
    )


def spreads(of: ReflectionRound, before: ReflectionRound | None, *, actor: Actor) -> list[Spoken]:
    """Question by question: how many chose each step, the last time too when it was worded alike;
    and the positions that were heard."""
    context.require(actor)
    ids = [one.pk for one in (of, before) if one is not None]
    numbers: dict[tuple[UUID, str], dict[int, int]] = {}
    for row in Outcome.objects.filter(round_id__in=ids).order_by("pk"):
        numbers.setdefault((row.round_id, row.question), {})[row.step] = row.number
    positions = list(Position.objects.filter(round_id=of.pk).order_by("place", "pk"))
    worded = {one.code: one for one in before.asks.questions} if before else {}
    return [
        Spoken(
            one,
            _numbers(numbers.get((of.pk, one.code))),
            _numbers(numbers.get((before.pk, one.code)))
            if before and worded.get(one.code) == one
            else None,
            tuple(each for each in positions if each.question == one.code),
        )
        for one in of.asks.questions
    ]


def _numbers(found: dict[int, int] | None) -> tuple[int, ...] | None:
    return tuple(found.get(step, 0) for step in STEPS) if found else None


def remarks(of: ReflectionRound, *, actor: Actor) -> dict[str, list[str]]:
    """What was written, by question and in no order, opened; for whoever rewords it."""
    context.require(actor)
    rows = list(Remark.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(rows, by=actor)
    return {one.question: json.loads(one.opened.words) for one in rows}


def to_forget(*, by: Actor) -> list[UUID]:
    """Settled rounds of which something still stands under lock; for the service of expiry."""
    context.require(by)
    settled = ReflectionRound.objects.filter(settled_at__isnull=False).order_by("pk")
    standing = Given.objects.filter(round_id__in=settled.values("pk")).order_by("round_id")
    return list(standing.values_list("round_id", flat=True).distinct())


def as_text(said: Said) -> str:
    """What is locked of a sheet."""
    return json.dumps(
        {"of": str(said.organisation), "steps": dict(said.steps), "remarks": dict(said.remarks)}
    )


def from_text(text: str) -> Said:
    it = json.loads(text)
    return Said(UUID(it["of"]), it["steps"], it["remarks"])
