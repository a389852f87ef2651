"""Which papers stand beside a meeting, and does one sit there?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum

from spheres.accounts import queries as accounts
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.partners.meeting_papers.models import Leaf, MeetingPaper
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeMeeting
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Seat:
    """A meeting of a committee on which one sits, and whether one chairs it."""

    meeting: CommitteeMeeting
    committee: Committee
    chairs: bool


@dataclass(frozen=True)
class Tabled:
    """One paper as the list shows it, opened; and who put it there."""

    row: MeetingPaper
    who: str


def seat(meeting_id: UUID, *, actor: Actor) -> Seat | None:
    """None: one does not sit there, and it is as if there were no such meeting."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.committees('{SITTING}'), access.committees('{CHAIRING}')")
        sits, chairs = cursor.fetchone()
    meeting = CommitteeMeeting.objects.filter(pk=meeting_id, committee_id__in=sits).first()
    if meeting is None:
        return None
    of = Committee.objects.get(pk=meeting.committee_id)
    return Seat(meeting, of, meeting.committee_id in chairs)


def papers(meeting_id: UUID, *, actor: Actor) -> QuerySet[MeetingPaper]:
    """Those that were not taken off, the oldest first; still locked."""
    context.require(actor)
    found = MeetingPaper.objects.filter(meeting_id=meeting_id, taken_off_at=None)
    return found.order_by("written_at", "pk")


def tabled(meeting_id: UUID, *, actor: Actor) -> list[Tabled]:
    """The same, opened, each with who put it there."""
    rows = list(papers(meeting_id, actor=actor))
    vault.open(rows, by=actor)
    names = accounts.names_of({row.written_by for row in rows})
    return [Tabled(row, names.get(row.written_by, "")) for row in rows]


def number_of(meeting_id: UUID, *, actor: Actor) -> int:
    return papers(meeting_id, actor=actor).count()


def size_of_all(meeting_id: UUID, *, actor: Actor) -> int:
    """How much the papers of one meeting weigh."""
    total = papers(meeting_id, actor=actor).order_by().aggregate(total=Sum("size"))["total"]
    return int(total or 0)


def paper(meeting_id: UUID, paper_id: UUID, *, actor: Actor) -> MeetingPaper | None:
    return papers(meeting_id, actor=actor).filter(pk=paper_id).first()


def is_off(paper_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    return MeetingPaper.objects.filter(pk=paper_id, taken_off_at__isnull=False).exists()


def lock(paper_id: UUID, *, actor: Actor) -> MeetingPaper:
    context.require(actor)
    return states.lock(MeetingPaper.objects.filter(pk=paper_id))


def leaf(of: MeetingPaper, leaf_id: UUID, *, actor: Actor) -> Leaf | None:
    context.require(actor)
    return Leaf.objects.filter(paper_id=of.pk, pk=leaf_id).first()


def is_kept(paper_id: UUID, *, actor: Actor) -> bool:
    """Whether this form was sent already."""
    context.require(actor)
    return MeetingPaper.objects.filter(pk=paper_id).exists()
