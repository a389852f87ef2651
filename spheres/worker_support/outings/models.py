"""What is kept of a worker who goes out alone? When she is expected back, and who watches."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own
from spheres.vault.models import Kind, Lockable, LockedText

EXPIRY: Final = "service:expiry"
# Those who go out, those who watch, those who lead them.
GOING: Final = (
    Role.YOUTH_WORKER,
    Role.PROFESSIONAL_SUPPORT,
    Role.PSYCHOTHERAPIST,
    Role.TEAM_LEAD,
)
LEADS_AFTER: Final = timedelta(minutes=30)
KEPT: Final = timedelta(days=7)

ME = "(select access.actor())"
NOW = "(select access.moment())"
# The colleagues for whom one is on call now, in the organisation one acts for.
ON_CALL_FOR = f"""array(
  select v.for_user_id from sharing_cover v
  where v.user_id = {ME} and v.kind = 'ON_CALL' and v.elsewhere_id is null
    and v.organisation_id = (select access.organisation())
    and v.starts_at <= {NOW} and v.ends_at > {NOW})"""  # noqa: S608 -- every name is ours
# Once she is awaited for half an hour, whoever leads her organisation's team or is on call for her,
# and nobody else.
LED = (
    f"(ended_at is null or ended_by = {ME}) and asks_leads_at <= {NOW} "
    f"and organisation_id = (select access.organisation()) "
    f"and ((select access.holds('{{{Role.TEAM_LEAD}}}')) or user_id = any({ON_CALL_FOR}))"
)
FORGOTTEN = f"returns_at <= {NOW} - interval '7 days' and (select access.holds('{{{EXPIRY}}}'))"


class Outing(models.Model):
    """A worker out alone: a kind of place, an hour, a colleague. Never whom she meets, nor where.

    Her own row; the colleague she asked reads it and answers on it; whoever leads the team, once
    she is awaited. It is forgotten after seven days: nobody reads how often she goes out.
    """

    class Place(models.TextChoices):
        STREET = "STREET", _("In the street")
        HOME = "HOME", _("At someone’s home")
        PUBLIC = "PUBLIC", _("In a public place")
        VEHICLE = "VEHICLE", _("In a vehicle")
        OTHER = "OTHER", _("Elsewhere")

    access = Own(
        append=False,
        amend=True,
        changes=(
            "buddy_id", "asked_at", "answer", "answered_at", "returns_at", "asks_buddy_at",
            "asks_leads_at", "ended_at", "ended_by",
        ),
        also={
            "select": (*GOING, EXPIRY),
            "insert": GOING,
            "update": GOING,
            "delete": (EXPIRY,),
        },
        also_if={
            "select": f"(buddy_id = {ME} or ({LED}) or ({FORGOTTEN}))",
            "insert": f"user_id = {ME} and organisation_id = (select access.organisation())",
            # The colleague answers; she, or who leads the team, says that the worker was heard of.
            "update": f"(buddy_id = {ME} or ({LED}))",
            "delete": FORGOTTEN,
        },
    )  # fmt: skip

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        WATCHES = "WATCHES", _("Watches")
        CANNOT = "CANNOT", _("Cannot")

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    place = models.CharField(max_length=8, choices=Place)
    begun_at = models.DateTimeField()
    returns_at = models.DateTimeField()
    buddy_id = models.UUIDField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    # From when her colleague, then whoever leads the team, are to look for her: what the database
    # asks before it lets the latter read anything.
    asks_buddy_at = models.DateTimeField()
    asks_leads_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id"],
                condition=models.Q(ended_at__isnull=True),
                name="outings_outing_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(user_id=models.F("buddy_id")),
                name="outings_outing_somebody_else_watches",
            ),
        ]
        indexes = [
            models.Index(fields=["buddy_id"], name="outings_outing_buddy"),
            models.Index(fields=["asks_leads_at"], name="outings_outing_leads"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_watched(self) -> bool:
        return self.answer == self.Answer.WATCHES


class Line(Lockable):
    """One line for the colleague who watches, and for nobody else; gone when she is back."""

    KIND: ClassVar[Kind] = Kind.ACCOUNT
    # The colleague reads it; its author too, who writes it and takes it back.
    access = Own(
        column="buddy_id",
        append=False,
        remove=True,
        also={
            "select": (*GOING, EXPIRY),
            "insert": GOING,
            "delete": (*GOING, EXPIRY),
        },
        also_if={
            "select": f"(user_id = {ME} or (written_at <= {NOW} - interval '7 days' "
            f"and (select access.holds('{{{EXPIRY}}}'))))",
            "insert": f"user_id = {ME}",
            "delete": f"(user_id = {ME} or (written_at <= {NOW} - interval '7 days' "
            f"and (select access.holds('{{{EXPIRY}}}'))))",
        },
    )

    id = models.UUIDField(primary_key=True)
    outing_id = models.UUIDField()
    user_id = models.UUIDField()
    buddy_id = models.UUIDField()
    text = LockedText()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["outing_id"], name="outings_line_outing")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.user_id
