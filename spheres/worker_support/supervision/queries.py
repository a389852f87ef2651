"""Which slots are free, which are mine, what do the two of us write, and how many were used?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.sharing.counting import Finding
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault
from spheres.worker_support.supervision.models import Brought, Entry, Slot, Supervision
from spheres.worker_support.supervision.policy import TOLD

THEMES: Final = "supervision_themes"  # the region's vocabulary
QUARTERS: Final = 4
MINE: Final = "supervision, of mine"
MINE_SOON: Final = """
select json_build_object('id', s.id, 'starts_at', s.starts_at,
  'is_offered', s.offered_by = %(user)s,
  'is_asked', s.asked_at is not null, 'is_accepted', s.accepted_at is not null,
  'is_moved', coalesce(s.moved_at > %(at)s::timestamptz - interval '7 days', false),
  'is_off', s.ended_at is not null, 'is_mine_off', coalesce(s.ended_by = %(user)s, false))
from supervision_slot s
where s.asked_at is not null and s.starts_at > %(at)s
  and (s.offered_by = %(user)s or s.asked_by = %(user)s)"""
# Of quarters that are over, all partners together: by the moment at which it was said to have taken
# place, so that a quarter that is over never grows.
USED: Final = Finding(
    name="supervision_used",
    asked_by=f"access.holds('{{{','.join(sorted(TOLD))}}}')",
    gives="of_quarter date, of_number bigint",
    query="""
    select date_trunc('quarter', s.ended_at at time zone r.time_zone)::date, count(*)
    from supervision_slot s cross join regions_region r
    where s.outcome = 'HELD'
      and date_trunc('quarter', s.ended_at at time zone r.time_zone)
        < date_trunc('quarter', access.moment() at time zone r.time_zone)
    group by 1""",
    reads={
        "supervision_slot": ("outcome", "ended_at"),
        "regions_region": ("time_zone",),
    },
)


@dataclass(frozen=True)
class Free:
    """A slot that may be asked for, and who offers it."""

    row: Slot
    who: str


@dataclass(frozen=True)
class Mine:
    """A slot of mine, and with whom: nobody yet, while nobody asks for it."""

    row: Slot
    who: str
    is_offered: bool


@dataclass(frozen=True)
class Said:
    """A paragraph of the note that two people keep, opened; mine, or the other one’s."""

    row: Entry
    is_mine: bool


@dataclass(frozen=True)
class Together:
    """What the two of us keep: what was asked, and the note, the oldest paragraph first."""

    row: Supervision
    theme: str
    entries: list[Said]


@dataclass(frozen=True)
class Read:
    """A note that was brought, opened: its kind in words, who wrote it, its texts with titles."""

    row: Brought
    kind: str
    who: str
    texts: list[tuple[str, str]]


@dataclass(frozen=True)
class Quarter:
    first: date
    number: int

    @property
    def name(self) -> str:
        said = {"number": (self.first.month + 2) // 3, "year": self.first.year}
        return _("Q%(number)s %(year)s") % said


def listed(*, actor: Actor, at: datetime) -> tuple[list[Mine], list[Free]]:
    """Those I offered and those I asked for, the newest first; then what somebody else offers and
    nobody asked for, the first one first."""
    context.require(actor)
    rows = list(Slot.objects.order_by("starts_at", "pk"))
    names = _names(_other(row, actor) for row in rows)
    mine = [
        Mine(row, names.get(_other(row, actor), ""), row.offered_by == actor.user_id)
        for row in reversed(rows)
        if actor.user_id in (row.offered_by, row.asked_by)
    ]
    free = [
        Free(row, names.get(row.offered_by, ""))
        for row in rows
        if row.offered_by != actor.user_id and _is_free(row, at)
    ]
    return mine, free


def slot(slot_id: UUID, *, actor: Actor) -> Mine | None:
    """One slot, free or mine; and with whom it is, or who offers it."""
    context.require(actor)
    row = Slot.objects.filter(pk=slot_id).first()
    if row is None:
        return None
    other = _other(row, actor)
    return Mine(row, _names([other]).get(other, ""), row.offered_by == actor.user_id)


def together(slot_id: UUID, *, actor: Actor) -> Together | None:
    """What the two of us wrote, opened; none of a slot that nobody asked for."""
    context.require(actor)
    row = Supervision.objects.filter(pk=slot_id).first()
    if row is None:
        return None
    entries = list(Entry.objects.filter(supervision=row).order_by("written_at", "pk"))
    vault.open([row, *entries], by=actor)
    theme = regions.label(THEMES, row.opened.theme) if row.opened.theme else ""
    said = [Said(entry, entry.written_by == actor.user_id) for entry in entries]
    return Together(row, theme, said)


def brought(row: Slot, *, actor: Actor) -> list[Brought]:
    """The notes brought to this very meeting, the newest first; nothing is opened.

    None of a meeting that was moved since, or cancelled.
    """
    context.require(actor)
    if row.asked_by is None or row.outcome == Slot.Outcome.CANCELLED:
        return []
    found = Brought.objects.filter(slot_id=row.pk, for_at=row.starts_at)
    return list(found.order_by("-occurred_at", "pk"))


def read(row: Slot, *, actor: Actor) -> list[Read]:
    """The same, opened: it is told in the journal of the person."""
    rows = brought(row, actor=actor)
    vault.open(rows, by=actor, sections=[NOTES], action="supervision.read")
    names = _names(one.written_by for one in rows)
    return [
        Read(
            one,
            regions.label("contact_kinds", one.kind),
            names.get(one.written_by, ""),
            [(title, words) for title, words in json.loads(one.opened.text)],
        )
        for one in rows
    ]


def names_of(keys: Iterable[UUID]) -> dict[UUID | None, str]:
    """The names of these colleagues."""
    return _names(keys)


def my_people(*, actor: Actor) -> list[tuple[UUID, str]]:
    """Those whom this worker walks with, by name."""
    known = participants.mine(actor=actor)
    found = participants.names([one.identity.file_id for one in known], actor=actor)
    return sorted(found, key=lambda pair: pair[1])


def soon(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What my day says of supervision, the first one first."""
    rows = [
        row
        for row in places.rows_of_day(MINE, actor=actor, at=at)
        if (row["is_off"] and not row["is_mine_off"])
        or (not row["is_off"] and _is_to_tell(row, at))
    ]
    return sorted(rows, key=lambda row: (row["starts_at"], row["id"]))


