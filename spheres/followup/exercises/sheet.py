"""What do the filled exercises of every section share?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.records.models import Record
from spheres.vault.models import LockedText


class Pen(models.TextChoices):
    """Who held the pen."""

    HERSELF = "HERSELF", _("They wrote it")
    TOGETHER = "TOGETHER", _("Written together")
    WORKER = "WORKER", _("The worker wrote it")


class Sheet(Record):
    """One exercise, filled once: never edited; a new sheet follows an older one, and both stand.

    `occurred_at` is the day the person chose to date it. The exercise and its version stay as she
    answered them, whatever the region asks since.
    """

    exercise = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    pen = models.CharField(max_length=8, choices=Pen)
    was_read = models.BooleanField(default=False)  # she has read it
    answers = LockedText()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.exercise} {self.id}"
