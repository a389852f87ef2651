"""How are activities, the list of a day, and what each was for her found?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import clock, context, states
from spheres.core.actor import SHARED, Actor
from spheres.followup.activities.models import (
    Activity,
    ActivityStatus,
    Attendance,
    Authorisation,
    Card,
    Companion,
    Feedback,
    Guest,
    Hold,
    Participation,
    ParticipationStatus,
    Seat,
)
from spheres.participants import queries as participants
from spheres.records.between import gathering, places
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing
from spheres.sharing.models import Along
from spheres.sharing.queries import Elsewhere
from spheres.sharing.rules import STEPS
from spheres.ui import moments
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault

MOST: Final = 50
SOON: Final = timedelta(days=2)
ALONG: Final = "activities"
MY_NEXT: Final = f"""
select json_build_object('id', a.id, 'idea', a.idea, 'held_on', a.held_on)
from activities_companion c
join activities_activity a on a.id = c.activity_id
join activities_activitystatus s on s.activity_id = a.id
where c.user_id = %(user)s and s.status = 'PLANNED'
  and a.held_on between (%(at)s)::date - 1 and (%(at)s)::date + {SOON.days + 1}
order by a.held_on, a.id limit 10"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Next:
    """An activity of these days that I come along to: nobody is named."""

    id: UUID
    idea: str
    held_on: date


def my_next(*, actor: Actor, at: datetime) -> list[Next]:
    """Those of today and of the days just after, the nearest first."""
    today = clock.day_of(at)
    found = [
        Next(UUID(row["id"]), row["idea"], date.fromisoformat(row["held_on"]))
        for row in places.rows_of_day(ALONG, actor=actor, at=at)
    ]
    near = [one for one in found if today <= one.held_on <= today + SOON]
    return sorted(near, key=lambda one: (one.held_on, one.id))


def board(*, actor: Actor) -> QuerySet[Activity]:
    """What the organisation offers, the latest first; whether I come along, whether it is kept."""
    context.require(actor)
    return (
        Activity.objects.select_related("standing")
        .annotate(
            is_mine=Exists(
                Companion.objects.filter(activity=OuterRef("pk"), user_id=actor.user_id)
            ),
            is_kept=Exists(Hold.objects.filter(activity=OuterRef("pk"), ended_at=None)),
        )
        .order_by("-held_on", "pk")
    )


def activity(activity_id: UUID, *, actor: Actor) -> Activity | None:
    """One of them."""
    return board(actor=actor).filter(pk=activity_id).first()


