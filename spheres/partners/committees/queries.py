"""How are committees, their meetings, what is brought there and what was promised found?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.partners.committees.models import (
    Attendance,
    Brought,
    Minutes,
    Promise,
    PromiseStatus,
)
from spheres.regions.models import Committee
from spheres.sharing.models import (
    CommitteeItem,
    CommitteeMeeting,
    CommitteeMember,
    ItemAbout,
    Presentation,
)
from spheres.vault import actions as vault

LATEST: Final = 12  # meetings that are over, on a committee's page
STANDS: Final = """
select access.committees('{SITTING}'), access.committees('{CHAIRING}'),
  access.committees('{BRINGING}'), access.at_the_desk()"""

OF_PARTNER: Final = (
    Q(organisation__is_partner=True)
    | Q(organisation__parent__is_partner=True)
    | Q(organisation__parent__parent__is_partner=True)
)


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
class Member:
    """Somebody who sits, or sat, for an organisation."""

    row: CommitteeMember
    name: str
    organisation: str


@dataclass(frozen=True)
class Owed:
    """Something somebody took on."""

    promise: Promise
    status: PromiseStatus
    owner: str
    organisation: str


@dataclass(frozen=True)
class Line:
    """One line of an agenda; of what is closed to oneself, nothing but its place."""

    item: CommitteeItem | None = None
    brought: Brought | None = None
    by: str = ""
    organisation: str = ""
    agreement: str = ""  # where it stands, for whoever chairs or brought it
    leaving: list[str] = field(default_factory=list)  # who steps out, for whoever chairs

    @property
    def title(self) -> str:
        """What is asked of the committee; of what one only chairs, how it is brought."""
        if self.brought is not None:
            return str(self.brought.opened.question)
        return str(CommitteeItem.Mode(self.item.mode).label) if self.item else ""


@dataclass(frozen=True)
class Agenda:
    """A meeting as one sees it: its agenda, what waits for a place, who is awaited."""

    lines: list[Line]
    asked: list[Line]
    mine: list[Line]

    @property
    def minutes(self) -> int:
        return sum(line.item.minutes for line in self.lines if line.item)


def standing(*, actor: Actor) -> Standing:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(STANDS)
        sits, chairs, brings, is_desk = cursor.fetchone()
    return Standing({*sits}, {*chairs}, {*brings}, bool(is_desk))


def committees(*, actor: Actor) -> QuerySet[Committee]:
    """All those of the region, in its order."""
    context.require(actor)
    return Committee.objects.filter(is_standing=True).order_by("position", "slug")


def meetings(*, actor: Actor) -> QuerySet[CommitteeMeeting]:
    """Those one knows of; in no order."""
    context.require(actor)
    return CommitteeMeeting.objects.all()


def to_come(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> list[CommitteeMeeting]:
    """Of these committees, the next first."""
    found = meetings(actor=actor).filter(committee_id__in=set(ids), ends_at__gt=at)
    return list(found.order_by("starts_at", "pk"))


def over(committee_id: UUID, *, actor: Actor, at: datetime) -> list[CommitteeMeeting]:
    found = meetings(actor=actor).filter(committee_id=committee_id, ends_at__lte=at)
    return list(found.order_by("-starts_at", "pk")[:LATEST])


def meeting(meeting_id: UUID, *, actor: Actor) -> CommitteeMeeting | None:
    return meetings(actor=actor).filter(pk=meeting_id).first()


def lock_meeting(meeting_id: UUID, *, actor: Actor) -> CommitteeMeeting:
    return states.lock(meetings(actor=actor).filter(pk=meeting_id))


def members(committee_id: UUID, *, actor: Actor) -> list[Member]:
    """Those who sit, then those who sat; by organisation, then by name."""
    context.require(actor)
    rows = list(CommitteeMember.objects.filter(committee_id=committee_id).order_by("pk"))
    names = accounts.names_of({row.user_id for row in rows})
    places = organisations({row.organisation_id for row in rows})
    found = [
        Member(row, names.get(row.user_id, ""), places.get(row.organisation_id, ""))
        for row in rows
    ]
    return sorted(
        found, key=lambda one: (one.row.ended_at is not None, one.organisation, one.name, one.row.pk)
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


def agenda(of: CommitteeMeeting, *, actor: Actor, stands: Standing) -> Agenda:
    """The agenda, each line open or closed; beside it, what was asked for, and what one brought."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select item from access.agenda(%s)", [of.pk])
        placed = [item for (item,) in cursor.fetchall()]
        cursor.execute("select item, stands from access.agreements(%s)", [of.pk])
        agreed = dict(cursor.fetchall())
    items = {
        row.pk: row
        for row in CommitteeItem.objects.filter(meeting_id=of.pk).order_by("written_at", "pk")
    }
    words = {row.pk: row for row in Brought.objects.filter(pk__in=items)}
    vault.open(list(words.values()), by=actor, only=("question",))
    names = accounts.names_of({row.written_by for row in items.values()})
    places = organisations({row.organisation_id for row in items.values()})
    leaving = leaving_by_item(of, actor=actor) if of.committee_id in stands.chairs else {}

    def line(item_id: UUID) -> Line:
        row = items[item_id]
        return Line(
            row, words.get(item_id), names.get(row.written_by, ""),
            places.get(row.organisation_id, ""), agreed.get(item_id, ""), leaving.get(item_id, []),
        )  # fmt: skip

    asked = [row for row in items.values() if row.status == CommitteeItem.Status.ASKED]
    mine = [row for row in asked if row.written_by == actor.user_id]
    chairs = of.committee_id in stands.chairs
    return Agenda(
        [line(item) if item else Line() for item in placed],
        [line(row.pk) for row in asked if chairs],
        [line(row.pk) for row in mine if not chairs],
    )


