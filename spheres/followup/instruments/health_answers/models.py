"""What is kept of a filled questionnaire of the section « health »?"""

from __future__ import annotations

from django.db import models

from spheres.core.words import FileSection
from spheres.followup.instruments.answer_sheet import AnswerSheet
from spheres.records.models import RecordStatus
from spheres.sharing.rules import HEALTH


class HealthAnswers(AnswerSheet):
    access = FileSection(HEALTH, by="written_by")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="instruments_health_newest"),
        ]


class HealthAnswersStatus(RecordStatus):
    access = FileSection(HEALTH, amend=True)

    record = models.OneToOneField(
        HealthAnswers, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status