def is_along(activity_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor comes along."""
    context.require(actor)
    return Companion.objects.filter(activity_id=activity_id, user_id=actor.user_id).exists()


def is_kept(activity_id: UUID, *, actor: Actor) -> bool:
    """Whether its list is kept, because something happened."""
    context.require(actor)
    return Hold.objects.filter(activity_id=activity_id, ended_at=None).exists()


def companions(activity_id: UUID, *, actor: Actor) -> list[str]:
    """Which workers of one's own organisation come along, by name."""
    context.require(actor)
    ours = Companion.objects.filter(activity_id=activity_id, organisation_id=actor.organisation_id)
    users = ours.values_list("user_id", flat=True)
    return sorted(accounts.names_of(set(users)).values())


@dataclass(frozen=True)
class Sitting:
    """One person of the list whom I may know."""

    attendance_id: UUID
    file_id: UUID
    seat_id: UUID
    name: str
    food: str
    size: str


@dataclass(frozen=True)
class DayList:
    """The list as one worker sees it: the names she may read, and how many others."""

    seats: list[Seat]
    known: list[Sitting]
    # What persons of the other organisation agreed that this worker reads, that day.
    cards: list[Card] = field(default_factory=list)

    @property
    def others(self) -> int:
        return len(self.seats) - len(self.known) - len(self.cards)

    def counts(self, name: str, vocabulary: str) -> list[tuple[str, int]]:
        """How many of each size, or food need: for a supplier, without a name."""
        found = Counter(getattr(seat, name) for seat in self.seats if getattr(seat, name))
        return [(label, found[code]) for code, label in regions.choices(vocabulary) if found[code]]


def day_list(activity_id: UUID, *, actor: Actor) -> DayList:
    """The places the database shows this actor, and, live from their files, whose they are."""
    context.require(actor)
    seats = list(Seat.objects.filter(activity_id=activity_id).order_by("pk"))
    here = {seat.pk: seat for seat in seats}
    rows = list(Attendance.objects.filter(seat_id__in=list(here)))
    names = dict(participants.names([row.file_id for row in rows], actor=actor))
    known = [
        Sitting(
            row.pk,
            row.file_id,
            row.seat_id,
            names[row.file_id],
            here[row.seat_id].food,
            here[row.seat_id].size,
        )
        for row in rows
        if row.file_id in names
    ]
    return DayList(
        seats,
        sorted(known, key=lambda one: (one.name, one.attendance_id)),
        _told_to_me(set(here), actor=actor),
    )


# With another organisation.


def _told_to_me(seats: set[UUID], *, actor: Actor) -> list[Card]:
    """What is read of those whom colleagues elsewhere bring, on the day and as each agreed; told in
    the journal of each as what was shared."""
    shared = replace(actor, purpose=SHARED)
    with context.acting_as(shared):
        cards = list(Card.objects.filter(user_id=actor.user_id, seat_id__in=seats).order_by("pk"))
        vault.open(cards, by=shared, sections=[STEPS])
    return sorted(cards, key=lambda card: (alphabetical(card.opened.name), card.pk))


def partners(*, actor: Actor) -> list[tuple[UUID, str]]:
    """With whom an activity may be offered: partners of the programme, never a police service."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.recipients()")
        others = set(cursor.fetchone()[0]) - {actor.organisation_id}
    found = Organisation.objects.filter(pk__in=others)
    return sorted(((one.pk, one.name) for one in found), key=lambda pair: alphabetical(pair[1]))


def guests(activity_id: UUID, *, actor: Actor) -> list[tuple[UUID, str]]:
    """With which organisations it is offered, but one's own; by name."""
    context.require(actor)
    rows = Guest.objects.filter(activity_id=activity_id).values_list("host_id", "organisation_id")
    others = {one for row in rows for one in row} - {actor.organisation_id}
    found = Organisation.objects.filter(pk__in=others)
    return sorted(((one.pk, one.name) for one in found), key=lambda pair: alphabetical(pair[1]))


def others_along(activity_id: UUID, *, actor: Actor) -> list[Elsewhere]:
    """Who of another organisation comes along and may be told something; by name."""
    context.require(actor)
    rows = Companion.objects.filter(activity_id=activity_id)
    along = set(rows.values_list("organisation_id", "user_id"))
    if not along - {(actor.organisation_id, user) for _there, user in along}:
        return []
    there = sharing.workers_elsewhere(actor=actor, at=context.moment())
    found = [one for one in there if (one.organisation_id, one.user_id) in along]
    return sorted(found, key=lambda one: (alphabetical(one.name), one.user_id))


def sitting(attendance_id: UUID, activity_id: UUID, *, actor: Actor) -> Attendance | None:
    """A person of mine on this list."""
    context.require(actor)
    seats = Seat.objects.filter(activity_id=activity_id).values_list("pk", flat=True)
    return Attendance.objects.filter(pk=attendance_id, seat_id__in=list(seats)).first()


def told_to(seat_id: UUID, *, actor: Actor) -> set[UUID]:
    """Who reads something of the person of one place, as that person agreed."""
    return {one.user_id for one in told([seat_id], actor=actor).get(seat_id, [])}


def told(seats: Collection[UUID], *, actor: Actor) -> dict[UUID, list[Along]]:
    """By place, what my own people agreed that others read that day, and did not take back."""
    context.require(actor)
    cards = dict(Card.objects.filter(seat_id__in=seats).values_list("pk", "seat_id"))
    found: dict[UUID, list[Along]] = {}
    rows = Along.objects.filter(pk__in=list(cards), withdrawn_at=None)
    for one in rows.order_by("taken_at", "pk") if cards else ():
        found.setdefault(cards[one.pk], []).append(one)
    return found


@dataclass(frozen=True)
class AgreedOuting:
    """One worker elsewhere who reads what somebody said for one day."""

    id: UUID
    name: str
    organisation: str
    starts_at: datetime
    taken_at: datetime
    is_over: bool


def agreed_outings(file_id: UUID, *, actor: Actor, at: datetime) -> list[AgreedOuting]:
    """Those of one person, the latest day first; over, once the day is past or it is taken back."""
    context.require(actor)
    rows = list(Along.objects.filter(file_id=file_id).order_by("-starts_at", "pk")[:MOST])
    if not rows:
        return []
    names = accounts.names_of({one.user_id for one in rows})
    there = Organisation.objects.filter(pk__in={one.organisation_id for one in rows})
    where = {one.pk: one.name for one in there}
    return [
        AgreedOuting(
            one.pk,
            names.get(one.user_id, ""),
            where.get(one.organisation_id, ""),
            one.starts_at,
            one.taken_at,
            one.ends_at <= at or one.withdrawn_at is not None,
        )
        for one in rows
    ]


def my_people(*, actor: Actor) -> list[tuple[str, str]]:
    """Those whom this actor walks with, by name: whom she may put on a list."""
    known = participants.mine(actor=actor)
    found = participants.names([one.identity.file_id for one in known], actor=actor)
    return sorted(((str(file_id), name) for file_id, name in found), key=lambda pair: pair[1])


def goes_at(held_on: date) -> datetime:
    """When the list of a day goes: as that day ends."""
    return moments.moment_of(held_on + timedelta(days=1), time())


def of_year(year: int, *, actor: Actor) -> list[Activity]:
    """What the organisation offered in one whole year, in the order of the days."""
    rows = board(actor=actor).filter(
        organisation_id=actor.organisation_id,
        held_on__year=year,
        standing__status=ActivityStatus.Status.HELD,
    )
    return list(rows.order_by("held_on", "pk"))


def lock_standing(activity_id: UUID, *, actor: Actor) -> ActivityStatus:
    """What became of one, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(ActivityStatus.objects.filter(pk=activity_id))


# Of one file.


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Participation]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Participation.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


# Asked with the rest of her plan.
LAST_ONES: Final = "activities"
LAST: Final = """
select p.* from activities_participation p
join activities_participationstatus s on s.record_id = p.id
where p.file_id = %(file)s and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or p.written_at >= %(since)s)
order by p.occurred_at desc, p.id limit 3"""
# Those of these weeks, and to come, that are for a need or for something of her plan.
FOR_SOMETHING: Final = "activities for something"
FOR: Final = """
select p.* from activities_participation p
join activities_participationstatus s on s.record_id = p.id
where p.file_id = %(file)s and s.status = 'SIGNED'
  and (p.needs is not null or p.towards_id is not null)
  and p.held_on >= (select access.moment())::date - 60
  and (%(since)s::timestamptz is null or p.written_at >= %(since)s)
