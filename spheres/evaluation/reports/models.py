"""What is kept of a report? Of which year, the words of each part, and its figures once locked.

Nobody is in it: its numbers are those that were published, small ones hidden for good.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.evaluation.indicators.models import READERS

ME, NOW = "(select access.actor())", "(select access.moment())"
WRITERS: Final = (Role.COORDINATOR,)
AT_OUR_DESK: Final = "(select access.at_the_desk())"  # a coordinator elsewhere has no part in it
IN_SIGHT: Final = f"true = any(array[locked_at is not null, {AT_OUR_DESK}])"
# Of a report that one sees; of one that is still written.
OF_ONE_IN_SIGHT: Final = "report_id in (select r.id from reports_report r)"
OF_ONE_OPEN: Final = "report_id in (select r.id from reports_report r where r.locked_at is null)"


class Report(models.Model):
    """What is told of one year that is over, from April to March.

    While it is open the coordination writes it, and nobody else reads it. Locked, all who read
    figures read it, and nothing of it changes: neither its words, nor its figures as they were
    published that day, whatever is erased, merged or counted otherwise since.
    """

    class Kind(models.TextChoices):
        YEARLY = "YEARLY", _("Yearly report")
        FUNDER = "FUNDER", _("Report to a funder")

    ENDS_ONCE: ClassVar[str] = "locked_at"
    access = Roles(
        append=False,
        also={"select": READERS, "insert": WRITERS, "update": WRITERS},
        also_if={
            "select": IN_SIGHT,
            "insert": f"begun_by = {ME} and begun_at = {NOW} and locked_at is null "
            f"and {AT_OUR_DESK}",
            "update": AT_OUR_DESK,
        },
        also_becomes=f"locked_by = {ME} and locked_at = {NOW}",
        changes=("locked_by", "locked_at", "figures", "digest"),
    )

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    starts_on = models.DateField()  # the first of April
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    locked_by = models.UUIDField(null=True)
    locked_at = models.DateTimeField(null=True)
    figures = models.JSONField(null=True)  # as they stood that day, with their names
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of its figures and its words

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on"],
                condition=Q(locked_at__isnull=True),
                name="reports_one_is_written_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None, figures=None, digest="")
                | Q(locked_at__isnull=False, locked_by__isnull=False, figures__isnull=False)
                & ~Q(digest=""),
                name="reports_locked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Place(models.TextChoices):
    """Where a text stands in a report: before all, with each component, after all."""

    OPENING = "opening", _("To begin")
    CONCERTED_ACTION = "concerted_action", _("Concerted action and mobilization")
    TRAINING = "training", _("Partner training")
    AWARENESS = "awareness", _("Awareness and promotion")
    WORKER_SUPPORT = "worker_support", _("Youth-worker support")
    FOLLOW_UP = "follow_up", _("Psychosocial follow-up")
    CLOSING = "closing", _("To end")


class Passage(models.Model):
    """What is written in one place of a report, in both languages; the newest stands.

    It says which one it follows: of two who write at once, the second reads the other's first.
    """

    access = Roles(
        append=False,
        dated="written_at",
        also={"select": READERS, "insert": WRITERS},
        also_if={
            "select": OF_ONE_IN_SIGHT,
            "insert": f"written_by = {ME} and {AT_OUR_DESK} and {OF_ONE_OPEN}",
        },
    )

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    place = models.CharField(max_length=20, choices=Place)
    number = models.PositiveSmallIntegerField()  # the first is 1
    fr = models.TextField(blank=True)
    en = models.TextField(blank=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place", "number"], name="reports_one_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.number}"

    @property
    def words(self) -> str:
        return self.en if get_language() == "en" else self.fr
