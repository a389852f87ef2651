"""What is kept of the exercises: what the region asks, and what each person answered?"""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from spheres.followup.exercises.plan_sheets.models import PlanSheet, PlanSheetStatus
from spheres.followup.exercises.safety_sheets.models import SafetySheet, SafetySheetStatus
from spheres.followup.exercises.sheet import Pen, Sheet
from spheres.regions.models import STAYING
from spheres.sharing.rules import PLAN, SAFETY


class Exercise(models.Model):
    """One version of an exercise, as a region's file wrote it: nothing personal.

    A version never changes and never goes: what was answered stays readable. Only one version of an
    exercise is offered, or none.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    # Both languages; read whole, never searched (ADR exercises).
    definition = models.JSONField()
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="exercises_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


# One table for each section: a table has one fixed section (design §4).
TABLES: Final[dict[str, tuple[type[Any], type[Any]]]] = {
    PLAN: (PlanSheet, PlanSheetStatus),
    SAFETY: (SafetySheet, SafetySheetStatus),
}
SLUGS: Final = {PLAN: "plan_sheets", SAFETY: "safety_sheets"}

__all__ = [
    "SLUGS", "TABLES", "Exercise", "Pen", "PlanSheet", "PlanSheetStatus", "SafetySheet",
    "SafetySheetStatus", "Sheet",
]  # fmt: skip