order by p.held_on desc, p.id limit 30"""
ANSWERED: Final = f"""
select p.file_id, n.need,
  greatest(p.written_at, p.held_on::timestamp at time zone '{settings.TIME_ZONE}')
from activities_participation p
join activities_participationstatus s on s.record_id = p.id, unnest(p.needs) as n(need)
where s.status = 'SIGNED' and p.held_on >= (select access.moment())::date - 60"""  # noqa: S608 -- a setting of ours


def last_ones(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Participation]:
    """The last few of one file, still locked."""
    return gathering.rows(LAST_ONES, file_id, actor=actor, since=since)


def for_something(
    file_id: UUID, *, actor: Actor, since: datetime | None = None
) -> list[Participation]:
    """Those that are for something she needs or wants, the latest first; still locked."""
    return gathering.rows(FOR_SOMETHING, file_id, actor=actor, since=since)


def feedback(record: Participation, *, actor: Actor) -> list[Feedback]:
    """How it was, each time she said it, the newest first; still locked."""
    context.require(actor)
    rows = Feedback.objects.filter(record_id=record.root)
    return list(rows.order_by("-written_at", "pk"))


def authorisations(record: Participation, *, actor: Actor) -> list[Authorisation]:
    """What was asked and who gave it, the newest first; still locked."""
    context.require(actor)
    rows = Authorisation.objects.filter(record_id=record.root)
    return list(rows.order_by("-written_at", "pk"))


def lock(record_id: UUID, *, actor: Actor) -> ParticipationStatus:
    """Where one stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(ParticipationStatus.objects.filter(pk=record_id))
