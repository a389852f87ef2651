"""What is kept of the yearly look at access: when, by whom, and whether something was changed?"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfOrganisation

MINE: Final = (
    f"reviewed_by = (select access.actor()) and (select access.holds('{{{Role.PRIVACY_OFFICER}}}'))"
)


class Found(models.TextChoices):
    FINE = "FINE", _("It is right as it stands")
    SEEN_TO = "SEEN_TO", _("Something had to change, and is seen to")


class AccessReview(models.Model):
    """Somebody looked at who has access here, and at the journal: a row, never changed, of nobody.

    At least once a year where health law applies (R-22.1, s. 90); proposed to every organisation.
    """

    access = OfOrganisation(adds=MINE, dated="reviewed_at")

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    people = models.PositiveIntegerField()  # how many had access that day
    accounts = models.CharField(max_length=8, choices=Found)
    roles = models.CharField(max_length=8, choices=Found)
    journal = models.CharField(max_length=8, choices=Found)
    reviewed_by = models.UUIDField()
    reviewed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-reviewed_at"], name="access_reviews")]

    def __str__(self) -> str:
        return f"{self.reviewed_at:%Y-%m-%d}"
