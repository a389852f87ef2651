"""What is kept of questionnaires: what a region may offer, and what each person answered?"""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from spheres.followup.instruments.answer_sheet import AnswerSheet
from spheres.followup.instruments.health_answers.models import HealthAnswers, HealthAnswersStatus
from spheres.followup.instruments.therapy_answers.models import (
    TherapyAnswers,
    TherapyAnswersStatus,
)
from spheres.regions.models import STAYING
from spheres.sharing.rules import HEALTH, THERAPY


class Instrument(models.Model):
    """One version of a questionnaire, as its files wrote it: nothing personal.

    What it asks and counts never changes and never goes: what was answered stays readable. The
    terms on which it is offered may. Only one version of a questionnaire is offered, or none.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    # Both languages; read whole, never searched (ADR instruments).
    definition = models.JSONField()
    terms = models.JSONField()
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="instruments_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


# One table for each section: a table has one fixed section (design §4).
TABLES: Final[dict[str, tuple[type[Any], type[Any]]]] = {
    HEALTH: (HealthAnswers, HealthAnswersStatus),
    THERAPY: (TherapyAnswers, TherapyAnswersStatus),
}
SLUGS: Final = {HEALTH: "health_answers", THERAPY: "therapy_answers"}

__all__ = [
    "SLUGS", "TABLES", "AnswerSheet", "HealthAnswers", "HealthAnswersStatus", "Instrument",
    "TherapyAnswers", "TherapyAnswersStatus",
]  # fmt: skip