def presentations_of(
    file_id: UUID, *, actor: Actor
) -> list[tuple[Presentation, str, list[str]]]:
    """Each time she was spoken of with her agreement, the newest first: at which committee, with
    which organisations."""
    context.require(actor)
    rows = list(Presentation.objects.filter(file_id=file_id).order_by("-presented_at", "pk"))
    if not rows:
        return []
    names = {one.pk: one.name for one in Committee.objects.order_by("pk")}
    places = organisations(place for row in rows for place in row.organisations)
    return [
        (
            row,
            names.get(row.committee_id, ""),
            sorted(places[place] for place in row.organisations if place in places),
        )
        for row in rows
    ]


def agreement_of(row: CommitteeItem, *, actor: Actor) -> str:
    """Where the person’s agreement stands, for whoever chairs or brought it; else empty."""
    context.require(actor)
    if row.mode != CommitteeItem.Mode.CONSENT:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "select stands from access.agreements(%s) where item = %s", [row.meeting_id, row.pk]
        )
        found = cursor.fetchone()
    return found[0] if found else ""


def leaving_by_item(of: CommitteeMeeting, *, actor: Actor) -> dict[UUID, list[str]]:
    """By item, who steps out, by name: never why."""
    found: dict[UUID, list[str]] = {}
    for item, _person, _place, name, stays in at_the_table(of, actor=actor):
        if not stays:
            found.setdefault(item, []).append(name)
    return found


def at_the_table(
    of: CommitteeMeeting, *, actor: Actor
) -> list[tuple[UUID, UUID, UUID, str, bool]]:
    """For whoever chairs: each item, each member by name and organisation, and whether they stay."""
    rows = who_is_awaited(of, actor=actor)
    names = accounts.names_of({person for _item, person, *_rest in rows})
    places = organisations({place for _item, _person, place, _stays in rows})
    said = [
        (item, person, place, f"{names.get(person, '')} ({places.get(place, '')})", stays)
        for item, person, place, stays in rows
    ]
    return sorted(said, key=lambda one: (one[3], str(one[0]), str(one[1])))


def who_is_awaited(of: CommitteeMeeting, *, actor: Actor) -> list[tuple[UUID, UUID, UUID, bool]]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select item, person, organisation, stays from access.at_the_table(%s)", [of.pk]
        )
        return cursor.fetchall()


