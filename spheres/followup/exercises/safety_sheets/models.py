"""What is kept of a filled exercise of the section « safety »?"""

from __future__ import annotations

from django.db import models

from spheres.core.words import FileSection
from spheres.followup.exercises.sheet import Sheet
from spheres.records.models import RecordStatus
from spheres.sharing.rules import SAFETY


class SafetySheet(Sheet):
    access = FileSection(SAFETY, by="written_by")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="exercises_safety_newest"),
        ]


class SafetySheetStatus(RecordStatus):
    access = FileSection(SAFETY, amend=True)

    record = models.OneToOneField(
        SafetySheet, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status
