"""What does an organisation ask before files are given to somebody, and what stands of it?

Each row is written once: what is said anew is another row, and the newest stands. All is kept at
the body (an institution, with its institute and its units), never at one of its parts: who signed
there has signed for the whole.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models.people import Role
from spheres.core.words import Roles

# Who reads where each person of the organisation stands; who says that a training took place.
FOLLOW: Final = (
    Role.TEAM_LEAD, Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.ORGANISATION_MANAGER,
)  # fmt: skip
SAY_TRAINING: Final = (Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.ORGANISATION_MANAGER)
# What was attested in the programme is said by the software itself, of everybody at work.
ATTESTING: Final = "service:attestations"
LONGEST_EXTENSION: Final = timedelta(days=60)

EVERYBODY: Final = tuple(sorted(Role.values))
BODY: Final = "organisation_id = (select access.body())"
NOW: Final = "(select access.moment())"
ME: Final = "(select access.actor())"
# Whoever acts for the body itself says what it asks; whoever acts for a part of it does not.
OF_THE_WHOLE: Final = f"{BODY} and organisation_id = (select access.organisation())"
# Oneself, and whoever one follows: `sharing/clearing.py` says who.
FOLLOWED: Final = f"{BODY} and user_id = any((select access.followed())::uuid[])"


ITS_TEXTS: Final = (
    "(select t.id from accounts_undertakingtext t where t.organisation_id = (select access.body()))"
)


class ClearanceRule(models.Model):
    """What an organisation asks from a day on. Under the health regime all is asked, whatever a
    rule says: the law does (R-22.1, s. 38-39; r. 1, s. 8; r. 2)."""

    access = Roles(
        also={"select": EVERYBODY, "insert": (Role.PRIVACY_OFFICER,)},
        also_if={
            "select": BODY,
            "insert": f"{OF_THE_WHOLE} and said_by = {ME} and said_at = {NOW} "
            f"and starts_at >= {NOW}",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    asks_undertaking = models.BooleanField()
    asks_training = models.BooleanField()
    starts_at = models.DateTimeField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "starts_at"], name="accounts_clearancerule_one_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class UndertakingText(models.Model):
    """The undertaking of discretion of an organisation, in both languages, as it adopted it.

    It may be signed once adopted, and is asked of everybody from its first day on: until then,
    whoever signed the one before stays cleared.
    """

    access = Roles(
        also={"select": EVERYBODY, "insert": (Role.PRIVACY_OFFICER,)},
        also_if={
            "select": BODY,
            "insert": f"{OF_THE_WHOLE} and adopted_by = {ME} and adopted_at = {NOW} "
            f"and starts_at >= {NOW}",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    words_fr = models.TextField()
    words_en = models.TextField()
    starts_at = models.DateTimeField()
    adopted_by = models.UUIDField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "starts_at"],
                name="accounts_undertakingtext_one_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def words(self) -> str:
        return self.words_en if get_language() == "en" else self.words_fr


class Undertaking(models.Model):
    """A person signed this very text herself, in the language in which she read it."""

    access = Roles(
        also={"select": EVERYBODY, "insert": EVERYBODY},
        also_if={
            "select": FOLLOWED,
            "insert": f"{BODY} and user_id = {ME} and signed_at = {NOW} and text_id in {ITS_TEXTS}",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    text_id = models.UUIDField()
    language = models.CharField(max_length=2)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "text_id"], name="accounts_undertaking_signed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TrainingDay(models.Model):
    """On which day somebody was trained here, and from where it is known; never by herself.

    At hiring, then each year: what was said last stands, so that a mistake is mended by saying it
    again. Of what the programme attests, a service says it (ADR attestations).
    """

    class Source(models.TextChoices):
        HERE = "HERE", _("Given by the organisation")
        SHOWN = "SHOWN", _("An attestation was shown")
        PROGRAMME = "PROGRAMME", _("Given by the programme")
        NONE = "NONE", _("Said by mistake: no training stands")

    access = Roles(
        also={"select": (*EVERYBODY, ATTESTING), "insert": (*SAY_TRAINING, ATTESTING)},
        also_if={
            "select": FOLLOWED,
            "insert": f"{FOLLOWED} and said_by = {ME} and said_at = {NOW} and user_id <> {ME} "
            "and coalesce(trained_on <= (select access.today()), true)",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    trained_on = models.DateField(null=True)
    source = models.CharField(max_length=12, choices=Source)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source="NONE", trained_on__isnull=True)
                | (~Q(source="NONE") & Q(trained_on__isnull=False)),
                name="accounts_trainingday_or_none_stands",
            ),
        ]
        indexes = [models.Index(fields=["user_id", "-said_at"], name="accounts_trainingday_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Extension(models.Model):
    """What lapses counts until a later day, said by the privacy officer for a reason of this list;
    never for oneself, never of what never stood, and at most 60 days after it lapsed."""

    class Reason(models.TextChoices):
        BOOKED = "BOOKED", _("A training is booked")
        AWAY = "AWAY", _("The person was away")
        WAITS = "WAITS", _("The training or the text was late on our side")
        STAND_IN = "STAND_IN", _("Time to name a stand-in with care")

    access = Roles(
        also={"select": EVERYBODY, "insert": (Role.PRIVACY_OFFICER,)},
        also_if={
            "select": FOLLOWED,
            "insert": f"{FOLLOWED} and said_by = {ME} and said_at = {NOW} and user_id <> {ME} "
            "and access.may_extend(user_id, ends_at)",
        },
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    reason = models.CharField(max_length=12, choices=Reason)
    ends_at = models.DateTimeField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(user_id=F("said_by")), name="accounts_extension_never_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("said_at")), name="accounts_extension_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="accounts_extension_user")]

    def __str__(self) -> str:
        return str(self.id)
