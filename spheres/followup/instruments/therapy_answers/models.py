"""What is kept of a filled questionnaire of the section « therapy »?"""

from __future__ import annotations

from django.db import models

from spheres.core.words import FileSection
from spheres.followup.instruments.answer_sheet import AnswerSheet
from spheres.records.models import RecordStatus
from spheres.sharing.rules import THERAPY
from spheres.vault.models import Kind


class TherapyAnswers(AnswerSheet):
    KIND = Kind.THERAPY
    # Sealed as a psychotherapy note is: its author alone reads it (design §10.5).
    access = FileSection(THERAPY, author="written_by")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="instruments_therapy_newest"),
        ]


class TherapyAnswersStatus(RecordStatus):
    access = FileSection(THERAPY, author="status_by", amend=True)

    record = models.OneToOneField(
        TherapyAnswers, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status
