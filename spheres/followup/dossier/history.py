"""What happened in one file since it began: of every kind or of one, month by month?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from django.utils import timezone

from spheres.core.actor import Actor
from spheres.followup.dossier import seeing
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.records import timeline
from spheres.records.registry import Entry, RecordType
from spheres.records.timeline import Place
from spheres.vault import actions as vault

PAGE: Final = 25


@dataclass(frozen=True)
class Month:
    """What happened in one month, the newest first."""

    at: datetime
    entries: list[Entry]


@dataclass(frozen=True)
class History:
    """One page of what happened, and from where the next one goes on."""

    person: Header
    months: list[Month]
    kinds: list[RecordType]
    kind: str
    further: str
    is_folded: bool


def history(
    file_id: UUID, known: Known, *, actor: Actor, kind: str, after: str, earlier: bool
) -> History:
    """What this actor may read of it, a page at a time; a kind that is none of the file's is all.

    Of somebody who came back, what was written before stays closed until she asks for it.
    """
    since = known.open_since(earlier=earlier)
    kinds = timeline.kinds_of(file_id, actor=actor, since=since)
    kind = kind if kind in {one.slug for one in kinds} else ""
    found = timeline.newest(
        file_id, actor=actor, since=since, most=PAGE + 1, kind=kind, after=place_of(after)
    )
    shown = found[:PAGE]
    vault.open([*known.rows, *(row for _kind, row in shown)], by=actor)
    entries = [one.entry(row) for one, row in shown]
    _seers, names = seeing.seers_and_names(file_id, {e.written_by for e in entries}, actor=actor)
    entries = [replace(entry, author=names.get(entry.written_by, "")) for entry in entries]
    return History(
        person=participants.header_of(known),
        months=[
            Month(of_month[0].occurred_at, of_month)
            for _month, each in groupby(entries, key=month_of)
            if (of_month := list(each))
        ],
        kinds=sorted(kinds, key=lambda one: str(one.label)),
        kind=kind,
        further=said_of(entries[-1]) if len(found) > PAGE else "",
        is_folded=since is not None,
    )


def month_of(entry: Entry) -> tuple[int, int]:
    here = timezone.localtime(entry.occurred_at)
    return here.year, here.month


def said_of(entry: Entry) -> str:
    """Where the next page begins, as the form of this one carries it."""
    return f"{entry.occurred_at.isoformat()} {entry.id}"


def place_of(said: str) -> Place | None:
    """The same, read back; what is no place begins at the newest."""
    at, _space, record_id = said.partition(" ")
    try:
        moment = datetime.fromisoformat(at)
        place = Place(moment, UUID(record_id))
    except ValueError:
        return None
    return place if moment.tzinfo else None
