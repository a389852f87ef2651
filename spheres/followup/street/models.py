"""What came from the street, as it was sealed, until its author places it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models

from spheres.core.words import Own

EXPIRY: Final = "service:expiry"
# Never placed, it goes; that it came is remembered longer, so that it never comes twice.
KEPT, REMEMBERED = timedelta(days=14), timedelta(days=90)
MOST_WAITING: Final = 200  # of one person, at once: the next one stays where it was typed


class Entry(models.Model):
    """Sealed on a telephone for the server alone; read by who typed it, and gone once placed."""

    access = Own(remove=True, also={"select": (EXPIRY,), "delete": (EXPIRY,)})

    id = models.UUIDField(primary_key=True)  # drawn on the telephone; of the record it will become
    user_id = models.UUIDField()
    device_id = models.UUIDField()
    sealed = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "received_at"], name="street_entry_mine")]

    def __str__(self) -> str:
        return str(self.id)


class Arrival(models.Model):
    """That an entry came: sent again, it is acknowledged and not kept twice."""

    access = Own(also={"select": (EXPIRY,), "delete": (EXPIRY,)})

    id = models.UUIDField(primary_key=True)  # that of the entry
    user_id = models.UUIDField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
