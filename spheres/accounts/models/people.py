"""Who works here, for which organisation, in which roles, until when?"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import PARTICIPANT
from spheres.core.words import OfOrganisation, OfRegion

DOORKEEPER = "service:doorkeeper"  # signs people in and builds their actor
LOADER = "service:loader"  # loads a region's files
# From her notebook she reads who may see her file, and who opened it or told of her: nobody else.
NAMED_TO_HER = (
    "case when (select access.holds('{{participant}}')) "
    "then {column} = any((select access.named_to_her())::uuid[]) else true end"
)


class Role(models.TextChoices):
    """What a person is here for. `docs/reference/roles.md` maps each to the page of rights."""

    COORDINATOR = "coordinator", _("Programme coordination")
    YOUTH_WORKER = "youth_worker", _("Youth worker")
    TEAM_LEAD = "team_lead", _("Team lead")
    PSYCHOTHERAPIST = "psychotherapist", _("Psychotherapist")
    PROFESSIONAL_SUPPORT = "professional_support", _("Professional support")
    POLICE_MEMBER = "police_member", _("Police member of the clinical committee")
    STEERING_MEMBER = "steering_member", _("Steering committee member")
    ORGANISATION_MANAGER = "organisation_manager", _("Organisation manager")
    CLINICAL_DIRECTOR = "clinical_director", _("Clinical director")
    RESEARCH_OFFICER = "research_officer", _("Planning, programming and research officer")
    RESEARCHER = "researcher", _("Researcher")
    TRAINER = "trainer", _("Trainer")
    AWARENESS_CONTRIBUTOR = "awareness_contributor", _("Awareness contributor")
    CONSULTANT = "consultant", _("External consultant")
    RECORDS_OFFICER = "records_officer", _("Records officer")
    PRIVACY_OFFICER = "privacy_officer", _("Person in charge of privacy")
    COUNSEL = "counsel", _("Legal counsel")
    FINANCE = "finance", _("Finance")
    TECHNICAL_ADMINISTRATOR = "technical_administrator", _("Technical administration")


class Organisation(models.Model):
    """A partner, or a part of one: a host institution, its institute, a unit."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("Public institution")
        INSTITUTE = "institute", _("Institute")
        UNIT = "unit", _("Unit")
        POLICE = "police", _("Police service")
        PSYCHOTHERAPY = "psychotherapy", _("Psychotherapy foundation")
        COMMUNITY = "community", _("Community organisation")
        RESEARCH = "research", _("Research group")
        SCHOOL = "school", _("School")
        CLINIC = "clinic", _("Clinic")

    class Regime(models.TextChoices):
        """The law that governs the personal information held here (law.md §3.1)."""

        HEALTH = "R-22.1", _("Act respecting health and social services information")
        PUBLIC = "A-2.1", _("Act respecting access to documents held by public bodies")
        PRIVATE = "P-39.1", _("Act respecting personal information in the private sector")

    class CopyShape(models.TextChoices):
        """How its official file takes a copy of what was signed here."""

        TEXT = "TEXT", _("As text to copy")
        PDF = "PDF", _("As a PDF")
        JSON = "JSON", _("As data (JSON)")

    access = OfRegion(
        append=False,
        also={
            "select": (DOORKEEPER, LOADER, "visitor", PARTICIPANT),
            "insert": (LOADER,),
            "update": (LOADER,),
        },
    )

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    # Of Québec, where its people work: a code of the vocabulary `administrative_regions`.
    region = models.CharField(max_length=32, blank=True, default="", db_default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_partner = models.BooleanField(default=False)
    # When it left the programme: no region's file makes a partner of it again by itself.
    left_at = models.DateTimeField(null=True)
    regime = models.CharField(max_length=8, choices=Regime)
    privacy_officer_fr = models.CharField(max_length=120)
    privacy_officer_en = models.CharField(max_length=120)
    incident_notice = ArrayField(models.CharField(max_length=20))
    answer_days = models.PositiveSmallIntegerField(default=30)
    keep_years = models.PositiveSmallIntegerField(default=5)
    about_fr = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    # What it may share with the others, in its own words: the same for a region and for its card.
    can_share_fr = models.TextField(blank=True, default="", db_default="")
    can_share_en = models.TextField(blank=True, default="", db_default="")
    # Where its official file is kept, when that is not here: the name that those who work there
    # give it, and the shape in which it takes a copy.
    system_of_record = models.CharField(max_length=40, blank=True, default="", db_default="")
    copy_shape = models.CharField(
        max_length=4,
        choices=CopyShape,
        default=CopyShape.TEXT,
        db_default=CopyShape.TEXT,
    )

    # Those who explain, before it is kept, what a restriction or a refusal changes, by their roles;
    # empty: whoever is in charge of privacy, and those who lead a team.
    explains = ArrayField(models.CharField(max_length=32), null=True)

    # How many different files one person opens here in a day; empty: as the region says.
    reads_alert = models.PositiveSmallIntegerField(null=True)
    reads_stop = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr

    @property
    def about(self) -> str:
        return self.about_en if get_language() == "en" else self.about_fr

    @property
    def can_share(self) -> str:
        return self.can_share_en if get_language() == "en" else self.can_share_fr


class User(AbstractBaseUser):
    """A person with an account: staff of a partner organisation."""

    class Employer(models.TextChoices):
        INSTITUTION = "institution", _("Institution")
        COMMUNITY = "community", _("Community organisation")
        POLICE = "police", _("Police service")
        FOUNDATION = "foundation", _("Foundation")
        UNIVERSITY = "university", _("University")

    class ReportDuty(models.TextChoices):
        """Duty to report to youth protection, by category of person (P-34.1, s. 39)."""

        MUST_ALL = "must_all", _("Must report on every ground")
        MUST_SOME = "must_some", _("Must report sexual and physical abuse; may report otherwise")

    access = OfRegion(
        append=False,
        also={
            "select": (DOORKEEPER, LOADER, PARTICIPANT),
            "insert": (DOORKEEPER, LOADER),
            "update": (DOORKEEPER, LOADER),
        },
        also_if={"select": NAMED_TO_HER.format(column="id")},
    )

    id = models.UUIDField(primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    employer = models.CharField(max_length=16, choices=Employer)
    order = models.CharField(max_length=16, blank=True)
    report_duty = models.CharField(max_length=16, choices=ReportDuty)
    languages = ArrayField(models.CharField(max_length=8))
    language = models.CharField(max_length=2, default="fr")
    is_active = models.BooleanField(default=True)

    # Every member may read this table: the hash of a password stands in `Password`.
    password = None  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    objects: ClassVar[BaseUserManager[User]] = BaseUserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one organisation, from a day to a day; ends by itself."""

    access = OfRegion(
        append=False,
        also={
            "select": (DOORKEEPER, LOADER, PARTICIPANT),
            "insert": (DOORKEEPER, LOADER),
            "update": (DOORKEEPER, LOADER),
        },
        also_if={"select": NAMED_TO_HER.format(column="user_id")},
    )

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=Role)
    job_title_fr = models.CharField(max_length=120)
    job_title_en = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    # A manager said so: no region's file opens again what she ended. Absent: nobody did.
    is_ended_by_hand = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="accounts_membership_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["user", "organisation"], name="accounts_membership_who")]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"

    @property
    def job_title(self) -> str:
        return self.job_title_en if get_language() == "en" else self.job_title_fr


class Confirmed(models.Model):
    """A person still works here: said by whoever looks after the accounts, once a month.

    Only ever added to: the newest row of a person is the last time anybody looked.
    """

    access = OfOrganisation(append=False, also={"insert": (DOORKEEPER,)})

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "user_id"], name="accounts_confirmed_who")
        ]

    def __str__(self) -> str:
        return str(self.user_id)
