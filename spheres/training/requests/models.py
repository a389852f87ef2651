"""What is kept of a request for training? Who asks, for whom and when; then what is answered.

It comes from an outside organisation, without account, which comes back under the code of its
receipt to read the answer. It names no young person, and is erased after the region's delay.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Handlers, If
from spheres.training.catalogue.models import Language
from spheres.vault.models import Kind, Lockable, LockedText

LEFT_NOW: Final = "id = any((select access.left_now())::uuid[])"
HANDS: Final = ("DESK",)


class TrainingRequest(Lockable):
    """What an outside organisation asks. A matter of its own, at the coordination's desk."""

    class Place(models.TextChoices):
        THERE = "THERE", _("Where we work")
        HERE = "HERE", _("At the programme’s")
        ONLINE = "ONLINE", _("Online")
        ANY = "ANY", _("Whichever suits you")

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    KEEP: ClassVar[str] = "training_request"  # code of the region's retention rule
    KEPT_FROM: ClassVar[str] = "received_at"
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
    environment = models.CharField(max_length=32)  # a code of the region's vocabulary
    people = models.PositiveSmallIntegerField()
    topics = ArrayField(models.SlugField())
    place = models.CharField(max_length=8, choices=Place)
    language = models.CharField(max_length=2, choices=Language)
    said_in = models.CharField(max_length=2)  # the language in which it was asked
    received_at = models.DateTimeField()
    due_on = models.DateField()
    # Keyed digest of the code of its receipt; empty for those that came before codes existed.
    code = models.BinaryField(default=b"")
    organisation = LockedText()
    group = LockedText()
    needs = LockedText()
    dates = LockedText()
    where = LockedText()
    reach = LockedText()

    class Meta:
        indexes = [models.Index(fields=["code"], name="requests_request_code")]

    def __str__(self) -> str:
        return self.number

    @property
    def key_owner(self) -> UUID:
        """The request hangs on no file."""
        return self.id


class Answer(Lockable):
    """What the coordination answered. It never changes; the newest stands."""

    class Outcome(models.TextChoices):
        PROPOSED = "PROPOSED", _("Yes, with a day")
        OTHERWISE = "OTHERWISE", _("Another way")
        NO = "NO", _("Not this time")
        AGREED = "AGREED", _("The day is agreed")

    DATED: ClassVar = (Outcome.PROPOSED, Outcome.AGREED)  # those that name a day

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "request_id")
    access = Handlers(
        column="request_id",
        kinds=HANDS,
        only={"insert": (If(HANDS, "answered_by = (select access.actor())"),)},
        dated="answered_at",
        asker={"select": "true"},
    )

    id = models.UUIDField(primary_key=True)
    request_id = models.UUIDField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    proposed_on = models.DateField(null=True)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()
    words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=("PROPOSED", "AGREED"), proposed_on__isnull=False)
                | Q(outcome__in=("OTHERWISE", "NO"), proposed_on=None),
                name="requests_answer_names_its_day",
            )
        ]
        indexes = [models.Index(fields=["request_id"], name="requests_answer_of")]

    def __str__(self) -> str:
        return self.outcome

    @property
    def key_owner(self) -> UUID:
        """An answer goes with the request."""
        return self.request_id
