"""What is kept of a referral, of its offers, and of the admission conversation?

A referral mints the identifier and the key of the file it may become: admission keeps both,
expiry destroys the key. Its parts are tables apart, because each has its own readers.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection, Handlers, If
from spheres.participants.models import Kept
from spheres.vault.models import Kind, Lockable, LockedText

EXPIRY = "service:expiry"


class AgeBand(models.TextChoices):
    """Asked instead of a date of birth, which the worker asks later, with her."""

    UNDER_14 = "12-13", _("12 or 13")
    FROM_14 = "14-17", _("14 to 17")
    FROM_18 = "18-24", _("18 to 24")


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    OTHER = "other", _("Another language")


class Referral(Lockable):
    """What an offer shows: language, age band, her wish and hours; never who she is."""

    class Source(models.TextChoices):
        PROFESSIONAL = "professional", _("A professional")
        HERSELF = "self", _("The person themselves")
        RELATIVE = "relative", _("A parent or someone else close to them")

    class Channel(models.TextChoices):
        WEB = "web", _("Public form")
        PHONE = "phone", _("Phone")
        WALK_IN = "walk_in", _("Walk-in")
        MAIL = "mail", _("Mail")

    class Agreement(models.TextChoices):
        YES = "yes", _("Knows and agrees")
        UNDECIDED = "undecided", _("Knows, undecided")

    KIND: ClassVar[Kind] = Kind.REFERRAL
    access = Handlers(
        column="file_id",
        kinds=("DESK", "OFFERED", "ENTRUSTED"),
        only={"insert": (If(("DESK",), "received_by = (select access.actor())"),)},
        also={"insert": ("visitor",)},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=12)
    source = models.CharField(max_length=16, choices=Source)
    channel = models.CharField(max_length=8, choices=Channel)
    agreement = models.CharField(max_length=12, choices=Agreement)
    age_band = models.CharField(max_length=8, choices=AgeBand)
    language = models.CharField(max_length=8, choices=Language)
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    wish = LockedText()
    hours = LockedText()
    urgent = LockedText()

    def __str__(self) -> str:
        return self.number

    @property
    def language_words(self) -> str:
        """Inside a sentence: French writes a language's name small, English does not."""
        label = str(Language(self.language).label)
        is_a_name = self.language != Language.OTHER and get_language() == "en"
        return label if is_a_name else label[:1].lower() + label[1:]


class ReferredPerson(Lockable):
    """How she wants to be called and reached. Opens to whoever accepts the offer."""

    KIND: ClassVar[Kind] = Kind.REFERRAL
    access = Handlers(
        column="file_id",
        kinds=("DESK", "ENTRUSTED"),
        writers=("DESK",),
        also={"insert": ("visitor",)},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    chosen_name = LockedText()
    pronouns = LockedText()
    interpreter = LockedText()
    channel = models.CharField(max_length=24)
    words = LockedText()
    never = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Referrer(Lockable):
    """Who wrote to us, to acknowledge and to ask; hidden from every other partner."""

    KIND: ClassVar[Kind] = Kind.REFERRAL
    access = Handlers(
        column="file_id",
        kinds=("DESK", "ENTRUSTED"),
        writers=("DESK",),
        also={"insert": ("visitor",)},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    name = LockedText()
    role = LockedText()
    organisation = LockedText()
    contact = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class ReferralStatus(StatusRow):
    """Where a referral stands; the only part of it that changes.

    It outlives the referral, to be counted; its number goes.
    """

    class Status(models.TextChoices):
        RECEIVED = "RECEIVED", _("Received")
        OFFERED = "OFFERED", _("Offered")
        ACCEPTED = "ACCEPTED", _("Accepted")
        IN_CONTACT = "IN_CONTACT", _("In contact")
        ADMITTED = "ADMITTED", _("Admitted")
        NOT_NOW = "NOT_NOW", _("Not now, door open")
        ORIENTED = "ORIENTED", _("Oriented elsewhere")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")
        EXPIRED = "EXPIRED", _("Expired")

    # She may say no, or later, at any moment; «not now» and «withdrawn» lead back to a contact.
    MOVES = {
        Status.RECEIVED: {Status.OFFERED, Status.ORIENTED, Status.WITHDRAWN, Status.EXPIRED},
        Status.OFFERED: {
            Status.RECEIVED,
            Status.ACCEPTED,
            Status.ORIENTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        },
        Status.ACCEPTED: {
            Status.IN_CONTACT,
            Status.NOT_NOW,
            Status.ORIENTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        },
        Status.IN_CONTACT: {Status.ADMITTED, Status.NOT_NOW, Status.ORIENTED, Status.WITHDRAWN},
        Status.NOT_NOW: {Status.IN_CONTACT, Status.EXPIRED},
        Status.WITHDRAWN: {Status.IN_CONTACT, Status.EXPIRED},
        Status.ADMITTED: set(),
        Status.ORIENTED: {Status.EXPIRED},
        Status.EXPIRED: set(),
    }

    access = Handlers(
        column="file_id",
        kinds=("DESK", "WATCH", "OFFERED", "ENTRUSTED"),
        writers=("DESK", "OFFERED", "ENTRUSTED"),
        amend=True,
        also={"insert": ("visitor",), "select": (EXPIRY,), "update": (EXPIRY,)},
    )

    referral_id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    reason = models.CharField(max_length=32, blank=True)
    # Keyed digest of the number with the code of its receipt: whoever holds both may ask how it
    # stands. Empty for those received before there was a code, and once all is forgotten.
    code = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["code"], name="admission_status_code")]

    def __str__(self) -> str:
        return self.status


