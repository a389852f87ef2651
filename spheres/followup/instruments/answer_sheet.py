"""What do the filled questionnaires of every section share?"""

from __future__ import annotations

from django.db import models

from spheres.records.models import Pen, Record
from spheres.vault.models import LockedText


class AnswerSheet(Record):
    """One questionnaire, filled once: never edited; a new sheet follows an older one.

    `occurred_at` is the day the person chose to date it. The questionnaire and its version stay as
    they were answered. No figure is kept: it is worked out where it is read, and nowhere else.
    """

    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    pen = models.CharField(max_length=8, choices=Pen)
    answers = LockedText()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.instrument} {self.id}"
