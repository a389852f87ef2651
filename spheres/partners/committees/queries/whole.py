"""What does the page of a meeting show, and that of one thing brought there?

Rows of every kind are asked in one statement; how one stands to them, and who is who, in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.partners.committees.models import (
    Attendance,
    Brought,
    Decided,
    Minutes,
    OfCommittee,
    Promise,
    PromiseStatus,
    Roll,
)
from spheres.partners.committees.queries.attending import Attended, counted
from spheres.partners.committees.queries.noted import Owed
from spheres.partners.committees.queries.sitting import STANDING, Standing, standing
from spheres.records.between.gathering import Asked, at_once
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting
from spheres.vault import actions as vault

AT_MEETING: Final = {
    "meeting": Asked(
        CommitteeMeeting, "select g.* from sharing_committeemeeting g where g.id = %(meeting)s"
    ),
    "committee": Asked(
        Committee,
        "select k.* from regions_committee k join sharing_committeemeeting g "
        "on g.committee_id = k.id where g.id = %(meeting)s and k.is_standing",
    ),
}
OF_MEETING: Final = AT_MEETING | {
    "roll": Asked(
        Roll,
        "select r.* from committees_roll r join sharing_committeemeeting g "
        "on g.id = r.meeting_id and g.committee_id = r.committee_id "
        "where r.meeting_id = %(meeting)s order by r.noted_at desc, r.id limit 1",
    ),
    "items": Asked(
        CommitteeItem,
        "select i.* from sharing_committeeitem i where i.meeting_id = %(meeting)s "
        "order by i.written_at, i.id",
    ),
    "brought": Asked(
        Brought,
        "select b.* from committees_brought b join sharing_committeeitem i on i.id = b.id "
        "where i.meeting_id = %(meeting)s order by i.written_at, i.id",
    ),
}
OF_ITEM: Final = {
    "items": Asked(CommitteeItem, "select i.* from sharing_committeeitem i where i.id = %(item)s"),
    "meeting": Asked(
        CommitteeMeeting,
        "select g.* from sharing_committeemeeting g join sharing_committeeitem i "
        "on i.meeting_id = g.id where i.id = %(item)s",
    ),
    "committee": Asked(
        Committee,
        "select k.* from regions_committee k join sharing_committeemeeting g "
        "on g.committee_id = k.id join sharing_committeeitem i on i.meeting_id = g.id "
        "where i.id = %(item)s and k.is_standing",
    ),
    "brought": Asked(Brought, "select b.* from committees_brought b where b.id = %(item)s"),
    "minutes": Asked(
        Minutes,
        "select m.* from committees_minutes m where m.item_id = %(item)s "
        "order by m.written_at, m.id",
    ),
    "attendance": Asked(
        Attendance,
        "select a.* from committees_attendance a where a.item_id = %(item)s "
        "order by a.noted_at, a.id",
    ),
    "decided": Asked(
        Decided,
        "select d.* from committees_decided d where d.item_id = %(item)s "
        "order by d.written_at desc, d.id",
    ),
    "promises": Asked(
        Promise, "select p.* from committees_promise p where p.item_id = %(item)s order by p.id"
    ),
    "statuses": Asked(
        PromiseStatus,
        "select s.* from committees_promisestatus s where s.item_id = %(item)s "
        "order by s.due_on, s.id",
    ),
}
# The agenda in its order, what is closed without its identifier; where agreements stand; for
# whoever chairs, who stays for what; then who is who.
AROUND: Final = f"""
select {STANDING},
  (select array_agg(a.item) from access.agenda(%(meeting)s) a),
  (select json_object_agg(a.item, a.stands) from access.agreements(%(meeting)s) a),
  (select json_agg(json_build_array(t.item, t.person, t.organisation, t.stays,
      coalesce(u.name, ''), coalesce(o.name_fr, ''), coalesce(o.name_en, '')))
    from access.at_the_table(%(meeting)s) t
    left join accounts_user u on u.id = t.person
    left join accounts_organisation o on o.id = t.organisation),
  (select json_object_agg(u.id, u.name) from accounts_user u
    where u.id = any(%(people)s::uuid[])),
  (select json_object_agg(o.id, json_build_array(o.name_fr, o.name_en))
    from accounts_organisation o where o.id = any(%(places)s::uuid[])),
  (select array_agg(w) from unnest(%(ways)s::text[]) w
    where %(item)s = any(access.items(array[w])))"""  # noqa: S608 -- every name is ours
# How one may stand to one item (`sharing/convening.py`).
WAYS: Final = ("OPEN", "CHAIRING", "BROUGHT", "READING")
# Of the words of `access.agreements`: it stands, or none is needed.
NOTHING_MISSING: Final = ("", "STANDS")
Status = CommitteeItem.Status


@dataclass(frozen=True)
class At:
    """A meeting that one knows of, its committee, and how one stands to it."""

    meeting: CommitteeMeeting
    committee: Committee
    stands: Standing

    @property
    def sits(self) -> bool:
        return self.committee.pk in self.stands.sits

    @property
    def chairs(self) -> bool:
        return self.committee.pk in self.stands.chairs


@dataclass(frozen=True)
class Place:
    """Somebody at the table, for one item: who, for which organisation, and whether they stay."""

    item: UUID
    person: UUID
    organisation: UUID
    name: str
    stays: bool

    @property
    def key(self) -> str:
        return f"{self.person}/{self.organisation}"


@dataclass(frozen=True)
class Around:
    """What is known around rows: how one stands, the agenda, the agreements, the table, names."""

    stands: Standing
    placed: list[UUID | None]
    agreed: dict[UUID, str]
    table: list[Place]
    people: dict[UUID, str]
    places: dict[UUID, str]
    ways: set[str]

    def leaving(self, item_id: UUID) -> list[str]:
        """Who steps out of it, by name: never why."""
        return [one.name for one in self.table if one.item == item_id and not one.stays]


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
    def may_be_talked_about(self) -> bool:
        """Nobody’s agreement is missing; without one, everybody but its bringer steps out."""
        return self.agreement in NOTHING_MISSING

    @property
    def title(self) -> str:
        """What is asked of the committee; of what one only chairs, how it is brought."""
        if self.brought is not None:
            return str(self.brought.opened.question)
        return str(CommitteeItem.Mode(self.item.mode).label) if self.item else ""


@dataclass(frozen=True)
class Agenda:
    """What is on it, each line open or closed; beside it, what was asked for, what one brought."""

    lines: list[Line]
    asked: list[Line]
    mine: list[Line]


@dataclass(frozen=True)
class WholeMeeting:
    """A meeting as one sees it: its agenda, opened; for whoever sits there, who came."""

    at: At
    agenda: Agenda
    attended: Attended | None


@dataclass(frozen=True)
class WholeItem:
    """One thing that was brought, with all that one may read of it, still locked."""

    at: At
    row: CommitteeItem
    ways: set[str]
    brought: Brought | None
    minutes: list[Minutes]  # as they stand: several when two people wrote at the same time
    decided: list[Decided]
    promises: list[Owed]
    table: list[Place]
    there: list[str]
    agreement: str
    next_place: int

    @property
    def texts(self) -> list[OfCommittee]:
        return [
            *([self.brought] if self.brought else []), *self.minutes, *self.decided,
            *(one.promise for one in self.promises),
        ]  # fmt: skip

    @property
    def may_be_talked_about(self) -> bool:
        return self.agreement in NOTHING_MISSING

    @property
    def staying(self) -> list[tuple[str, str]]:
        return [(one.key, one.name) for one in self.table if one.stays]

    @property
    def leaving(self) -> list[str]:
        return [one.name for one in self.table if not one.stays]


def at_meeting(meeting_id: UUID, *, actor: Actor) -> At | None:
    """A meeting that one knows of; None: it is as if there were no such meeting."""
    rows = at_once(AT_MEETING, {"meeting": meeting_id}, actor=actor)
    if not rows["meeting"] or not rows["committee"]:
        return None
    return At(rows["meeting"][0], rows["committee"][0], standing(actor=actor))


def whole_meeting(meeting_id: UUID, *, actor: Actor) -> WholeMeeting | None:
    """All that the page of a meeting shows."""
    rows = at_once(OF_MEETING, {"meeting": meeting_id}, actor=actor)
    if not rows["meeting"] or not rows["committee"]:
        return None
    items: dict[UUID, CommitteeItem] = {row.pk: row for row in rows["items"]}
    around = _around(
        meeting_id,
        people={row.written_by for row in items.values()},
        places={row.organisation_id for row in items.values()},
    )
    it = At(rows["meeting"][0], rows["committee"][0], around.stands)
    vault.open(rows["brought"], by=actor, only=("question",))
    words = {row.pk: row for row in rows["brought"]}
    lines = {
        row.pk: Line(
            row, words.get(row.pk), around.people.get(row.written_by, ""),
            around.places.get(row.organisation_id, ""), around.agreed.get(row.pk, ""),
            around.leaving(row.pk),
        )
        for row in items.values()
    }  # fmt: skip
    # Of a meeting that is not held, all that was brought waits for whoever brought it, or chairs.
    waiting = {Status.ASKED, Status.PLACED} if it.meeting.cancelled_at else {Status.ASKED}
    asked = [row for row in items.values() if row.status in waiting]
    agenda = Agenda(
        [lines[placed] if placed else Line() for placed in around.placed],
        [lines[row.pk] for row in asked if it.chairs],
        [lines[row.pk] for row in asked if row.written_by == actor.user_id and not it.chairs],
    )
    roll = next(iter(rows["roll"]), None)
    attended = counted(it.meeting, it.committee, roll, actor=actor) if it.sits else None
    return WholeMeeting(it, agenda, attended)


def whole_item(item_id: UUID, *, actor: Actor) -> WholeItem | None:
    """One thing that I may see; what is closed to me does not exist."""
    rows = at_once(OF_ITEM, {"item": item_id}, actor=actor)
    if not rows["items"] or not rows["meeting"] or not rows["committee"]:
        return None
    [row], promises = rows["items"], {one.pk: one for one in rows["promises"]}
    around = _around(
        row.meeting_id,
        people=[
            *(one.owner_id for one in promises.values()),
            *(one.user_id for one in rows["attendance"]),
        ],
        places=[one.organisation_id for one in promises.values()],
        item_id=item_id,
    )
    owed = [
        Owed(
            promise, status, around.people.get(promise.owner_id, ""),
            around.places.get(promise.organisation_id, ""),
        )
        for status in rows["statuses"]
        if (promise := promises.get(status.pk))
    ]  # fmt: skip
    there = {around.people.get(one, "") for one in _who_was_there(rows["attendance"])} - {""}
    return WholeItem(
        At(rows["meeting"][0], rows["committee"][0], around.stands),
        row,
        around.ways,
        next(iter(rows["brought"]), None),
        _as_they_stand(rows["minutes"]),
        rows["decided"],
        owed,
        [one for one in around.table if one.item == item_id],
        sorted(there),
        around.agreed.get(item_id, ""),
        len(around.placed) + 1,
    )


def _as_they_stand(every: list[Minutes]) -> list[Minutes]:
    """The minutes that no others follow: one, or several when two wrote at the same time."""
    followed = {one for row in every for one in row.after}
    return [row for row in every if row.pk not in followed]


def _who_was_there(every: list[Attendance]) -> set[UUID]:
    """The newest line of each stands."""
    newest = {(row.user_id, row.organisation_id): row.is_in for row in every}
    return {user for (user, _place), is_in in newest.items() if is_in}


def _around(
    meeting_id: UUID,
    *,
    people: Iterable[UUID],
    places: Iterable[UUID],
    item_id: UUID | None = None,
) -> Around:
    said = {
        "meeting": meeting_id, "item": item_id, "ways": list(WAYS) if item_id else [],
        "people": list(people), "places": list(places),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AROUND, said)
        sits, chairs, brings, is_desk, placed, agreed, table, named, placed_at, ways = (
            cursor.fetchone()
        )
    return Around(
        Standing({*sits}, {*chairs}, {*brings}, bool(is_desk)),
        placed or [],
        {UUID(item): stands for item, stands in (agreed or {}).items()},
        sorted(
            (_place(*line) for line in table or []),
            key=lambda one: (one.name, str(one.item), str(one.person)),
        ),
        {UUID(person): name for person, name in (named or {}).items()},
        {UUID(place): _name(*both) for place, both in (placed_at or {}).items()},
        {*(ways or ())},
    )


def _place(item: str, person: str, place: str, stays: bool, name: str, fr: str, en: str) -> Place:
    return Place(UUID(item), UUID(person), UUID(place), f"{name} ({_name(fr, en)})", stays)


def _name(fr: str, en: str) -> str:
    return str(Organisation(name_fr=fr, name_en=en).name)
