"""What is brought to a meeting, how does one stand to it, and who steps out?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Organisation
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.partners.committees.models import Brought
from spheres.partners.committees.queries.sitting import (
    Standing,
    called,
    organisations,
    place_of,
)
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, ItemAbout, Presentation
from spheres.vault import actions as vault

# The agenda in its order, what is closed without its identifier; and where agreements stand.
PLACED_AND_AGREED: Final = """
select (select array_agg(item) from access.agenda(%(meeting)s)), agreed.items, agreed.stand
from (
  select array_agg(item) as items, array_agg(stands) as stand
  from access.agreements(%(meeting)s)
) agreed"""
AT_THE_TABLE: Final = """
select t.item, t.person, t.organisation, t.stays,
  coalesce(u.name, ''), coalesce(o.name_fr, ''), coalesce(o.name_en, '')
from access.at_the_table(%s) t
left join accounts_user u on u.id = t.person
left join accounts_organisation o on o.id = t.organisation"""


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


def agenda(of: CommitteeMeeting, *, actor: Actor, stands: Standing) -> Agenda:
    """The agenda, each line open or closed; beside it, what was asked for, and what one brought."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(PLACED_AND_AGREED, {"meeting": of.pk})
        placed, with_agreement, agreements = cursor.fetchone()
    agreed = dict(zip(with_agreement or (), agreements or (), strict=True))
    found: Any = CommitteeItem.objects.filter(meeting_id=of.pk).order_by("written_at", "pk")
    items = {row.pk: row for row in found.annotate(**called(person="written_by"))}
    words = {row.pk: row for row in Brought.objects.filter(pk__in=items)}
    vault.open(list(words.values()), by=actor, only=("question",))
    leaving = leaving_by_item(of, actor=actor) if of.committee_id in stands.chairs else {}

    def line(item_id: UUID) -> Line:
        row = items[item_id]
        return Line(
            row, words.get(item_id), row.who or "", place_of(row), agreed.get(item_id, ""),
            leaving.get(item_id, []),
        )  # fmt: skip

    # Of a meeting that is not held, all that was brought waits for whoever brought it, or chairs.
    waiting = {CommitteeItem.Status.ASKED}
    if of.cancelled_at is not None:
        waiting.add(CommitteeItem.Status.PLACED)
    asked = [row for row in items.values() if row.status in waiting]
    mine = [row for row in asked if row.written_by == actor.user_id]
    chairs = of.committee_id in stands.chairs
    return Agenda(
        [line(item) if item else Line() for item in placed or ()],
        [line(row.pk) for row in asked if chairs],
        [line(row.pk) for row in mine if not chairs],
    )


def presentations_of(file_id: UUID, *, actor: Actor) -> list[tuple[Presentation, str, list[str]]]:
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


def at_the_table(of: CommitteeMeeting, *, actor: Actor) -> list[tuple[UUID, UUID, UUID, str, bool]]:
    """For whoever chairs: each item, each member by name and place, and whether they stay."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(AT_THE_TABLE, [of.pk])
        rows = cursor.fetchall()
    said = [
        (item, person, place, f"{name} ({Organisation(name_fr=fr, name_en=en).name})", stays)
        for item, person, place, stays, name, fr, en in rows
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


def next_place(meeting_id: UUID, *, actor: Actor) -> int:
    """The place after the last one of an agenda."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) + 1 from access.agenda(%s)", [meeting_id])
        return int(cursor.fetchone()[0])


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
