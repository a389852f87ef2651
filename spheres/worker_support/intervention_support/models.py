"""What is kept of a request for advice? No name and no way of reaching the young person.

A professional asks about somebody who need not know of it; the desk answers, once or several times;
the professional comes back with the code of the receipt, of which a keyed digest alone is kept.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import User
from spheres.core.actor import ASKER
from spheres.core.states import StatusRow
from spheres.core.words import Handlers, If, Roles
from spheres.vault.models import Kind, Lockable, LockedText

LEFT_NOW: Final = "id = any((select access.left_now())::uuid[])"
HANDS: Final = ("DESK", "ANSWERS")


class Way(models.TextChoices):
    """How the professional wishes to be answered, and how an answer was given."""

    PHONE = "PHONE", _("By telephone")
    MAIL = "MAIL", _("By e-mail, without content")
    CODE = "CODE", _("Here, with the code of the receipt")


class AdviceRequest(Lockable):
    """A professional's question about someone who does not know of it, or whom nobody need name.

    It never becomes a referral: the professional writes one herself, when the person agrees
    (SC-16). Kept as the region's rule `advice` says, not as long as a referral.
    """

    class AgeBand(models.TextChoices):
        UNDER_14 = "12-13", _("12 or 13")
        FROM_14 = "14-17", _("14 to 17")
        FROM_18 = "18-24", _("18 to 24")
        UNKNOWN = "unknown", _("Not known")

    # A message to the desk, under a key of its own: its owner is the request itself, so neither
    # the end of a referral nor that of a file touches it.
    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    access = Handlers(
        column="id",
        kinds=HANDS,
        append=False,
        also={"insert": ("visitor",)},
        also_if={"insert": LEFT_NOW},
        asker={"select": "true"},
    )

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=12)
    age_band = models.CharField(max_length=8, choices=AgeBand)
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    # What the law asks of whoever writes, as they said it; how they wish to be answered.
    category = models.CharField(max_length=16, choices=User.ReportDuty, blank=True, default="")
    way = models.CharField(max_length=8, choices=Way, default=Way.PHONE)
    is_team = models.BooleanField(default=False)
    # Something was pointed out before sending, and they said that it names nobody.
    says_nobody = models.BooleanField(default=False)
    worries = LockedText()
    tried = LockedText()
    role = LockedText()
    reach = LockedText()

    def __str__(self) -> str:
        return self.number

    @property
    def key_owner(self) -> UUID:
        """The request is a matter of its own: it hangs on no file."""
        return self.id


class AdviceStanding(StatusRow):
    """Where a request stands, who answers it and until when: the only part of it that changes."""

    class Status(models.TextChoices):
        WAITING = "WAITING", _("Waits for an answer")
        ANSWERED = "ANSWERED", _("Has an answer")
        CLOSED = "CLOSED", _("Closed")

    # A word of the professional's always waits again, even after it was closed.
    MOVES = {
        Status.WAITING: {Status.ANSWERED, Status.CLOSED},
        Status.ANSWERED: {Status.WAITING, Status.CLOSED},
        Status.CLOSED: {Status.WAITING, Status.ANSWERED},
    }

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    KEEP: ClassVar[str] = "advice"  # code of the region's retention rule
    KEPT_FROM: ClassVar[str] = "last_at"
    access = Handlers(
        column="id",
        kinds=HANDS,
        append=False,
        amend=True,
        also={"insert": ("visitor",)},
        also_if={"insert": LEFT_NOW},
        asker={"select": "true", "update": "true"},
    )

    id = models.UUIDField(primary_key=True)
    due_on = models.DateField()  # the day to answer by, from the last word of the professional's
    last_at = models.DateTimeField()  # of the last word, theirs or ours: the delay counts from it
    is_ongoing = models.BooleanField(default=False)
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    has_said = models.BooleanField(default=False)  # the two questions were answered, once
    code = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="advice_taken_by_somebody_at_some_moment",
            )
        ]
        indexes = [models.Index(fields=["code"], name="advice_standing_code")]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)


class AdviceWord(Lockable):
    """One word of the professional's, or one answer of ours: written once.

    An answer by telephone is a line without content: that somebody called, and what was sent along.
    """

    class Side(models.TextChoices):
        THEIRS = "THEIRS", _("The professional’s")
        OURS = "OURS", _("Ours")

    class Speed(models.TextChoices):
        """How long a question waited for its answer; of the first answer to it alone."""

        SAME_DAY = "SAME_DAY", _("The same day")
        IN_TIME = "IN_TIME", _("Within the region’s days")
        LATER = "LATER", _("Later")

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "request_id")
    access = Handlers(
        column="request_id",
        kinds=HANDS,
        only={"insert": (If(HANDS, "side = 'OURS' and written_by = (select access.actor())"),)},
        asker={"select": "true", "insert": "side = 'THEIRS'"},
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)
    request_id = models.UUIDField()
    side = models.CharField(max_length=8, choices=Side)
    way = models.CharField(max_length=8, choices=Way)
    speed = models.CharField(max_length=8, choices=Speed, blank=True)
    outcomes = ArrayField(models.SlugField(), default=list)  # codes of the region's vocabulary
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    words = LockedText()
    works = LockedText()  # those of the library that went along, as they were cited that day

    class Meta:
        indexes = [models.Index(fields=["request_id", "written_at"], name="advice_word_thread")]

    def __str__(self) -> str:
        return self.side

    @property
    def key_owner(self) -> UUID:
        """A word goes with the request."""
        return self.request_id


class AdviceFeedback(models.Model):
    """Two short answers about the advice: of nobody, of no request, and of a month alone.

    Nobody reads one. They are counted, and published from the region's minimum number.
    """

    class Answer(models.TextChoices):
        YES = "YES", _("Yes")
        PARTLY = "PARTLY", _("Partly")
        NO = "NO", _("No")

    access = Roles(
        append=False,
        also={"insert": (ASKER,)},
        also_if={
            "insert": "organisation_id = (select access.desk()) "
            "and starts_on = date_trunc('month', starts_on)::date"
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    starts_on = models.DateField()  # the first day of the month: nothing finer is kept
    clearer = models.CharField(max_length=8, choices=Answer)
    equipped = models.CharField(max_length=8, choices=Answer)

    def __str__(self) -> str:
        return str(self.id)
