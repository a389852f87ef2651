"""What is kept of a filled exercise of the section « plan »?"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from spheres.core.words import FileSection
from spheres.followup.exercises.sheet import Sheet
from spheres.records.models import RecordStatus
from spheres.sharing.rules import PLAN


class PlanSheet(Sheet):
    access = FileSection(PLAN, by="written_by")

    # Of an exercise that sorts needs: those that matter now, her first ones first; codes of the
    # region's vocabulary, as the tags of a note. Absent from every other exercise.
    needs = ArrayField(models.CharField(max_length=40), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="exercises_plan_newest"),
        ]


class PlanSheetStatus(RecordStatus):
    access = FileSection(PLAN, amend=True)

    record = models.OneToOneField(
        PlanSheet, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status
