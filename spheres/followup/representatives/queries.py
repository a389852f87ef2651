"""Which suspensions stand or stood for one person; and which wait for a second person?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import Suspension, SuspensionReason, SuspensionReview
from spheres.sharing.protecting import REVIEWED_WITHIN
from spheres.vault import actions as vault

SHOWN_FOR: Final = timedelta(days=30)  # once looked at again
# Since when each waits that I may look at again: row security leaves out what I wrote.
TO_REVIEW: Final = "representatives, to look at again"
WAITING: Final = """
  select json_build_object('written_at', r.written_at)
  from participants_suspensionreason r
  where not exists (select from participants_suspensionreview v where v.id = r.id)"""


@dataclass(frozen=True)
class Standing:
    """One suspension, as her team reads it."""

    row: Suspension
    author: str
    review: SuspensionReview | None

    @property
    def in_force(self) -> bool:
        return self.row.ended_at is None and not self._is_refused

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, whoever ended it first."""
        after = self.review.reviewed_at if self.review and self._is_refused else None
        both = [one for one in (self.row.ended_at, after) if one]
        return min(both) if both else None

    @property
    def is_ended_by_review(self) -> bool:
        """Whether it is the second person who ended it."""
        return self._is_refused and self.row.ended_at is None

    @property
    def _is_refused(self) -> bool:
        return self.review is not None and self.review.outcome == SuspensionReview.Outcome.ENDED


def suspensions(*, actor: Actor) -> QuerySet[Suspension]:
    """Those of the files of those one walks with."""
    context.require(actor)
    return Suspension.objects.order_by("-written_at", "pk")


def of_file(file_id: UUID, *, actor: Actor) -> list[Standing]:
    """All of one file, those in force first, then the newest; still locked."""
    rows = list(suspensions(actor=actor).filter(file_id=file_id))
    if not rows:
        return []
    reviews = {one.pk: one for one in SuspensionReview.objects.filter(pk__in=[r.pk for r in rows])}
    names = accounts.names_of({row.written_by for row in rows})
    found = [Standing(row, names.get(row.written_by, ""), reviews.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: not one.in_force)


@dataclass(frozen=True)
class ToReview:
    """One of them as a second person reads it: neither of whom it is, nor which representative."""

    reason: SuspensionReason
    author: str
    is_late: bool
    review: SuspensionReview | None = None
    elsewhere: str = ""  # the partner where nobody else can look again


def reasons(*, actor: Actor) -> QuerySet[SuspensionReason]:
    """Those that somebody else wrote in the organisation; at the desk, also those of a partner
    where nobody else can look at them again."""
    context.require(actor)
    return SuspensionReason.objects.order_by("written_at", "pk")


def to_review(*, actor: Actor, at: datetime) -> tuple[list[ToReview], list[ToReview]]:
    """Those that nobody looked at yet, oldest first, opened; then the last month’s, closed."""
    said = Exists(SuspensionReview.objects.filter(pk=OuterRef("pk")))
    waiting = list(reasons(actor=actor).filter(~said))
    reviews = {
        one.pk: one for one in SuspensionReview.objects.filter(reviewed_at__gt=at - SHOWN_FOR)
    }
    done = list(reasons(actor=actor).filter(pk__in=list(reviews)))
    vault.open(waiting, by=actor, sections=(), action="list")
    names = accounts.names_of({row.user_id for row in (*waiting, *done)})
    others = {row.organisation_id for row in waiting} - {actor.organisation_id}
    partners = {one.pk: one.name for one in Organisation.objects.filter(pk__in=others)}
    return (
        [
            ToReview(
                row,
                names.get(row.user_id, ""),
                row.written_at <= at - REVIEWED_WITHIN,
                elsewhere=partners.get(row.organisation_id, ""),
            )
            for row in waiting
        ],
        [ToReview(row, names.get(row.user_id, ""), False, reviews[row.pk]) for row in done],
    )
