"""What is kept of her one page? Lines, and which of them stood on it at each moment.

Nothing is rewritten: a line that changes is another line, and each gesture makes a version. What is
taken off is no longer on the page; her team still reads it in the versions before.
"""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import File, Kept
from spheres.vault.models import Kind, LockedText

MOST_LINES: Final = 12
LONGEST: Final = 200


class Line(Kept):
    """One line, in her own words or in the worker's; it never changes."""

    class Whose(models.TextChoices):
        HERS = "hers", _("Their own words")
        WORKERS = "workers", _("The worker’s words, read together")

    access = FileSection("summary", by="written_by")

    # A code of the region's vocabulary `summary_headings`; none is required.
    heading = models.CharField(max_length=32, blank=True)
    whose = models.CharField(max_length=8, choices=Whose)
    text = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Version(models.Model):
    """Which lines stood on the page after one gesture; the highest number is the page of today."""

    class Change(models.TextChoices):
        ADDED = "added", _("added a line")
        CHANGED = "changed", _("said a line otherwise")
        REMOVED = "removed", _("took a line off, as the person asked")

    GOES_WITH = (Kind.FOLLOW_UP, "file_id")
    access = FileSection("summary", by="written_by")

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    lines = ArrayField(models.UUIDField(), size=MOST_LINES)
    change = models.CharField(max_length=8, choices=Change)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two workers write at once: one is first, the other sees both texts.
            models.UniqueConstraint(fields=["file", "number"], name="summary_one_version_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
