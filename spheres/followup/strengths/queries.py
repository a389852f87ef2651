"""How are her strengths found: the log, those of her plan, those of the first page of her file?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.strengths.models import HEADINGS, Kind, Strength, StrengthStatus
from spheres.records import queries as kept
from spheres.records.between import gathering

MOST: Final = 200  # in the log
ON_PLAN, WITH_HER_WORDS = "strengths", "strengths with her words"
MOST_ON_PLAN, MOST_WITH_WORDS = 12, 3
# Those that stand, the newest first; what was written before she came back stays folded.
STAND: Final = """
select t.* from strengths_strength t
join strengths_strengthstatus s on s.record_id = t.id
where t.file_id = %(file)s and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or t.written_at >= %(since)s)
order by t.occurred_at desc, t.written_at desc, t.id limit """
# One more than is shown says that there are others.
NEWEST: Final = f"{STAND}{MOST_WITH_WORDS + 1}"
OF_PLAN: Final = f"{STAND}{MOST_ON_PLAN + 1}"

Status = StrengthStatus.Status


@dataclass(frozen=True)
class Shelf:
    """The lines of one kind, the newest first."""

    kind: Kind
    lines: list[Strength]

    @property
    def title(self) -> str:
        return str(HEADINGS[self.kind])


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Strength]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Strength.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "-written_at", "pk")
    )


def log(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Strength]:
    """All that no correction has followed, set aside or not; still locked.

    Of somebody who came back, what was written since, until she asks for the rest.
    """
    rows = of_file(file_id, actor=actor).exclude(standing__status=Status.CORRECTED)
    return list(kept.written_since(rows, since)[:MOST])


def with_her_words(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Strength]:
    """The newest that stand, for the first page of her file; still locked."""
    return gathering.rows(WITH_HER_WORDS, file_id, actor=actor, since=since)


def of_plan(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Strength]:
    """Those that stand, as many as her plan shows; still locked."""
    return gathering.rows(ON_PLAN, file_id, actor=actor, since=since)


def shelves(lines: Iterable[Strength]) -> list[Shelf]:
    """By kind, in the order of the kinds; a kind without a line is not there."""
    found = list(lines)
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in Kind}
    return [Shelf(kind, of_kind) for kind, of_kind in by_kind.items() if of_kind]


def number_of(found_in: UUID) -> UUID:
    """The identifier of the line that was found in something: found twice, it is one line."""
    return uuid5(found_in, "strength")


def found_already(found_in: Collection[UUID], *, actor: Actor) -> set[UUID]:
    """In which of these a line was found that is kept already."""
    context.require(actor)
    numbers = {number_of(one): one for one in found_in}
    found = Strength.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    return {numbers[one] for one in found}


def lock(record_id: UUID, *, actor: Actor) -> StrengthStatus:
    """Where one line stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(StrengthStatus.objects.filter(pk=record_id))
