"""Who sits on which committee, and when does it meet?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BooleanField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
)

from spheres.accounts.models import Membership, Organisation, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, CommitteeMember
from spheres.sharing.rules import WALLED_OFF

LATEST: Final = 12  # meetings that are over, on a committee's page
SITTING_SOON: Final = "meetings where one sits"
# Of the committees where one sits: what is held within a week; and what was moved or called off in
# the last one, as long as its hours are not past.
MEETINGS_SOON: Final = """
select json_build_object('id', g.id, 'name_fr', k.name_fr, 'name_en', k.name_en,
  'starts_at', g.starts_at, 'is_moved', g.moved_at is not null,
  'is_off', g.cancelled_at is not null)
from sharing_committeemeeting g join regions_committee k on k.id = g.committee_id
where g.committee_id = any(access.committees('{SITTING}')) and k.is_standing
  and g.ends_at > %(at)s
  and (g.starts_at <= %(at)s + interval '7 days'
    or greatest(g.moved_at, g.cancelled_at) > %(at)s - interval '7 days')"""
STANDING: Final = """access.committees('{SITTING}'), access.committees('{CHAIRING}'),
  access.committees('{BRINGING}'), access.at_the_desk()"""
# The same, asked with a committee.
WAYS: Final = {
    name: Func(
        Value([way], output_field=ArrayField(TextField())),
        function="access.committees",
        output_field=ArrayField(UUIDField()),
    )
    for name, way in (("sits", "SITTING"), ("chairs", "CHAIRING"), ("brings", "BRINGING"))
}
AT_DESK: Final = Func(function="access.at_the_desk", output_field=BooleanField())

OF_PARTNER: Final = (
    Q(organisation__is_partner=True)
    | Q(organisation__parent__is_partner=True)
    | Q(organisation__parent__parent__is_partner=True)
)


def called(*, person: str) -> dict[str, Subquery]:
    """The name of the person in this column, and of the organisation beside it; at once."""
    place = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    return {
        "who": Subquery(User.objects.filter(pk=OuterRef(person)).values("name")),
        "place_fr": Subquery(place.values("name_fr")),
        "place_en": Subquery(place.values("name_en")),
    }


def place_of(row: Any) -> str:
    """The organisation of a row asked for with `called`; empty when there is none."""
    return str(Organisation(name_fr=row.place_fr or "", name_en=row.place_en or "").name)


@dataclass(frozen=True)
class Standing:
    """Where one sits, chairs, may bring something; and whether one coordinates the programme."""

    sits: set[UUID]
    chairs: set[UUID]
    brings: set[UUID]
    is_desk: bool

    @property
    def knows(self) -> set[UUID]:
        return self.sits | self.brings


@dataclass(frozen=True)
class Sitting:
    """A meeting where one is awaited soon, or no longer is."""

    id: UUID
    committee: str
    starts_at: datetime
    is_moved: bool
    is_off: bool


@dataclass(frozen=True)
class Member:
    """Somebody who sits, or sat, for an organisation."""

    row: CommitteeMember
    name: str
    organisation: str


def standing(*, actor: Actor) -> Standing:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select {STANDING}")
        sits, chairs, brings, is_desk = cursor.fetchone()
    return Standing({*sits}, {*chairs}, {*brings}, bool(is_desk))


def committees(*, actor: Actor) -> QuerySet[Committee]:
    """All those of the region, in its order."""
    context.require(actor)
    return Committee.objects.filter(is_standing=True).order_by("position", "slug")


def one_of(committee_id: UUID, *, actor: Actor) -> tuple[Committee, Standing] | None:
    """One committee, and where one stands; at once."""
    found = committees(actor=actor).filter(pk=committee_id)
    of: Any = found.annotate(**WAYS, is_desk=AT_DESK).first()
    if of is None:
        return None
    return of, Standing({*of.sits}, {*of.chairs}, {*of.brings}, of.is_desk)


def where_i_sit(*, actor: Actor) -> list[Committee]:
    """Those on which one sits for the organisation acted for."""
    sits = standing(actor=actor).sits
    return list(committees(actor=actor).filter(pk__in=sits)) if sits else []


def meetings(*, actor: Actor) -> QuerySet[CommitteeMeeting]:
    """Those one knows of; in no order."""
    context.require(actor)
    return CommitteeMeeting.objects.all()


def to_come(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> list[CommitteeMeeting]:
    """Of these committees, the next first."""
    found = meetings(actor=actor).filter(committee_id__in=set(ids), ends_at__gt=at)
    return list(found.order_by("starts_at", "pk"))


def awaited(*, actor: Actor, at: datetime) -> list[Sitting]:
    """Where one sits within a week, and what changed of it lately; the soonest first."""
    found = [
        Sitting(
            UUID(row["id"]),
            Committee(name_fr=row["name_fr"], name_en=row["name_en"]).name,
            datetime.fromisoformat(row["starts_at"]),
            row["is_moved"],
            row["is_off"],
        )
        for row in places.rows_of_day(SITTING_SOON, actor=actor, at=at)
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


def carried_between(
    of: CommitteeItem, *, actor: Actor, at: datetime
) -> tuple[CommitteeMeeting | None, CommitteeMeeting | None]:
    """The meeting that something was brought to, and the next one that is held, to carry it to when
    the first is not."""
    first = meeting(of.meeting_id, actor=actor)
    if first is None or first.cancelled_at is None:
        return first, None
    others = to_come([of.committee_id], actor=actor, at=at)
    return first, next((one for one in others if one.cancelled_at is None), None)


def met(
    committee_id: UUID, *, actor: Actor, at: datetime
) -> tuple[list[CommitteeMeeting], list[CommitteeMeeting]]:
    """Those to come, the next first; then those that were held, the newest first."""
    of = meetings(actor=actor).filter(committee_id=committee_id)
    held = of.filter(ends_at__lte=at, cancelled_at=None).order_by("-starts_at", "pk")
    both = list(
        of.filter(Q(ends_at__gt=at) | Q(pk__in=held.values("pk")[:LATEST])).order_by(
            "starts_at", "pk"
        )
    )
    return [one for one in both if one.ends_at > at], [
        one for one in reversed(both) if one.ends_at <= at
    ]


def meeting(meeting_id: UUID, *, actor: Actor) -> CommitteeMeeting | None:
    return meetings(actor=actor).filter(pk=meeting_id).first()


def lock_meeting(meeting_id: UUID, *, actor: Actor) -> CommitteeMeeting:
    return states.lock(meetings(actor=actor).filter(pk=meeting_id))


def between(
    since: datetime, until: datetime, *, actor: Actor
) -> list[tuple[CommitteeMeeting, Committee, tuple[tuple[UUID, str], ...]]]:
    """The meetings that one knows of, and for whom somebody then sits there; in no order."""
    found = meetings(actor=actor).filter(starts_at__gte=since, starts_at__lt=until)
    met = list(found.order_by("starts_at", "pk"))
    if not met:
        return []
    ids = {one.committee_id for one in met}
    every = {one.pk: one for one in committees(actor=actor).filter(pk__in=ids)}
    seats = CommitteeMember.objects.filter(committee_id__in=ids, starts_at__lt=until)
    held = list(seats.filter(Q(ended_at=None) | Q(ended_at__gt=since)).order_by("pk"))
    names = organisations({one.organisation_id for one in held})

    def awaited(one: CommitteeMeeting) -> tuple[tuple[UUID, str], ...]:
        places = {
            seat.organisation_id
            for seat in held
            if seat.committee_id == one.committee_id
            and seat.starts_at < one.ends_at
            and (seat.ended_at is None or seat.ended_at > one.starts_at)
        }
        named = [(place, names[place]) for place in places if place in names]
        return tuple(sorted(named, key=lambda pair: (pair[1], str(pair[0]))))

    return [
        (one, every[one.committee_id], awaited(one)) for one in met if one.committee_id in every
    ]


def members(committee_id: UUID, *, actor: Actor) -> list[Member]:
    """Those who sit, then those who sat; by organisation, then by name."""
    context.require(actor)
    rows: Any = CommitteeMember.objects.filter(committee_id=committee_id)
    rows = rows.annotate(**called(person="user_id")).order_by("pk")
    found = [Member(row, row.who or "", place_of(row)) for row in rows]
    return sorted(
        found,
        key=lambda one: (one.row.ended_at is not None, one.organisation, one.name, one.row.pk),
    )


def member(member_id: UUID, *, actor: Actor) -> CommitteeMember | None:
    context.require(actor)
    return CommitteeMember.objects.filter(pk=member_id).first()


def lock_member(member_id: UUID, *, actor: Actor) -> CommitteeMember:
    context.require(actor)
    return states.lock(CommitteeMember.objects.filter(pk=member_id, ended_at=None))


def who_may_sit(*, actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """Those who work at a partner, or a part of one, today: by organisation, then by name."""
    context.require(actor)
    held = (
        Membership.objects.filter(OF_PARTNER, user__is_active=True, starts_at__lte=at)
        .filter(Q(ends_at=None) | Q(ends_at__gt=at))
        .select_related("user", "organisation")
    )
    found = {
        f"{one.organisation_id}/{one.user_id}": (one.organisation.name, one.user.name)
        for one in held
    }
    named = sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
    return [(key, f"{place} · {name}") for key, (place, name) in named]


def is_police(organisation_id: UUID) -> bool:
    return Organisation.objects.filter(pk=organisation_id, kind=WALLED_OFF).exists()


def organisations(ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted: Any = {*ids}
    if not wanted:
        return {}
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=wanted).order_by("pk")}
