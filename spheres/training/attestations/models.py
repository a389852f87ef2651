"""What is kept of who was trained? One attestation for a person, a topic and a day.

It speaks of those who work with young people, and of nobody whom the programme accompanies. Rows
are only added: an attestation that was a mistake is taken back by another row, which says why. What
a list of past trainings brought goes again while nothing stands on it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import ATTESTING, Role
from spheres.core.actor import NOBODY
from spheres.core.words import OfRegion, Roles
from spheres.training.attestations.numbers import LENGTH

LOADER: Final = "service:loader"
EVERYBODY: Final = tuple(sorted(Role.values))
# Whoever closes the list of a training, and whoever coordinates all of them.
ATTEST: Final = (Role.COORDINATOR, Role.TRAINER)
OUTSIDE: Final = NOBODY  # who was trained and has no account here
ME: Final = "(select access.actor())"
# Oneself, those one follows, and for the coordination everybody: `sharing/clearing.py` says who.
READ: Final = "user_id = any((select access.attested())::uuid[])"
NOT_ONESELF: Final = f"user_id <> {ME}"
# What a list brought is undone while nobody holds its paper and nobody has taken it back.
NOTHING_STANDS: Final = (
    "id <> all(array(select g.attestation_id from attestations_given g)) "
    "and id <> all(array(select t.attestation_id from attestations_takenback t))"
)
STANDING: Final = (
    "(attestation_id, user_id) in (select a.id, a.user_id from attestations_attestation a)"
)


class Attestation(models.Model):
    """Somebody was trained in a topic, on a day; never said by herself.

    `user_id` is an account of the programme, or OUTSIDE: then the name, the organisation, the
    environment and the region are as that person said them. `ends_on` is the last day on which it
    holds, by what the topic asked when it was said; empty when it does not lapse.
    """

    class Source(models.TextChoices):
        SESSION = "SESSION", _("From the list of a training")
        SHOWN = "SHOWN", _("A paper was shown")
        BROUGHT = "BROUGHT", _("From a list of past trainings")

    access = Roles(
        dated="said_at",
        also={
            "select": (*EVERYBODY, ATTESTING),
            "insert": (*ATTEST, ATTESTING),
            "delete": (Role.COORDINATOR,),
        },
        also_if={
            "select": READ,
            "delete": f"source = 'BROUGHT' and {NOT_ONESELF} and {READ} and {NOTHING_STANDS}",
            "insert": f"said_by = {ME} and {NOT_ONESELF} and taken_on <= (select access.today())",
        },
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    environment = models.CharField(max_length=32, blank=True)
    region = models.CharField(max_length=32, blank=True, default="")
    language = models.CharField(max_length=2)
    topic = models.SlugField()
    taken_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=8, choices=Source)
    number = models.CharField(max_length=LENGTH, unique=True)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(user_id=OUTSIDE) & ~Q(name=""))
                | (~Q(user_id=OUTSIDE) & Q(name="", organisation="", environment="", region="")),
                name="attestations_named_only_outside",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("taken_on")),
                name="attestations_hold_for_a_while",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "topic", "-taken_on"], name="attestations_newest")
        ]

    def __str__(self) -> str:
        return str(self.id)

    def stands(self, on: date) -> bool:
        return self.ends_on is None or on <= self.ends_on


class TakenBack(models.Model):
    """An attestation holds no more, for a reason of this list. It stays written, with its number,
    which is valid no more."""

    class Reason(models.TextChoices):
        SOMEBODY_ELSE = "SOMEBODY_ELSE", _("It was somebody else")
        NOT_TO_THE_END = "NOT_TO_THE_END", _("The training was not followed to its end")
        WRONG_DAY = "WRONG_DAY", _("The topic or the day was wrong")
        TWICE = "TWICE", _("It was written twice")

    access = Roles(
        dated="taken_at",
        also={"select": (*EVERYBODY, ATTESTING), "insert": (Role.COORDINATOR,)},
        also_if={
            "select": READ,
            "insert": f"taken_by = {ME} and {NOT_ONESELF} and {STANDING}",
        },
    )

    id = models.UUIDField(primary_key=True)
    attestation_id = models.UUIDField(unique=True)
    user_id = models.UUIDField()
    reason = models.CharField(max_length=16, choices=Reason)
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Given(models.Model):
    """The paper of an attestation was given, for the first time, to whoever was trained or for
    them: from then on somebody may hold it."""

    access = Roles(
        dated="given_at",
        also=dict.fromkeys(("select", "insert"), EVERYBODY),
        also_if={
            "select": READ,
            "insert": f"given_by = {ME} and {STANDING}",
        },
    )

    id = models.UUIDField(primary_key=True)
    attestation_id = models.UUIDField(unique=True)
    user_id = models.UUIDField()
    given_by = models.UUIDField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Invited(models.Model):
    """Somebody was invited to renew a topic: so that nobody is invited twice for one lapse."""

    access = Roles(
        dated="invited_at",
        also={"select": EVERYBODY, "insert": (Role.COORDINATOR,)},
        also_if={"select": READ, "insert": f"invited_by = {ME} and {READ}"},
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    topic = models.SlugField()
    invited_by = models.UUIDField()
    invited_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="attestations_invited_who")]

    def __str__(self) -> str:
        return str(self.id)


class AskedTopics(models.Model):
    """What an organisation asks to have learned before files are given there, and each year.

    The region’s files say it: for one organisation, or for all those they do not name. Of whom they
    speak no more, both lists are empty.
    """

    access = OfRegion(append=False, also=dict.fromkeys(("select", "insert", "update"), (LOADER,)))

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField(null=True)
    begin = ArrayField(models.SlugField())
    renew = ArrayField(models.SlugField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id"],
                name="attestations_asked_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id or "all")
