"""Who was expected at a meeting and who came, is there a quorum, and how much time was given?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.committees.models import Roll
from spheres.partners.committees.queries.sitting import OF_PARTNER, Member, called, place_of
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeMeeting, CommitteeMember

A_YEAR: Final = timedelta(days=365)
# The partner of which the organisation of a seat is a part, or that organisation itself.
PARTNER: Final = Subquery(
    Organisation.objects.filter(pk=OuterRef("organisation_id")).values(
        partner=Case(
            When(is_partner=True, then=F("pk")),
            When(parent__is_partner=True, then=F("parent_id")),
            When(parent__parent__is_partner=True, then=F("parent__parent_id")),
            default=F("pk"),
        )
    )
)


@dataclass(frozen=True)
class Quorum:
    """How many organisations it takes, how many sit, and how many came; said, it stops nothing."""

    needed: int
    sitting: int
    came: int | None  # None: nobody has said yet who came

    @property
    def is_reached(self) -> bool:
        return self.came is not None and self.came >= self.needed

    @property
    def is_possible(self) -> bool:
        """Whether enough organisations sit at all."""
        return self.sitting >= self.needed


@dataclass(frozen=True)
class Attended:
    """A meeting as its roll says it: who was expected, who came, how long it lasted."""

    expected: list[Member]
    came: list[Member]
    minutes: int | None
    quorum: Quorum


@dataclass(frozen=True)
class Given:
    """The time given to a committee in a year: of meetings, and of all those who came."""

    meetings: int = 0
    minutes: int = 0
    of_each: int = 0


def seats_at(meeting: CommitteeMeeting, *, actor: Actor) -> list[Member]:
    """Who sat on that day, for an organisation where they worked on that day. Whoever went to work
    elsewhere is counted where they went from the day on which they are named anew."""
    context.require(actor)
    worked = (
        Membership.objects.filter(
            OF_PARTNER, user_id=OuterRef("user_id"), organisation_id=OuterRef("organisation_id")
        )
        .filter(starts_at__lt=meeting.ends_at)
        .filter(Q(ends_at=None) | Q(ends_at__gt=meeting.starts_at))
    )
    rows: Any = (
        CommitteeMember.objects.filter(
            Exists(worked), committee_id=meeting.committee_id, starts_at__lt=meeting.ends_at
        )
        .filter(Q(ended_at=None) | Q(ended_at__gt=meeting.starts_at))
        .annotate(**called(person="user_id"), partner=PARTNER)
        .order_by("pk")
    )
    found = [Member(row, row.who or "", place_of(row)) for row in rows]
    return sorted(found, key=lambda one: (one.organisation, one.name, one.row.pk))


def voices(seats: list[Member]) -> int:
    """How many partners these sit for: two units of one partner are one voice."""
    sitting: list[Any] = [one.row for one in seats]
    return len({row.partner for row in sitting})


def roll_of(meeting: CommitteeMeeting, *, actor: Actor) -> Roll | None:
    """The newest line of who came; none before anybody has said it."""
    context.require(actor)
    found = Roll.objects.filter(meeting_id=meeting.pk, committee_id=meeting.committee_id)
    return found.order_by("-noted_at", "pk").first()


def attended(meeting: CommitteeMeeting, committee: Committee, *, actor: Actor) -> Attended:
    """Who was expected, who came, and whether the organisations that were there were enough."""
    return counted(meeting, committee, roll_of(meeting, actor=actor), actor=actor)


def counted(
    meeting: CommitteeMeeting, committee: Committee, roll: Roll | None, *, actor: Actor
) -> Attended:
    """The same, of a roll that was read already."""
    expected = seats_at(meeting, actor=actor)
    came = [one for one in expected if roll is not None and one.row.pk in roll.seats]
    quorum = Quorum(committee.quorum, voices(expected), voices(came) if roll is not None else None)
    return Attended(expected, came, roll.minutes if roll is not None else None, quorum)


def time_given(committee_id: UUID, *, actor: Actor, at: datetime) -> Given:
    """Of the meetings of the last twelve months whose roll was noted; of nobody in particular."""
    context.require(actor)
    held = CommitteeMeeting.objects.filter(
        committee_id=committee_id, starts_at__gt=at - A_YEAR, starts_at__lte=at
    ).order_by("pk")
    newest: dict[UUID, Roll] = {}
    rolls = Roll.objects.filter(
        committee_id=committee_id, meeting_id__in=held.values_list("pk", flat=True)
    )
    for row in rolls.order_by("noted_at", "-pk"):
        newest[row.meeting_id] = row
    return Given(
        len(newest),
        sum(row.minutes for row in newest.values()),
        sum(row.minutes * len(row.seats) for row in newest.values()),
    )