class Offer(StatusRow):
    """A referral proposed to one worker, who accepts, or declines for a reason that blames none."""

    class Status(models.TextChoices):
        OPEN = "OPEN", _("Waiting for an answer")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")
        TAKEN_BACK = "TAKEN_BACK", _("Taken back")

    MOVES = {
        Status.OPEN: {Status.ACCEPTED, Status.DECLINED, Status.TAKEN_BACK},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
        Status.TAKEN_BACK: set(),
    }

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "file_id")
    access = Handlers(
        column="file_id",
        kinds=("DESK",),
        own="user_id",
        own_kinds=("OFFERED",),
        yields=True,
        amend=True,
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    user_id = models.UUIDField()
    offered_at = models.DateTimeField()
    offered_by = models.UUIDField()
    reason = models.CharField(max_length=32, blank=True)
    # One question of hers to the desk, and its answer: coded, so that neither can tell who she is.
    question = models.CharField(max_length=32, blank=True, default="")
    answer = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="admission_offer_matter")]

    def __str__(self) -> str:
        return self.status


class Admission(Kept):
    """The conversation in which she says, in her words, that this is for her.

    Her own recognition and what it costs her; no proof, and no wish to change, is ever asked
    (S-075 to S-079). Her voluntary agreement is written with it (S-080).
    """

    class Recognition(models.TextChoices):
        NOW = "now", _("It is happening now")
        BEFORE = "before", _("It happened before")
        BOTH = "both", _("Now and before")
        UNSAID = "prefers_not_to_say", _("Prefers not to say when")

    class AgreedBy(models.TextChoices):
        HERSELF = "herself", _("The person themselves")
        TUTOR = "tutor", _("A parent or tutor")
        EXCEPTION = "exception", _("Documented exception")

    class Form(models.TextChoices):
        ORAL = "oral", _("Said aloud")
        WRITTEN = "written", _("Written")
        ON_SCREEN = "on_screen", _("On this screen, together")

    class Ground(models.TextChoices):
        """Grounds on which a person under 14 is admitted without a parent (law.md §3.6)."""

        DANGER_FROM_PARENT = "danger_from_parent", _("A parent is a danger to them")
        YOUTH_PROTECTION = "youth_protection", _("Youth protection is involved")
        CLEAR_BENEFIT = "clear_benefit", _("Clearly for their benefit")
        ANONYMOUS_DROP_IN = "anonymous_drop_in", _("Anonymous drop-in")

    class Card(models.TextChoices):
        """Whether she was told what R-22.1, s. 14 asks, as this follow-up begins."""

        READ = "READ", _("Read aloud, together")
        PAPER = "PAPER", _("Given on paper: they read it themselves")
        LATER = "LATER", _("Not today: they prefer another moment")

    access = FileSection("summary", by="written_by")

    # Empty: admitted before this was asked.
    card = models.CharField(max_length=8, choices=Card, default="", db_default="")
    recognition = models.CharField(max_length=20, choices=Recognition)
    her_words = LockedText()
    harms = LockedText()
    agreed_by = models.CharField(max_length=12, choices=AgreedBy)
    agreement_form = models.CharField(max_length=12, choices=Form)
    exception = models.CharField(max_length=24, choices=Ground, blank=True)
    exception_words = LockedText()
    occurred_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class AgreedAnew(Kept):
    """At 14 she alone agrees (law.md §3.6): what a parent, a tutor or an exception had allowed, she
    says herself, under the identifier of that admission. Her no is no row: it ends the follow-up
    when she wishes, as any other day."""

    access = FileSection("summary", by="written_by", dated="written_at")

    form = models.CharField(max_length=12, choices=Admission.Form)

    def __str__(self) -> str:
        return str(self.id)
