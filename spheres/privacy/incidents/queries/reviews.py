"""Which entries are past their time, what is proposed of them, what was decided, what waits?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.privacy.incidents.models import (
    IS_HELD,
    NOT_REVIEWED,
    PAST_ITS_TIME,
    Answer,
    Review,
)
from spheres.records.between import places
from spheres.records.documents import reference
from spheres.sharing.models.keeping import KEEPERS

# What waits for those who keep the files: numbers, asked with my day.
TO_REVIEW: Final = "incidents, to review"
OF_REVIEWS: Final = f"""
select json_build_object('due', (select count(*) {PAST_ITS_TIME} {NOT_REVIEWED}),
  'waits', (select count(*) from incidents_review v
    where v.organisation_id = (select access.organisation()) and v.proposed_by <> %(user)s
      and not exists (select from incidents_answer w where w.id = v.id)))
where (select access.holds('{{{",".join(KEEPERS)}}}'))"""  # noqa: S608 -- every name is ours
DUE: Final = f"""select i.id, i.aware_on, {IS_HELD} {PAST_ITS_TIME} {NOT_REVIEWED}
    order by i.aware_on, i.id"""


@dataclass(frozen=True)
class Due:
    """An entry past its time, and whether a legal hold forbids that it goes."""

    id: UUID
    aware_on: date
    is_held: bool

    @property
    def reference(self) -> str:
        return reference(self.id)


@dataclass(frozen=True)
class Reviewed:
    """What was proposed of an entry, by whom; and what a second person answered."""

    row: Review
    answer: Answer | None
    names: dict[UUID, str]

    @property
    def reference(self) -> str:
        return reference(self.row.incident_id)

    @property
    def proposer(self) -> str:
        return self.names.get(self.row.proposed_by, "")

    @property
    def answerer(self) -> str:
        return self.names.get(self.answer.answered_by, "") if self.answer else ""


def due(*, actor: Actor) -> list[Due]:
    """Those of the register one keeps, the longest known first; nothing of what they say."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(DUE)
        return [Due(*row) for row in cursor.fetchall()]


def listed(*, actor: Actor) -> list[Reviewed]:
    """What was proposed where one acts, the newest first."""
    context.require(actor)
    rows = list(
        Review.objects.filter(organisation_id=actor.organisation_id).order_by("-proposed_at", "pk")
    )
    if not rows:
        return []
    answers = Answer.objects.in_bulk([row.pk for row in rows])
    who = {row.proposed_by for row in rows} | {one.answered_by for one in answers.values()}
    names = accounts.names_of(who)
    return [Reviewed(row, answers.get(row.pk), names) for row in rows]


def one(review_id: UUID, *, actor: Actor) -> Reviewed | None:
    """One that the database shows."""
    return next((each for each in listed(actor=actor) if each.row.pk == review_id), None)


def to_review(*, actor: Actor, at: datetime) -> dict[str, int]:
    """How many are past their time, and how many decisions wait for a second person."""
    rows = places.rows_of_day(TO_REVIEW, actor=actor, at=at)
    return rows[0] if rows else {"due": 0, "waits": 0}


def let_in(*, actor: Actor) -> frozenset[UUID]:
    """Whom one let in, and who let one in: of two who decide, neither is that of the other."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.let_in()")
        return frozenset(cursor.fetchone()[0])
