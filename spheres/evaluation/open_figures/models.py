"""What is kept of the figures that everybody may read? One number a year; nobody is in them."""

from __future__ import annotations

from typing import Final

from django.db import models

from spheres.core.words import OfRegion
from spheres.evaluation.indicators.models import ROLLUPS, Measure

FIRST_MONTH: Final = 4  # a year runs from April to March, as those who pay and report count it
# What is told to everybody: numbers that stand alone, of all five components.
OPEN: Final = (
    Measure.MEETINGS,
    Measure.TRAININGS,
    Measure.TRAINED,
    Measure.EVENTS,
    Measure.REACHED,
    Measure.ADVICE,
    Measure.PEOPLE,
    Measure.REFERRALS,
    Measure.FOLLOW_UPS,
)


class YearFigure(models.Model):
    """One number of a year that is over, published once and for good; none: it is not told.

    A floor says « at least »: the year holds quarters whose number is hidden, or people, who are
    told by fives.
    """

    access = OfRegion(append=False, also={"select": ("visitor", ROLLUPS), "insert": (ROLLUPS,)})

    id = models.UUIDField(primary_key=True)
    starts_on = models.DateField()
    measure = models.CharField(max_length=12)  # one of `OPEN`
    version = models.PositiveSmallIntegerField()  # of the definition it was counted by
    number = models.PositiveIntegerField(null=True)
    is_floor = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["starts_on", "measure"], name="open_figures_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"
