"""What is kept of the resources of the region? Public facts about services, and of no participant.

Shaped after the Human Services Data Specification (ADR directory): an organisation gives services,
at places, at hours, to whom each service says. The region's files say it all; nobody types it here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion

LOADER: Final = "service:loader"
LOADED: Final = OfRegion(
    append=False, also=dict.fromkeys(("select", "insert", "update", "delete"), (LOADER,))
)
# What was pointed to stays readable: a resource that leaves the files is offered no more.
STAYING: Final = OfRegion(
    append=False, also=dict.fromkeys(("select", "insert", "update"), (LOADER,))
)
# Those who send young people somewhere, and those who lead them.
TELLING: Final = (
    Role.COORDINATOR,
    Role.YOUTH_WORKER,
    Role.TEAM_LEAD,
    Role.PSYCHOTHERAPIST,
    Role.PROFESSIONAL_SUPPORT,
)
VERIFY_AFTER: Final = timedelta(days=90)


def read(fr: str, en: str) -> str:
    """The text in the reader's language."""
    return en if get_language() == "en" else fr


class Provider(models.Model):
    """An organisation of the region that gives services; often no partner of the programme."""

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    web = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        return read(self.name_fr, self.name_en)


class Resource(models.Model):
    """One service of one organisation: what it gives, to whom, at what cost, and how to reach it.

    What is not said is not known: it is asked before anybody goes.
    """

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("Verified")
        TO_VERIFY = "to_verify", _("To verify")

    access = STAYING

    id = models.UUIDField(primary_key=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="resources")
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    about_fr = models.CharField(max_length=400)
    about_en = models.CharField(max_length=400)
    # Codes of the region's vocabularies: resource_domains, service_languages, resource_costs,
    # safe_for. The first domain is the one under which it stands on paper.
    domains = ArrayField(models.CharField(max_length=32))
    languages = ArrayField(models.CharField(max_length=32))
    cost = models.CharField(max_length=32)
    safe_for = ArrayField(models.CharField(max_length=32), default=list)
    not_for = ArrayField(models.CharField(max_length=32), default=list)
    call = models.CharField(max_length=24, blank=True)
    text = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    web = models.URLField(blank=True)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_until = models.PositiveSmallIntegerField(null=True)  # exclusive
    gender_fr = models.CharField(max_length=120, blank=True)  # as the service says it
    gender_en = models.CharField(max_length=120, blank=True)
    conditions_fr = models.CharField(max_length=300, blank=True)
    conditions_en = models.CharField(max_length=300, blank=True)
    how_fr = models.CharField(max_length=300, blank=True)
    how_en = models.CharField(max_length=300, blank=True)
    cost_note_fr = models.CharField(max_length=200, blank=True)
    cost_note_en = models.CharField(max_length=200, blank=True)
    also_fr = models.CharField(max_length=300, blank=True)  # other words it is looked for by
    also_en = models.CharField(max_length=300, blank=True)
    verification = models.CharField(max_length=12, choices=Verification)
    verified_on = models.DateField(null=True)
    is_offered = models.BooleanField(default=True)

    its_places: list[Place]  # as `queries` read them: a page asks nothing more

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_until__gt=models.F("age_from"))
                | models.Q(age_from__isnull=True)
                | models.Q(age_until__isnull=True),
                name="directory_resource_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        return read(self.name_fr, self.name_en)

    @property
    def about(self) -> str:
        return read(self.about_fr, self.about_en)

    @property
    def gender(self) -> str:
        return read(self.gender_fr, self.gender_en)

    @property
    def conditions(self) -> str:
        return read(self.conditions_fr, self.conditions_en)

    @property
    def how(self) -> str:
        return read(self.how_fr, self.how_en)

    @property
    def cost_note(self) -> str:
        return read(self.cost_note_fr, self.cost_note_en)

    def is_to_verify(self, on: date) -> bool:
        """Never verified, or not for ninety days."""
        if self.verification == self.Verification.TO_VERIFY or self.verified_on is None:
            return True
        return self.verified_on + VERIFY_AFTER < on

    def welcomes_age(self, age: int) -> bool:
        """Whether somebody of this age is among those it says it receives."""
        if age < 18 and "minors" in self.not_for:
            return False
        return (self.age_from is None or self.age_from <= age) and (
            self.age_until is None or age < self.age_until
        )


class Place(models.Model):
    """Where one resource is found: a door, a voice, a team that comes; and when.

    An address that a shelter does not publish is not written: it is given by phone.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", _("On site")
        CONFIDENTIAL = "confidential", _("Address given by phone")
        REMOTE = "remote", _("By phone or online")
        MOBILE = "mobile", _("The team comes to you")

    access = LOADED

    id = models.UUIDField(primary_key=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=12, choices=Kind)
    name_fr = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    getting_there_fr = models.CharField(max_length=200, blank=True)
    getting_there_en = models.CharField(max_length=200, blank=True)
    is_always_open = models.BooleanField(default=False)
    hours_note_fr = models.CharField(max_length=200, blank=True)
    hours_note_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    its_hours: list[Opening]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return read(self.name_fr, self.name_en)

    @property
    def getting_there(self) -> str:
        return read(self.getting_there_fr, self.getting_there_en)

    @property
    def hours_note(self) -> str:
        return read(self.hours_note_fr, self.hours_note_en)

    @property
    def where(self) -> str:
        """The address, or how it is found without one."""
        said = ", ".join(part for part in (self.address, self.city) if part)
        if self.kind == self.Kind.VISIT:
            return said
        kind = str(self.Kind(self.kind).label)
        return f"{kind} ({said})" if said else kind


class Opening(models.Model):
    """One span of one day of the week; a night says that it ends the next day."""

    access = LOADED

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday
    opens = models.TimeField()
    closes = models.TimeField()
    ends_next_day = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens"), ends_next_day=False)
                | models.Q(closes__lte=models.F("opens"), ends_next_day=True),
                name="directory_opening_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=1, weekday__lte=7),
                name="directory_opening_day_of_the_week",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}"


class Remark(models.Model):
    """«This is no longer right»: said by whoever found it out, until the files are mended.

    A code and a day, no free text: a line written in haste would name somebody.
    """

    class What(models.TextChoices):
        PHONE = "PHONE", _("The number no longer answers")
        HOURS = "HOURS", _("The hours have changed")
        MOVED = "MOVED", _("It has moved")
        CLOSED = "CLOSED", _("It is closed, or full for a long time")
        WELCOME = "WELCOME", _("Somebody it says it welcomes was turned away")
        COST = "COST", _("The cost is not what is written")
        OTHER = "OTHER", _("Something else")

    access = OfRegion(
        append=False,
        changes=("settled_by", "settled_at"),
        also={"insert": TELLING, "update": (Role.COORDINATOR,)},
        also_if={"insert": "told_by = (select access.actor()) and settled_at is null"},
        also_becomes="settled_by = (select access.actor())",
    )

    id = models.UUIDField(primary_key=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="remarks")
    what = models.CharField(max_length=8, choices=What)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True, settled_at__isnull=True)
                | models.Q(settled_by__isnull=False, settled_at__isnull=False),
                name="directory_remark_settled_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["resource"],
                condition=models.Q(settled_at__isnull=True),
                name="directory_remark_open",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def said(self) -> str:
        return str(self.What(self.what).label)
