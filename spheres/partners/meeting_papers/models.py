"""What is kept of the papers of a meeting? Their pages made anew, under the committee’s key.

They name nobody whom the programme accompanies. Whoever sits on the committee reads them; nobody
else learns that there is one.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q

from spheres.core.words import If, Members
from spheres.vault.models import Kind, Lockable, LockedBytes, LockedText

ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"
MINE: Final = f"written_by = {ME} and written_at = {NOW}"
STILL_THERE: Final = "taken_off_at is null"
OF_THAT_COMMITTEE: Final = (
    "exists (select from sharing_committeemeeting g where g.id = meeting_id "
    "and g.committee_id = meeting_papers_meetingpaper.committee_id)"
)
OF_THAT_PAPER: Final = (
    "exists (select from meeting_papers_meetingpaper p where p.id = paper_id "
    f"and p.committee_id = meeting_papers_leaf.committee_id and p.written_by = {ME} "
    f"and p.written_at = {NOW})"
)


class OfTheCommittee(Lockable):
    """A text about nobody, locked by the committee’s key."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.committee_id  # type: ignore[attr-defined]


class MeetingPaper(OfTheCommittee):
    """One paper for one meeting: whoever sits there puts it, and may take it off; so may whoever
    chairs. It never changes: a better one is another paper."""

    access = Members(
        ("SITTING",),
        adds=(If(("SITTING",), f"{MINE} and taken_off_at is null and {OF_THAT_COMMITTEE}"),),
        amend=True,
        amends=(
            If(
                ("SITTING",), f"{STILL_THERE} and written_by = {ME}",
                f"taken_off_by = {ME} and taken_off_at = {NOW}",
            ),
            If(("CHAIRING",), STILL_THERE, f"taken_off_by = {ME} and taken_off_at = {NOW}"),
        ),
        changes=("taken_off_by", "taken_off_at"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    meeting_id = models.UUIDField()
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    has_document = models.BooleanField()
    name = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    taken_off_by = models.UUIDField(null=True)
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_off_at=None, taken_off_by=None)
                | Q(taken_off_at__isnull=False, taken_off_by__isnull=False),
                name="meeting_papers_taken_off_by_whom",
            )
        ]
        indexes = [models.Index(fields=["meeting_id"], name="meeting_papers_of_meeting")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def leaves(self) -> list[tuple[int, UUID]]:
        """Each page by its number, with the identifier of its picture."""
        return [(number, Leaf.id_of(self.pk, number)) for number in range(1, self.pages + 1)]

    @property
    def document(self) -> UUID | None:
        return Leaf.id_of(self.pk, 0) if self.has_document else None


class Leaf(OfTheCommittee):
    """One page, as a picture of ours; of a PDF, its cleaned copy too, under 0."""

    access = Members(("SITTING",), adds=(If(("SITTING",), f"{MINE} and {OF_THAT_PAPER}"),))

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    paper = models.ForeignKey(MeetingPaper, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = LockedBytes()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="meeting_papers_leaf_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.number}"

    @staticmethod
    def id_of(paper_id: UUID, number: int) -> UUID:
        """A paper knows its pages without asking for them."""
        return uuid5(paper_id, str(number))
