"""What is kept of who opened what: that it was looked at, and what stood out, of nobody's file?

Numbers, moments and a worker: no identifier of a file, so that whoever guards privacy learns
nothing of anybody's story by it (ADR who-opened-what).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.sharing.watching import LOOKOUT

OVERSEEN = "organisation_id = any((select access.overseen())::uuid[])"
NOT_OF_ONESELF = "user_id <> (select access.actor())"


class Look(models.Model):
    """The openings of one organisation, from a moment to a moment, were looked at."""

    class What(models.TextChoices):
        GROUNDS = "GROUNDS", _("Readings across organisations")
        WEEK = "WEEK", _("Unusual openings of a week")

    access = Roles(
        also={"select": (LOOKOUT, Role.PRIVACY_OFFICER), "insert": (LOOKOUT,)},
        also_if={"select": OVERSEEN},
    )

    id = models.UUIDField(primary_key=True)
    what = models.CharField(max_length=8, choices=What)
    organisation_id = models.UUIDField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    seen = models.PositiveIntegerField()  # readings, of which `found` stood out
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["what", "-until_at"], name="openings_look_last")]

    def __str__(self) -> str:
        return f"{self.what} {self.until_at:%Y-%m-%d}"


class Unusual(models.Model):
    """What stood out of one worker's openings: a question, and what came of it, said once."""

    class Kind(models.TextChoices):
        NO_GROUND = "NO_GROUND", _("Read across organisations, without an agreement")
        NEVER = (
            "NEVER",
            _("Opened without walking with the person: as a stand-in, or before meeting"),
        )
        NIGHT = "NIGHT", _("Opened at night, when not on call")
        ALIKE = "ALIKE", _("Opened the file of somebody with the same last name")
        MANY = "MANY", _("Opened many files in one day")

    class Outcome(models.TextChoices):
        ORDINARY = "ORDINARY", _("Ordinary: it belongs to the work")
        ASKED = "ASKED", _("I ask the worker about it")
        PASSED_ON = "PASSED_ON", _("A concern: I pass it on to whom it belongs")

    access = Roles(
        also={
            "select": (LOOKOUT, Role.PRIVACY_OFFICER),
            "insert": (LOOKOUT,),
            "update": (Role.PRIVACY_OFFICER,),
        },
        also_if={
            "select": f"{OVERSEEN} and {NOT_OF_ONESELF}",
            "update": f"{OVERSEEN} and {NOT_OF_ONESELF}",
        },
        also_becomes="outcome <> '' and outcome_by = (select access.actor()) "
        "and outcome_at = (select access.moment())",
        changes=("outcome", "outcome_by", "outcome_at"),
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # that holds the files
    user_id = models.UUIDField()
    reader_id = models.UUIDField()  # the organisation acted for
    kind = models.CharField(max_length=12, choices=Kind)
    files = models.PositiveIntegerField()
    times = models.PositiveIntegerField()
    sections = ArrayField(models.CharField(max_length=20), default=list)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # The line of the journal, by its number, when it is one reading.
    number = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_by = models.UUIDField(null=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_by__isnull=True, outcome_at__isnull=True)
                | Q(outcome__gt="", outcome_by__isnull=False, outcome_at__isnull=False),
                name="openings_unusual_said_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "outcome"], name="openings_unusual_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_at:%Y-%m-%d}"
