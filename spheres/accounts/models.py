"""Who works here, for which organisation, in which roles, until when?"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.words import OfOrganisation, OfRegion, Own
from spheres.vault.models import Kind as Retention
from spheres.vault.models import Lockable, LockedText

DOORKEEPER = "service:doorkeeper"  # signs people in and builds their actor
LOADER = "service:loader"  # loads a region's files


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

    access = OfRegion(
        append=False,
        also={
            "select": (DOORKEEPER, LOADER, "visitor"),
            "insert": (LOADER,),
            "update": (LOADER,),
        },
    )

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_partner = models.BooleanField(default=False)
    regime = models.CharField(max_length=8, choices=Regime)
    privacy_officer_fr = models.CharField(max_length=120)
    privacy_officer_en = models.CharField(max_length=120)
    incident_notice = ArrayField(models.CharField(max_length=20))
    answer_days = models.PositiveSmallIntegerField(default=30)
    keep_years = models.PositiveSmallIntegerField(default=5)
    about_fr = models.TextField(blank=True)
    about_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr


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
            "select": (DOORKEEPER, LOADER),
            "insert": (DOORKEEPER, LOADER),
            "update": (DOORKEEPER, LOADER),
        },
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
            "select": (DOORKEEPER, LOADER),
            "insert": (DOORKEEPER, LOADER),
            "update": (DOORKEEPER, LOADER),
        },
    )

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=Role)
    job_title_fr = models.CharField(max_length=120)
    job_title_en = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

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


class Session(models.Model):
    """One signed-in device. Holds a hash of its key: a dump gives no live session."""

    access = Own(
        append=False,
        also=dict.fromkeys(("select", "insert", "update", "delete"), (DOORKEEPER,)),
    )

    class Ended(models.TextChoices):
        """Why a session ended before its time, for whoever comes back to it."""

        LEFT = "LEFT", _("You signed out.")
        REPLACED = "REPLACED", _("You signed in on another device, and the oldest one was ended.")
        REVOKED = "REVOKED", _("You ended this session from another device.")
        CLOSED = "CLOSED", _("Your access was ended by your organisation.")

    key_hash = models.CharField(max_length=64, primary_key=True)
    # Stays when the key is changed: what a page and the journal may call this session.
    id = models.UUIDField(default=uuid.uuid4)
    user_id = models.UUIDField(null=True)
    # The organisation she last chose to act for; her oldest membership's otherwise.
    organisation_id = models.UUIDField(null=True)
    data = models.TextField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    locked = models.BooleanField(default=False)
    shared_device = models.BooleanField(default=False)
    device = models.CharField(max_length=80, blank=True)
    ended_why = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_session_user")]

    def __str__(self) -> str:
        return self.device


EVERY_VERB = ("select", "insert", "update", "delete")


class Authenticator(Lockable):
    """One way a person proves who she is: a passkey, an application’s codes, recovery codes.

    What it holds is locked by the vault. Two rows belong to nobody: an unknown address is checked
    against them, so that it costs exactly what a known one does.
    """

    class Kind(models.TextChoices):
        PASSKEY = "PASSKEY", _("Passkey")
        TOTP = "TOTP", _("Codes from an application")
        CODES = "CODES", _("Recovery codes")

    KIND = Retention.ACCOUNT
    access = Own(append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    secret = LockedText()
    # From which kind of browser it was added; never a text of the person's own.
    device = models.CharField(max_length=80, blank=True)
    # How often a passkey says it was used; going backwards means it was copied.
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "kind"],
                condition=~models.Q(kind="PASSKEY"),
                name="accounts_authenticator_one_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="accounts_authenticator_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def key_owner(self) -> uuid.UUID:
        return self.user_id


class Password(models.Model):
    """What is kept of a password (its Argon2id hash), while the bridge is in use.

    The doorkeeper alone reads it. The word asks the row's own identifier, drawn at random and
    nobody's, so that no signed-in person, not even its owner, opens a row of this table.
    """

    access = Own(column="id", append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(unique=True)
    hash = models.CharField(max_length=128)

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """A link handed over to a person: who vouched for her, seen on which day.

    Without a role, it lets her enrol. With one, it is opened on an account that has its devices,
    and the role starts when she says yes. Kept after use: it answers « who let this person in? ».
    """

    access = OfOrganisation(
        append=False, also=dict.fromkeys(("select", "insert", "update"), (DOORKEEPER,))
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    vouched_by = models.UUIDField()
    seen_on = models.DateField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # She has lost her devices: a recovery code is asked with the link.
    again = models.BooleanField(default=False)
    role = models.CharField(max_length=32, choices=Role, blank=True, default="", db_default="")
    job_title_fr = models.CharField(max_length=120, blank=True, default="", db_default="")
    job_title_en = models.CharField(max_length=120, blank=True, default="", db_default="")
    role_ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_invitation_user")]

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """How often something was tried, by the keyed digest of what is limited: no name, no place."""

    access = Own(column="limited_id", append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    limited_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    before_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Spent(models.Model):
    """Something that serves once: a challenge answered, a code typed. Its keyed digest only."""

    access = Own(
        column="spent_id",
        append=False,
        also=dict.fromkeys(("select", "insert", "delete"), (DOORKEEPER,)),
    )

    spent_id = models.UUIDField(primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.spent_id)
