"""What does each partner say of itself, and of what it expects of another and offers it?

Nothing here speaks of anybody whom the programme accompanies; all who work in it read all of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion

# Those who speak for their organisation.
LEADING: Final = (
    Role.TEAM_LEAD,
    Role.COORDINATOR,
    Role.ORGANISATION_MANAGER,
    Role.CLINICAL_DIRECTOR,
    Role.STEERING_MEMBER,
)
ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"
OURS: Final = "(select access.organisation())"
A_YEAR: Final = timedelta(days=365)


def said_by(organisation: str, who: str, when: str) -> OfRegion:
    """Read by all; added by whoever leads, for the organisation they act for, in their own name."""
    mine = f"{organisation} = {OURS} and " if organisation else ""
    return OfRegion(
        append=False,
        also={"insert": LEADING},
        also_if={"insert": f"{mine}{who} = {ME} and {when} = {NOW}"},
    )


class Card(models.Model):
    """What a partner says of itself: what it is for, does, offers, does not do. The newest stands;
    those before stay."""

    access = said_by("organisation_id", "written_by", "written_at")

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    mandate = models.TextField()
    scope = models.TextField()
    limits = models.TextField()
    # What it offers young people, in codes of the region's `resource_domains`.
    services = ArrayField(models.CharField(max_length=32), db_default=[])
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="cards_card_whose")]

    def __str__(self) -> str:
        return str(self.id)


class Expectation(models.Model):
    """What one partner expects of another, and what it offers it. It never changes: what is said
    anew is another one, and the newest stands."""

    access = said_by("organisation_id", "written_by", "written_at")

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()  # who expects, and offers
    towards_id = models.UUIDField()
    expects = models.TextField()
    offers = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation_id=F("towards_id")),
                name="cards_expectation_of_another",
            )
        ]
        indexes = [models.Index(fields=["organisation_id"], name="cards_expectation_whose")]

    def __str__(self) -> str:
        return str(self.id)


class Agreed(models.Model):
    """One of the two says yes to it, for a year."""

    access = said_by("organisation_id", "agreed_by", "agreed_at")

    id = models.UUIDField(primary_key=True)
    expectation_id = models.UUIDField()
    organisation_id = models.UUIDField()
    agreed_by = models.UUIDField()
    agreed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expectation_id"], name="cards_agreed_to")]

    def __str__(self) -> str:
        return str(self.id)


class Protocol(models.Model):
    """An agreement between partners: who signed it, since when, until when, when it is reviewed.

    Reviewed, it is written anew and the one before stays; what it says is kept where it was signed.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "AGREEMENT", _("Partnership agreement")
        SHARING = "SHARING", _("Protocol for sharing information")
        OTHER = "OTHER", _("Other agreement")

    access = said_by("", "written_by", "written_at")

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    organisations = ArrayField(models.UUIDField())
    signatories = models.TextField()
    signed_on = models.DateField()
    ends_on = models.DateField(null=True)
    review_on = models.DateField()
    replaces_id = models.UUIDField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("signed_on")),
                name="cards_protocol_ends_after_it_is_signed",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_to_review(self, on: date) -> bool:
        """Whether its day of review came, or comes within a month."""
        return self.review_on <= on + timedelta(days=30)

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on <= on
