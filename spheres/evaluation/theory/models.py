"""What is kept of the theory of change? Each version of a region's file, whole."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.regions.models import STAYING


class Kind(models.TextChoices):
    """Where a step stands in the chain, from what we do to what lasts."""

    ACTIVITY = "activity", _("What we do")
    SHORT = "short", _("In the short term")
    MEDIUM = "medium", _("In the medium term")
    LONG = "long", _("In the long term")


class Component(models.TextChoices):
    """The five components of the programme; none comes before another."""

    CONCERTED_ACTION = "concerted_action", _("Concerted action and mobilization")
    TRAINING = "training", _("Partner training")
    AWARENESS = "awareness", _("Awareness and promotion")
    WORKER_SUPPORT = "worker_support", _("Youth-worker support")
    FOLLOW_UP = "follow_up", _("Psychosocial follow-up")


class Theory(models.Model):
    """One version of the theory of change, as a region's file wrote it: nobody is in it.

    A version never changes and never goes: a report of its time is read beside it.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=50)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()  # both languages; read whole, never searched
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="theory_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"
