"""What do all records share, and where does a text live before it is signed?"""

from __future__ import annotations

import hashlib
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core.states import StatusRow
from spheres.core.words import Own
from spheres.participants.models import File, Kept
from spheres.vault.models import Kind, Lockable, LockedText


class Pen(models.TextChoices):
    """Who held the pen: said of everything that is made with her."""

    HER = "HER", _("In their own hand")
    TOGETHER = "TOGETHER", _("Written together")
    WORKER = "WORKER", _("By the worker, from what they said")


class Record(Kept):
    """A signed record: written once, never edited; a correction is another record.

    Every type opens with her words and keeps the worker's observations apart.
    """

    occurred_at = models.DateTimeField()
    her_words = LockedText()
    observation = LockedText()
    # The supportive step that goes with what is said: no difficulty is noted alone.
    support = LockedText()

    class Meta:
        abstract = True


class AddedTo(Kept):
    """What was added later to something told by voice: dated, in its author's name, never an edit.

    Each folder says on which points (`about`), and who may add which.
    """

    disclosure_id = models.UUIDField()
    text = LockedText()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["disclosure_id"], name="%(app_label)s_addition_of")]


class ToldHer(models.Model):
    """Whether the person was told what was said of them: before, after, or not for now.

    The newest stands. «Not for now» says why, and the day on which to look again; until then, and
    until they are told, their register does not hold it. Its words, if any, are an addition.
    """

    class Way(models.TextChoices):
        BEFORE = "BEFORE", _("Told before the call")
        AFTER = "AFTER", _("Told after the call")
        NOT_NOW = "NOT_NOW", _("Not for now: telling them could harm them")

    class Ground(models.TextChoices):
        """Which harm telling could do: never that it is hard to say."""

        LIFE = "LIFE", _("They could hurt themselves")
        THREATENED = "THREATENED", _("Somebody could hurt them for it")
        OTHERS = "OTHERS", _("Somebody else could be hurt")
        NOT_REACHED = "NOT_REACHED", _("No safe way to reach them yet")

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, "file_id")
    KNOWS: ClassVar[frozenset[str]] = frozenset({Way.BEFORE, Way.AFTER})

    id = models.UUIDField(primary_key=True)
    disclosure_id = models.UUIDField()
    file_id = models.UUIDField()
    way = models.CharField(max_length=8, choices=Way)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    look_again_on = models.DateField(null=True)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(way="NOT_NOW", ground__gt="", look_again_on__isnull=False)
                | (~Q(way="NOT_NOW") & Q(ground="", look_again_on=None)),
                name="%(app_label)s_telling_not_now_says_why_and_until_when",
            ),
        ]
        indexes = [models.Index(fields=["disclosure_id"], name="%(app_label)s_telling_of")]

    def __str__(self) -> str:
        return self.way


class Serves(models.Model):
    """What a thing is for: needs of hers, and perhaps one dream, goal or step of her plan.

    It stands on the row itself, in clear: codes, and an identifier that is named and never followed
    by the database. Whoever does not read the row reads no link; what it points to is read by its
    own section, or not at all (ADR links).
    """

    # Codes of the region's vocabulary `needs`. Nothing said is nothing kept.
    needs = ArrayField(models.CharField(max_length=40), null=True)
    towards_id = models.UUIDField(null=True)

    class Meta:
        abstract = True


class RecordStatus(StatusRow):
    """The only row of a record that changes: signed, then perhaps corrected by another."""

    class Status(models.TextChoices):
        SIGNED = "SIGNED", _("Signed")
        CORRECTED = "CORRECTED", _("Corrected")

    MOVES = {Status.SIGNED: {Status.CORRECTED}, Status.CORRECTED: set()}

    file_id = models.UUIDField()

    class Meta:
        abstract = True


class HandOver(models.Model):
    """A signed record was copied to the official file of its author's own organisation.

    Only ever added to: a copy that has left does not come back. Each kind of record has its own
    table, which names the record and the section.
    """

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    # The name that the official file had that day, and the shape of the copy.
    system = models.CharField(max_length=40)
    shape = models.CharField(max_length=4, choices=Organisation.CopyShape)
    handed_by = models.UUIDField()
    handed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.shape} {self.id}"


def scope_of(file_id: UUID, section: str) -> bytes:
    """hash(file, section): what a draft, which is of no fixed table, hangs on."""
    return hashlib.sha256(f"{file_id}|{section}".encode()).digest()


class Draft(Lockable):
    """A text being written: its author's alone, saved every ten seconds, gone once signed.

    It bears the identifier of the record it will become, so that signing twice makes one record.
    It closes with the file: who may no longer write there no longer reads the draft. It is locked
    with the file's key for drafts: what erases the file makes every copy of the draft unreadable.
    """

    KIND: ClassVar[Kind] = Kind.DRAFT
    KEEP: ClassVar[str] = "draft"  # code of the region's retention rule
    KEPT_FROM: ClassVar[str] = "saved_at"
    access = Own(column="author_id", scope="scope", amend=True, remove=True)

    id = models.UUIDField(primary_key=True)
    author_id = models.UUIDField()
    file_id = models.UUIDField()
    scope = models.BinaryField()
    record_type = models.CharField(max_length=32)
    text = LockedText()
    text_version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["author_id", "-saved_at"], name="records_draft_author")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.id}"

    @property
    def key(self) -> str:
        """Its identifier as an address writes it."""
        return str(self.pk)
