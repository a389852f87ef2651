"""Which partner is leaving the programme: since when, said by whom, as far as where?"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from spheres.core.words import OfRegion
from spheres.sharing.models.pieces import said_once


class Departure(models.Model):
    """An organisation leaves the programme. It takes weeks, and it may be called off until its end.

    Its manager asks, the programme's coordination confirms; each person it accompanies then says
    what she wants. The database alone writes these rows (`parting.py`); they speak of nobody who
    is accompanied, and whoever works in the programme reads them.
    """

    access = OfRegion(append=False)

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    last_on = models.DateField()  # the last day on which it is a partner
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # Its manager holds what is its own: its records and its registers.
    received_by = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Of the files of the others, before and after: the same digest, over so many rows.
    digest = models.CharField(max_length=64, blank=True)
    rows_compared = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id"],
                condition=Q(cancelled_at__isnull=True, ended_at__isnull=True),
                name="sharing_departure_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=said_once("confirmed") & said_once("received") & said_once("cancelled")
                & said_once("ended"),
                name="sharing_departure_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="sharing_departure_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(
                    confirmed_at__isnull=False, received_at__isnull=False,
                    cancelled_at__isnull=True, digest__gt="",
                ),
                name="sharing_departure_ends_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_live(self) -> bool:
        return self.cancelled_at is None and self.ended_at is None
