"""What is kept of a reading: what is hidden, what was looked at, her comments, that she read?

A text is named, never followed by the database: kind, identifier, and which of its texts. None of
these rows holds a word of what it hides.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import File, Kept
from spheres.records.models import Pen
from spheres.sharing.rules import NOTES
from spheres.vault.models import Kind, LockedText

# The texts that all records have, in the order in which they are read; hers first.
HER_WORDS: Final = "her_words"
TEXTS: Final = (HER_WORDS, "observation", "given_back", "support")
LONGEST: Final = 96  # of the name of a text: its field; of one answer, the question too


class Ground(models.TextChoices):
    """Why the law keeps it from her: what a worker chooses."""

    OTHER = "OTHER", _("It tells something of another person, or who told it")
    PROTECTED = "PROTECTED", _("Youth protection: who made a report, or what came from there")


class OfText(models.Model):
    """Of one record of the file, whatever its kind."""

    record_type = models.CharField(max_length=32)
    record_id = models.UUIDField()

    class Meta:
        abstract = True


class Mask(OfText, Kept):
    """A passage that is not hers to read: from one character of one text to another.

    It holds to the very text it was put on (`digest` begins that of the locked record): on any
    other, or where it does not fit, the whole text is hidden.
    """

    access = FileSection(NOTES, by="written_by", dated="written_at")

    of_text = models.CharField(max_length=LONGEST)  # a code of `records/between/copying.py`
    starts = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    digest = models.UUIDField()
    ground = models.CharField(max_length=16, choices=Ground)
    # What may be said of it to her, if anything.
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "record_id"], name="reading_mask_of_record")]

    def __str__(self) -> str:
        return f"{self.ground} {self.id}"


class Lifted(models.Model):
    """A mask was ended: that day, by whom. Only ever added to; hidden anew is another mask."""

    GOES_WITH = (Kind.FOLLOW_UP, "file_id")
    access = FileSection(NOTES, by="lifted_by", dated="lifted_at")

    mask = models.OneToOneField(Mask, models.PROTECT, primary_key=True, related_name="lifted")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    lifted_by = models.UUIDField()
    lifted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.mask_id)


class Looked(OfText):
    """Somebody looked at a text for what concerns others: until then it is hidden whole."""

    GOES_WITH = (Kind.FOLLOW_UP, "file_id")
    access = FileSection(NOTES, by="looked_by", dated="looked_at")

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    looked_by = models.UUIDField()
    looked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file", "record_id"], name="reading_looked_of_record")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


class Comment(OfText, Kept):
    """What she says of a text: hers, beside it, kept as she said it."""

    access = FileSection(NOTES, by="written_by", dated="written_at")

    pen = models.CharField(max_length=8, choices=Pen)
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "record_id"], name="reading_comment_of_record")]

    def __str__(self) -> str:
        return str(self.id)


class Paper(Kept):
    """It was put on paper, without a name or a mark, that day; and where she wants it to be."""

    class Keep(models.TextChoices):
        TAKEN = "TAKEN", _("I take it with me")
        HERE = "HERE", _("Keep it here for me: I read it when I come")
        LATER = "LATER", _("I come for it another day")

    access = FileSection(NOTES, by="written_by", dated="written_at")

    keep = models.CharField(max_length=8, choices=Keep)

    def __str__(self) -> str:
        return self.keep


class Together(Kept):
    """She read it, with her worker, that day. Nothing of what was read."""

    access = FileSection(NOTES, by="written_by", dated="written_at")

    def __str__(self) -> str:
        return str(self.id)