def _is_to_tell(row: dict[str, Any], at: datetime) -> bool:
    is_near = datetime.fromisoformat(row["starts_at"]) <= at + timedelta(days=2)
    to_answer = row["is_offered"] and not row["is_accepted"]
    return is_near or to_answer or (row["is_moved"] and not row["is_offered"])


def between(since: datetime, until: datetime, *, actor: Actor) -> list[Slot]:
    """Mine, that begin between two moments and are asked for: those of nobody else."""
    context.require(actor)
    found = Slot.objects.filter(offered_by=actor.user_id)
    found = found | Slot.objects.filter(asked_by=actor.user_id)
    return list(
        found.filter(asked_at__isnull=False, starts_at__gte=since, starts_at__lt=until).order_by(
            "pk"
        )
    )


def used(*, actor: Actor) -> list[Quarter]:
    """How many slots were used in each of the last quarters that are over, the newest first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select of_quarter, of_number from access.supervision_used(null)")
        rows = sorted(cursor.fetchall(), reverse=True)
    return [Quarter(first, number) for first, number in rows[:QUARTERS]]


def _is_free(row: Slot, at: datetime) -> bool:
    return row.asked_at is None and row.ended_at is None and row.starts_at > at


def _other(row: Slot, actor: Actor) -> UUID | None:
    return row.asked_by if row.offered_by == actor.user_id else row.offered_by


def _names(keys: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = {key for key in keys if key}
    return {user.pk: user.name for user in User.objects.filter(pk__in=wanted)} if wanted else {}
