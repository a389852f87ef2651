"""Which practice notes stand, which wait for a committee, and what stood before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.practice_notes.models import Ruling, Version
from spheres.records.between import places
from spheres.regions.models import Committee

TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
TO_SEE_TO: Final = "practice notes to see to"
NEWEST: Final = """
select distinct on (r.version_id) r.* from practice_notes_ruling r
order by r.version_id, r.written_at desc, r.id"""
# Of those that chair: what waits for a committee; what theirs approved, and is to be reviewed.
NOTES_TO_SEE_TO: Final = f"""
select json_build_object('waits', (
    select count(*) from practice_notes_version v
    where cardinality(access.committees('{{CHAIRING}}')) > 0
      and not exists (select from practice_notes_ruling r where r.version_id = v.id)
  ), 'review', (
    select count(*) from ({NEWEST}) k
    join practice_notes_version v on v.id = k.version_id
    where k.outcome = 'KEPT' and k.review_on <= {TODAY} + 30
      and k.committee_id = any((select access.committees('{{CHAIRING}}'))::uuid[])
      and not exists (
        select from ({NEWEST}) n join practice_notes_version w on w.id = n.version_id
        where w.note_id = v.note_id and n.outcome = 'KEPT' and w.id <> v.id
          and (w.written_at, w.id) > (v.written_at, v.id))))"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Ruled:
    """What a committee decided of a version, and by whom it was written."""

    row: Ruling
    committee: str
    who: str


@dataclass(frozen=True)
class Told:
    """One version of a note: who proposed it, what was decided of it, and how it stands."""

    row: Version
    number: int
    who: str
    organisation: str
    rulings: list[Ruled]  # the newest first
    stands: str  # WAITS, STANDS, PAST, NOT_KEPT

    @property
    def newest(self) -> Ruled | None:
        return self.rulings[0] if self.rulings else None


@dataclass(frozen=True)
class Note:
    """A note: its versions, the newest first."""

    id: UUID
    versions: list[Told]

    @property
    def standing(self) -> Told | None:
        """The version that stands, if one does."""
        return next((one for one in self.versions if one.stands == "STANDS"), None)

    @property
    def waiting(self) -> list[Told]:
        return [one for one in self.versions if one.stands == "WAITS"]

    @property
    def others(self) -> list[Told]:
        """Those that stood before, or that a committee did not approve."""
        return [one for one in self.versions if one.stands in {"PAST", "NOT_KEPT"}]

    @property
    def face(self) -> Told:
        """The version under which it is listed."""
        return self.standing or self.versions[0]

    def is_to_review(self, on: date) -> bool:
        now = self.standing
        return bool(now and now.newest and now.newest.row.is_to_review(on))


def notes(*, actor: Actor, only: UUID | None = None) -> list[Note]:
    """All of them, by title; or one."""
    context.require(actor)
    found = Version.objects.order_by("written_at", "pk")
    rows = list(found.filter(note_id=only) if only else found)
    rulings = list(
        Ruling.objects.filter(version_id__in=[one.pk for one in rows]).order_by("written_at", "pk")
    )
    wrote = {one.written_by for one in rows} | {one.written_by for one in rulings}
    people = accounts.names_of(wrote)
    wanted: Any = {one.organisation_id for one in rows}
    homes = {one.pk: one.name for one in Organisation.objects.filter(pk__in=wanted).order_by("pk")}
    committees = {one.pk: one.name for one in Committee.objects.order_by("pk")}
    ruled: dict[UUID, list[Ruled]] = {}
    for one in reversed(rulings):
        name = committees.get(one.committee_id, "")
        ruled.setdefault(one.version_id, []).append(
            Ruled(one, name, people.get(one.written_by, ""))
        )
    by_note: dict[UUID, list[Version]] = {}
    for row in rows:
        by_note.setdefault(row.note_id, []).append(row)

    def told(row: Version, number: int, standing: UUID | None) -> Told:
        rulings = ruled.get(row.pk, [])
        kept = bool(rulings) and rulings[0].row.outcome == Ruling.Outcome.KEPT
        stands = "NOT_KEPT" if rulings else "WAITS"
        if kept:
            stands = "STANDS" if row.pk == standing else "PAST"
        home = homes.get(row.organisation_id, "")
        return Told(row, number, people.get(row.written_by, ""), home, rulings, stands)

    made = []
    for note_id, versions in by_note.items():
        kept = [
            row.pk
            for row in versions
            if row.pk in ruled and ruled[row.pk][0].row.outcome == Ruling.Outcome.KEPT
        ]
        standing = kept[-1] if kept else None
        all_told = [told(row, number, standing) for number, row in enumerate(versions, 1)]
        made.append(Note(note_id, all_told[::-1]))
    return sorted(made, key=lambda one: (one.face.row.title.casefold(), one.face.row.written_at))


def note_of(version_id: UUID, *, actor: Actor) -> tuple[Note, Told] | None:
    """One version, and the note of which it is."""
    context.require(actor)
    row = Version.objects.filter(pk=version_id).first()
    if row is None:
        return None
    [note] = notes(actor=actor, only=row.note_id)
    return note, next(one for one in note.versions if one.row.pk == version_id)


def note(note_id: UUID, *, actor: Actor) -> Note | None:
    found = notes(actor=actor, only=note_id)
    return found[0] if found else None


def chaired(*, actor: Actor) -> set[UUID]:
    """The committees that this person chairs."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.committees('{CHAIRING}')")
        return set(cursor.fetchone()[0])


def names_of_committees(*, actor: Actor) -> dict[UUID, str]:
    context.require(actor)
    return {one.pk: one.name for one in Committee.objects.order_by("pk")}


def to_see_to(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """For whoever chairs: how many versions wait, and how many notes are to be reviewed."""
    rows = places.rows_of_day(TO_SEE_TO, actor=actor, at=at)
    return sum(row["waits"] for row in rows), sum(row["review"] for row in rows)
