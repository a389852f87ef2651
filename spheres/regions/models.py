"""What is kept of a region? Nothing personal: anybody may read it, only its loader writes it."""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.words import OfRegion, Public

LOADER: Final = "service:loader"
LOADED: Final = Public(append=False, also=dict.fromkeys(("insert", "update", "delete"), (LOADER,)))
STAYING: Final = Public(append=False, also=dict.fromkeys(("insert", "update"), (LOADER,)))


def identifier(region: str, kind: str, slug: str) -> UUID:
    """The identifier of what a file calls `slug`: the same each time the file is read."""
    return uuid5(NAMESPACE_DNS, f"{kind}/{slug}.{region}.regions.spheres")


def is_from_a_file(row_id: UUID) -> bool:
    """Whether a loading made this row: files give names (version 5), forms give chance (4)."""
    return row_id.version == 5


class Region(models.Model):
    """The region this installation serves: one database, one region."""

    access = STAYING

    id = models.UUIDField(primary_key=True)
    one = models.BooleanField(default=True, unique=True, editable=False)
    slug = models.SlugField(unique=True)
    is_demo = models.BooleanField()  # a trigger refuses that a real region become a demonstration
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    programme_fr = models.CharField(max_length=120)
    programme_en = models.CharField(max_length=120)
    territory_fr = models.CharField(max_length=120)
    territory_en = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=40)
    languages = ArrayField(models.CharField(max_length=8))
    age_from = models.PositiveSmallIntegerField()
    age_until = models.PositiveSmallIntegerField()  # exclusive
    grace_months = models.PositiveSmallIntegerField()
    referral_keep_days = models.PositiveSmallIntegerField()
    # After so many days, it is asked again whether a safe way to reach somebody still is.
    contact_confirm_days = models.PositiveSmallIntegerField(db_default=60)
    # Past the hour of return of a worker out alone, before the colleague who watches is told.
    outing_grace_minutes = models.PositiveSmallIntegerField(db_default=15)
    # Days of the calendar in which an outside organisation is answered that asks to be trained.
    training_answer_days = models.PositiveSmallIntegerField(db_default=10)
    # Days of the calendar in which a professional who asks for advice is answered.
    advice_answer_days = models.PositiveSmallIntegerField(db_default=3)
    # Days of the calendar in which somebody who asks from their notebook is answered, when the law
    # sets no day.
    notebook_answer_days = models.PositiveSmallIntegerField(db_default=7)
    # Different files that one worker opens in a day: at the first, somebody asks; at the second,
    # nothing more opens that day but what protects. An organisation may say otherwise of itself.
    reads_alert = models.PositiveSmallIntegerField(db_default=40)
    reads_stop = models.PositiveSmallIntegerField(db_default=80)
    self_from = models.PositiveSmallIntegerField()
    minimum_group = models.PositiveSmallIntegerField()
    theme = models.JSONField()
    exit_url = models.URLField()
    # The organisation of the coordination, where referrals arrive.
    desk_organisation_id = models.UUIDField(null=True)
    # The first loading: the days of the demonstration count back from it, for good.
    loaded_at = models.DateTimeField()
    # Of all the files, once everything they say is done; empty while a loading is under way.
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(one=True), name="regions_region_is_one"),
            models.CheckConstraint(
                condition=models.Q(age_until__gt=models.F("age_from")),
                name="regions_region_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr


class Term(models.Model):
    """One word of a vocabulary (needs, kinds of contact …): a stable code, a label that may change.

    A term that leaves the file is offered no more, and stays: what was written keeps its label.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    vocabulary = models.CharField(max_length=32)
    code = models.CharField(max_length=32)
    fr = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    help_fr = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="regions_one_term_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary}.{self.code}"


class HelpLine(models.Model):
    """A public line to call, text or visit, with the day somebody last checked it."""

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("Verified")
        TO_VERIFY = "to_verify", _("To verify")

    access = LOADED

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    call = models.CharField(max_length=24, blank=True)
    text = models.CharField(max_length=24, blank=True)
    web = models.URLField(blank=True)
    hours_fr = models.CharField(max_length=200)
    hours_en = models.CharField(max_length=200)
    languages = ArrayField(models.CharField(max_length=8))
    what_for_fr = models.CharField(max_length=300)
    what_for_en = models.CharField(max_length=300)
    for_youth = models.BooleanField()
    verification = models.CharField(max_length=12, choices=Verification)
    verified_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.slug


class Text(models.Model):
    """A text of a page that a region may change, in both languages."""

    class Translation(models.TextChoices):
        REVIEWED = "reviewed", _("Reviewed")
        TO_REVIEW = "to_review", _("To review")

    access = LOADED

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    fr = models.TextField()
    en = models.TextField()
    original = models.CharField(max_length=2)
    translation = models.CharField(max_length=12, choices=Translation)
    reviewed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.key


class RetentionRule(models.Model):
    """How long one kind of thing is kept, from when and why. A proposal: it destroys nothing."""

    access = LOADED

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    keep_days = models.PositiveSmallIntegerField(null=True)
    keep_years = models.PositiveSmallIntegerField(null=True)
    counted_from_fr = models.CharField(max_length=200)
    counted_from_en = models.CharField(max_length=200)
    basis_fr = models.CharField(max_length=300)
    basis_en = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_days__isnull=True) ^ models.Q(keep_years__isnull=True),
                name="regions_retention_in_days_or_years",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Committee(models.Model):
    """A committee of the programme: what it is for, how often it meets, how many make it valid.

    Who sits on it is said elsewhere, with dates. One that leaves the file calls no meeting any
    more, and stays: what it did keeps its name.
    """

    class Kind(models.TextChoices):
        STEERING = "STEERING", _("Steering committee")
        CLINICAL = "CLINICAL", _("Clinical committee")
        OTHER = "OTHER", _("Other committee")

    class Rhythm(models.TextChoices):
        MONTHLY = "MONTHLY", _("Once a month")
        EVERY_TWO_MONTHS = "EVERY_TWO_MONTHS", _("Every two months")
        QUARTERLY = "QUARTERLY", _("Four times a year")
        TWICE_A_YEAR = "TWICE_A_YEAR", _("Twice a year")
        AS_NEEDED = "AS_NEEDED", _("When it is needed")

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    mandate_fr = models.CharField(max_length=400)
    mandate_en = models.CharField(max_length=400)
    rhythm = models.CharField(max_length=16, choices=Rhythm)
    quorum = models.PositiveSmallIntegerField()  # of organisations that are there
    position = models.PositiveSmallIntegerField()
    is_standing = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr

    @property
    def mandate(self) -> str:
        return self.mandate_en if get_language() == "en" else self.mandate_fr


class Played(models.Model):
    """One act of the demonstration's life, done: a loading that was cut goes on from there."""

    access = OfRegion(append=False, also=dict.fromkeys(("select", "insert"), (LOADER,)))

    id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.id)