def item(item_id: UUID, *, actor: Actor) -> CommitteeItem | None:
    """One that I may see; what is closed to me does not exist."""
    context.require(actor)
    return CommitteeItem.objects.filter(pk=item_id).first()


def lock_item(item_id: UUID, *, actor: Actor) -> CommitteeItem:
    context.require(actor)
    return states.lock(CommitteeItem.objects.filter(pk=item_id))


def item_to_write_of(item_id: UUID, *, actor: Actor) -> CommitteeItem:
    """The same, for whoever writes of it. WrongState when it closed since the page was shown."""
    row = item(item_id, actor=actor)
    if row is None:
        raise WrongState(states.HAS_CHANGED)
    return row


def standing_to(item_id: UUID, *, actor: Actor) -> set[str]:
    """In which ways I stand to one item (`sharing/convening.py`)."""
    context.require(actor)
    ways = ["OPEN", "CHAIRING", "BROUGHT", "READING"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select w from unnest(%s::text[]) w where %s = any(access.items(array[w]))",
            [ways, item_id],
        )
        return {way for (way,) in cursor.fetchall()}


def chaired(*, actor: Actor) -> set[UUID]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.items('{CHAIRING}')")
        return set(cursor.fetchone()[0])


def about(item_id: UUID, *, actor: Actor) -> UUID | None:
    """Of which file I marked it: nobody else is told."""
    context.require(actor)
    return ItemAbout.objects.filter(pk=item_id).values_list("file_id", flat=True).first()


def brought(item_id: UUID, *, actor: Actor) -> Brought | None:
    context.require(actor)
    return Brought.objects.filter(pk=item_id).first()


def minutes_of(item_id: UUID, *, actor: Actor) -> list[Minutes]:
    """The minutes as they stand: one, or several when two people wrote at the same time."""
    context.require(actor)
    rows = list(Minutes.objects.filter(item_id=item_id).order_by("written_at", "pk"))
    followed = {one for row in rows for one in row.after}
    return [row for row in rows if row.pk not in followed]


def present(item_id: UUID, *, actor: Actor) -> list[tuple[UUID, UUID]]:
    """Who was there for it: the newest line of each stands."""
    context.require(actor)
    newest: dict[tuple[UUID, UUID], bool] = {}
    for row in Attendance.objects.filter(item_id=item_id).order_by("noted_at", "pk"):
        newest[row.user_id, row.organisation_id] = row.is_in
    return [who for who, is_in in newest.items() if is_in]


def names_of_present(item_id: UUID, *, actor: Actor) -> list[str]:
    """Who was there for it, by name."""
    return sorted(accounts.names_of({user for user, _place in present(item_id, actor=actor)}).values())


def promise_exists(promise_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    return PromiseStatus.objects.filter(pk=promise_id).exists()


def promises(*, actor: Actor, item_ids: Sequence[UUID] | None = None) -> list[Owed]:
    """What was taken on and is not done; of some items, all of it. Opened."""
    context.require(actor)
    found = PromiseStatus.objects.order_by("due_on", "pk")
    if item_ids is None:
        found = found.exclude(status=PromiseStatus.Status.KEPT)
    else:
        found = found.filter(item_id__in=item_ids)
    standing_now = list(found)
    rows = {row.pk: row for row in Promise.objects.filter(pk__in=[one.pk for one in standing_now])}
    vault.open(list(rows.values()), by=actor)
    names = accounts.names_of({row.owner_id for row in rows.values()})
    places = organisations({row.organisation_id for row in rows.values()})
    return [
        Owed(row, one, names.get(row.owner_id, ""), places.get(row.organisation_id, ""))
        for one in standing_now
        if (row := rows.get(one.pk))
    ]


def lock_promise(promise_id: UUID, *, actor: Actor) -> PromiseStatus:
    context.require(actor)
    return states.lock(PromiseStatus.objects.filter(pk=promise_id))


def organisations(ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted: Any = {*ids}
    if not wanted:
        return {}
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=wanted).order_by("pk")}
