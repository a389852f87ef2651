"""What is kept of a year's offer? A topic, a month, a place and a language; and nobody's name."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion
from spheres.training.catalogue.models import Language

MINE: Final = "written_by = (select access.actor()) and written_at = (select access.moment())"
TAKEN_BY_ME: Final = (
    "withdrawn_by = (select access.actor()) and withdrawn_at = (select access.moment())"
)
DRAWING_UP: Final = (Role.COORDINATOR,)


class Offered(models.Model):
    """One topic offered in one month. Taken out, it stays, and is offered no more."""

    class Place(models.TextChoices):
        HERE = "HERE", _("At the programme’s")
        THERE = "THERE", _("Where those who ask work")
        ONLINE = "ONLINE", _("Online")

    access = OfRegion(
        append=False,
        also={"select": ("visitor",), "insert": DRAWING_UP, "update": DRAWING_UP},
        also_if={"insert": f"{MINE} and withdrawn_at is null"},
        also_becomes=TAKEN_BY_ME,
        changes=("withdrawn_by", "withdrawn_at"),
    )

    id = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    topic = models.SlugField()
    place = models.CharField(max_length=8, choices=Place)
    language = models.CharField(max_length=2, choices=Language)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="offer_offered_in_a_month"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__gte=F("written_at")),
                name="offer_offered_taken_out_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["year", "month", "topic", "place", "language"],
                condition=Q(withdrawn_at=None),
                name="offer_offered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month} {self.topic}"
