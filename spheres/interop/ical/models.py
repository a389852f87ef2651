"""What is kept of calendar addresses: whether an organisation has them, and the hash of each?"""

from __future__ import annotations

from typing import Final

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import OfOrganisation, Own

CALENDAR: Final = "service:calendar"  # reads the hours behind an address, and nothing else
# Who may say that an organisation's workers have calendar addresses.
DECIDING: Final = (
    Role.TEAM_LEAD,
    Role.COORDINATOR,
    Role.ORGANISATION_MANAGER,
    Role.TECHNICAL_ADMINISTRATOR,
)


class CalendarSetting(models.Model):
    """Whether an organisation has calendar addresses: the newest row says; without one, no."""

    access = OfOrganisation(
        append=False,
        also={"insert": DECIDING},
        also_if={
            "insert": "organisation_id = (select access.organisation()) "
            "and said_by = (select access.actor())"
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    is_allowed = models.BooleanField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-said_at"], name="ical_setting_newest")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.is_allowed}"


class CalendarAddress(models.Model):
    """One worker's address, in one organisation: of all their hours, or of the meetings of one
    committee. Ended is gone: no row, nothing to read.

    The address holds 32 random bytes; their SHA-256 alone is kept, so a dump gives no address.
    """

    access = Own(remove=True)

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    committee_id = models.UUIDField(null=True)
    digest = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="ical_one_digest"),
            models.UniqueConstraint(
                fields=["user_id", "organisation_id", "committee_id"],
                nulls_distinct=False,
                name="ical_one_of_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
