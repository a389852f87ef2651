"""How are notes found?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.notes.models import NOT_HELD, Note, NoteHandOver, NoteStatus
from spheres.participants import queries as participants
from spheres.records import queries as records
from spheres.records.between import gathering, serving
from spheres.records.between.serving import Matters
from spheres.records.queries import Copy
from spheres.regions import queries as regions
from spheres.vault import actions as vault

# What a note was about that may call for looking again at what keeps her safe: what, not where.
CONTEXTS = """select n.file_id, upper(t.tag), n.written_at
from notes_note n join notes_notestatus s on s.note_id = n.id, unnest(n.tags) as t(tag)
where t.tag in ('crisis', 'moved', 'away') and s.status = 'SIGNED'"""

# That day, they were in contact with her.
MET: Final = f"""select n.file_id, n.occurred_at from notes_note n
join notes_notestatus s on s.note_id = n.id
where s.status = 'SIGNED' and n.kind not in ({", ".join(f"'{kind}'" for kind in NOT_HELD)})"""  # noqa: S608 -- ours
# Contacts of these weeks that were about a need, or about something of her plan.
ABOUT: Final = "contacts about something"
WEEKS: Final = "(select access.moment()) - interval '60 days'"
HELD: Final = f"""n.kind not in ({", ".join(f"'{kind}'" for kind in NOT_HELD)})
  and n.occurred_at >= {WEEKS}"""
ABOUT_NEEDS: Final = f"""
select n.* from notes_note n join notes_notestatus s on s.note_id = n.id
where n.file_id = %(file)s and s.status = 'SIGNED' and {HELD}
  and (n.tags is not null or n.towards_id is not null)
  and (%(since)s::timestamptz is null or n.written_at >= %(since)s)
order by n.occurred_at desc, n.id limit 30"""  # noqa: S608 -- ours
ANSWERED: Final = f"""
select n.file_id, t.tag, n.occurred_at from notes_note n
join notes_notestatus s on s.note_id = n.id, unnest(n.tags) as t(tag)
where s.status = 'SIGNED' and {HELD}"""  # noqa: S608 -- ours


def visible(*, actor: Actor) -> QuerySet[Note]:
    """Every note the database lets this actor read, with where it stands; newest first."""
    context.require(actor)
    return Note.objects.select_related("standing").order_by("-occurred_at", "pk")


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Note]:
    """The notes of one file, newest first."""
    return visible(actor=actor).filter(file_id=file_id)


def names_of_mine(*, actor: Actor) -> dict[UUID, str]:
    """The chosen names of everyone this actor accompanies, by file.

    All of them, even when a page needs three: the event of a list must not say which three.
    """
    identities = [one.identity for one in participants.all_mine(actor=actor)]
    vault.open(identities, by=actor, action="list", only=("chosen_name",))
    return {identity.file_id: identity.opened.chosen_name for identity in identities}


def about(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Note]:
    """Contacts of these weeks that were about something she needs or wants; still locked."""
    return gathering.rows(ABOUT, file_id, actor=actor, since=since)


def talked_of(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Matters:
    """The needs that these contacts were about, the latest first: for whoever sorted none."""
    tags = {tag for note in about(file_id, actor=actor, since=since) for tag in note.tags or ()}
    codes = [code for code, _label in regions.choices("needs")]
    return Matters([code for code in codes if serving.plain(code) in tags])


def lock(note_id: UUID, *, actor: Actor) -> NoteStatus:
    """Where one note stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(NoteStatus.objects.filter(pk=note_id))


# A correction, what it corrects, what that one corrected: at most as long as somebody was patient.
CORRECTED = """select * from (
  with recursive before as (
    select n.*, 1 as step from notes_note n where n.id = %s
    union all
    select n.*, step + 1 from notes_note n join before b on n.id = b.corrects_id)
  select * from before) b order by step"""


def corrected_by(note: Note, *, actor: Actor) -> list[Note]:
    """The notes that stand behind a correction, the newest first; still locked. Often none."""
    context.require(actor)
    return list(Note.objects.raw(CORRECTED, [note.corrects_id])) if note.corrects_id else []


def copies(notes: Iterable[Note], *, actor: Actor) -> list[Copy]:
    """When these notes were copied to the official file, the newest first."""
    rows = NoteHandOver.objects.filter(note__in=[note.pk for note in notes])
    return records.copies(rows, "note_id", actor=actor)
