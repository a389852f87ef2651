"""What is kept of a scanned paper? What it is of, its pages made anew, whether it was checked."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection
from spheres.papers.making_anew import MOST_PAGES
from spheres.papers.sandbox import MOST_OUT
from spheres.participants.models import Kept
from spheres.sharing.rules import LEGAL
from spheres.vault.models import Kind as Class
from spheres.vault.models import LockedBytes, LockedText

# At a matter of the law, whoever is in charge of privacy and sits there keeps papers of it too, in
# their own name; counsel reads them.
OFFICERS: Final = (Role.PRIVACY_OFFICER,)
_SEATS: Final = (
    "(select access.seated_at('DEMAND'))::uuid[] || (select access.seated_at('REQUEST'))::uuid[]"
)
_SEATED: Final = (
    "written_by = (select access.actor()) and (select access.holds('{privacy_officer}')) "
    "and file_id = any((select access.readable_legal_files())::uuid[]) "
)
_OF_MATTER: Final = f"about = any({_SEATS})"
_OF_PAPER: Final = (
    "exists (select from papers_paper p "
    f"where p.id = paper_id and p.file_id = {{table}}.file_id and p.{_OF_MATTER})"
)


class Paper(Kept):
    """One paper that was signed or received, of one thing in a file: a restriction, a consent.

    Never edited: a better picture of it is another paper. What was sent is not kept: only what the
    sandbox made of it is, in the parts.
    """

    class Looked(models.TextChoices):
        """What the programme that knows what is harmful said, when it was sent."""

        NOT_ASKED = "NOT_ASKED", _("No antivirus here")
        CLEAN = "CLEAN", _("Nothing harmful was found")
        WAITING = "WAITING", _("The antivirus did not answer")

    # Kept as long as what it proves: the registers outlive the follow-up.
    KIND = Class.REGISTER
    access = FileSection(
        LEGAL,
        by="written_by",
        also={"insert": OFFICERS},
        also_if={"insert": f"{_SEATED} and {_OF_MATTER}"},
        dated="written_at",
    )

    # Which kind of thing it is of (papers/registry.py), and which one.
    kind = models.CharField(max_length=24)
    about = models.UUIDField()
    signed_on = models.DateField(null=True)
    pages = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    has_document = models.BooleanField()
    looked = models.CharField(max_length=12, choices=Looked)
    name = LockedText()  # the file's own, on the telephone or the computer it came from
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="papers_paper_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pages__lte=MOST_PAGES), name="papers_paper_has_pages"
            ),
            models.CheckConstraint(
                condition=Q(size__lte=MOST_OUT), name="papers_paper_is_not_too_large"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Part(Kept):
    """One page of a paper, as a picture of ours; of a PDF, its cleaned copy too, under 0."""

    KIND = Class.REGISTER
    access = FileSection(
        LEGAL,
        by="written_by",
        also={"insert": OFFICERS},
        also_if={"insert": f"{_SEATED} and {_OF_PAPER.format(table='papers_part')}"},
        dated="written_at",
    )

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = LockedBytes()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="papers_part_once"),
            models.CheckConstraint(condition=Q(number__lte=MOST_PAGES), name="papers_part_number"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.number}"

    @staticmethod
    def id_of(paper_id: UUID, number: int) -> UUID:
        """A paper knows its parts without asking for them."""
        return uuid5(paper_id, str(number))


class Look(models.Model):
    """A paper that waited was looked at again, when somebody asked: what was found."""

    class Found(models.TextChoices):
        CLEAN = "CLEAN", _("Nothing harmful was found")
        HARMFUL = "HARMFUL", _("Something harmful was found")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = FileSection(
        LEGAL,
        by="written_by",
        also={"insert": OFFICERS},
        also_if={"insert": f"{_SEATED} and {_OF_PAPER.format(table='papers_look')}"},
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    found = models.CharField(max_length=12, choices=Found)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.paper_id} {self.found}"
