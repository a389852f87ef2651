"""What is kept of how much was done? Numbers by month or quarter; nobody is in them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.core.words import Roles

ROLLUPS: Final = "service:rollups"  # counts each month that is over, and publishes it
OWN: Final = "(select access.organisation())"
# Whom the page of rights gives aggregates (« Indicators: A »), and whom it calls «figures only».
READERS: Final = (
    Role.COORDINATOR,
    Role.YOUTH_WORKER,
    Role.PROFESSIONAL_SUPPORT,
    Role.TEAM_LEAD,
    Role.PSYCHOTHERAPIST,
    Role.POLICE_MEMBER,
    Role.RESEARCH_OFFICER,
    Role.RESEARCHER,
    Role.PRIVACY_OFFICER,
    Role.STEERING_MEMBER,
    Role.ORGANISATION_MANAGER,
    Role.CLINICAL_DIRECTOR,
    Role.FINANCE,
)


class Span(models.TextChoices):
    """Fixed, never sliding: two windows that overlap would tell one person apart."""

    MONTH = "MONTH", _("Month")
    QUARTER = "QUARTER", _("Quarter")


class Measure(models.TextChoices):
    """What is counted: each has its definition (`definitions`)."""

    MEETINGS = "MEETINGS", _("Committee meetings held")
    PROMISED = "PROMISED", _("Commitments taken on")
    KEPT = "KEPT", _("Commitments kept")
    TRAININGS = "TRAININGS", _("Trainings given")
    TRAINED = "TRAINED", _("People trained, topic by topic")
    EVENTS = "EVENTS", _("Events where the programme was spoken of")
    REACHED = "REACHED", _("People present at events")
    HEARD = "HEARD", _("How referrals heard of us")
    ADVICE = "ADVICE", _("Requests for advice")
    ADVICE_SPEED = "ADVICE_SPEED", _("How long professionals waited for advice")
    ADVICE_GAVE = "ADVICE_GAVE", _("What the advice brought")
    ADVICE_CLEAR = "ADVICE_CLEAR", _("See more clearly what to do")
    ADVICE_EQUIP = "ADVICE_EQUIP", _("Feel better equipped")
    PEOPLE = "PEOPLE", _("Young people in contact with the team")
    INTENSITY = "INTENSITY", _("Contacts with each young person")
    REFERRALS = "REFERRALS", _("Referrals received")
    FIRST_WAIT = "FIRST_WAIT", _("How long a first contact was waited for")
    CLOSE_AGAIN = "CLOSE_AGAIN", _("How soon contact came after going back")
    FOLLOW_UPS = "FOLLOW_UPS", _("Follow-ups opened")
    OPENINGS = "OPENINGS", _("First follow-ups, and people who come back")
    LEFT = "LEFT", _("Referrals without a follow-up")
    CONTACTS = "CONTACTS", _("Contacts noted, by kind")
    STEPS = "STEPS", _("Small steps taken, by part of life")
    NEEDS = "NEEDS", _("What came of urgent needs")
    ACCOMPANIED = "ACCOMPANIED", _("What came of proceedings")
    THERAPY_WAIT = "THERAPY_WAIT", _("How long psychotherapy was waited for")
    UNCLOSED = "UNCLOSED", _("Trainings whose list is not closed")
    UNSEEN = "UNSEEN", _("Events without the number of people present")
    LATE = "LATE", _("Contacts noted more than a week later")
    BACKWARDS = "BACKWARDS", _("First contacts before their referral")


class Wait(models.TextChoices):
    """From the day a psychotherapy was asked for to the day of its first appointment, in bands: no
    day of anybody can be told from them."""

    TWO_WEEKS = "TWO_WEEKS", _("Less than two weeks")
    SIX_WEEKS = "SIX_WEEKS", _("Two weeks to less than six")
    THREE_MONTHS = "THREE_MONTHS", _("Six weeks to less than three months")
    LONGER = "LONGER", _("Three months or more")


class FirstWait(models.TextChoices):
    """From the day a referral was received to that of the first contact, in bands."""

    THREE_DAYS = "THREE_DAYS", _("Less than three days")
    WEEK = "WEEK", _("Three days to a week")
    MONTH = "MONTH", _("More than a week, less than a month")
    LONGER = "LONGER", _("A month or more")


class Intensity(models.TextChoices):
    """How many contacts with one young person in a quarter, in bands: thirteen weeks."""

    ONE = "ONE", _("One contact")
    SOME = "SOME", _("Two to five contacts")
    WEEKLY = "WEEKLY", _("Six to twelve contacts")
    MORE = "MORE", _("Thirteen contacts or more")


class Opening(models.TextChoices):
    """Whether a follow-up is the first one of a person with an organisation."""

    FIRST = "FIRST", _("A first follow-up")
    AGAIN = "AGAIN", _("Somebody who comes back")


class Tally(models.Model):
    """A true count of one organisation, small or not. Its service alone reads it."""

    access = Roles(append=False, also=dict.fromkeys(("select", "insert"), (ROLLUPS,)))

    id = models.UUIDField(primary_key=True)
    span = models.CharField(max_length=8, choices=Span)
    starts_on = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=12, choices=Measure)
    kind = models.CharField(max_length=32, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["span", "starts_on", "organisation", "measure", "kind"],
                name="indicators_one_tally",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"


class Figure(models.Model):
    """What the programme publishes of a month or quarter: a number, or that it is hidden. For good.

    What is hidden is decided once and leaves no number, so nothing that reads this table can
    show it.
    """

    access = Roles(append=False, also={"select": (ROLLUPS, *READERS), "insert": (ROLLUPS,)})

    id = models.UUIDField(primary_key=True)
    span = models.CharField(max_length=8, choices=Span)
    starts_on = models.DateField()
    measure = models.CharField(max_length=12, choices=Measure)
    kind = models.CharField(max_length=32, blank=True)
    version = models.PositiveSmallIntegerField(db_default=1)  # of the definition it was counted by
    number = models.PositiveIntegerField(null=True)  # none: hidden

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on", "span", "measure", "kind"], name="indicators_one_figure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"


class OwnFigure(models.Model):
    """What one organisation is told of its own quarter: a number, or that it is hidden. For good.

    It is read beside the programme's, from which the others' could be found: both are looked at
    before it is written. No organisation reads another's, and none is put beside another.
    """

    access = Roles(
        append=False,
        also={"select": (ROLLUPS, *READERS), "insert": (ROLLUPS,)},
        also_if={"select": f"organisation_id = {OWN}"},
    )

    id = models.UUIDField(primary_key=True)
    starts_on = models.DateField()  # of the quarter
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=12, choices=Measure)
    kind = models.CharField(max_length=32, blank=True)
    number = models.PositiveIntegerField(null=True)  # none: hidden

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "starts_on", "measure", "kind"],
                name="indicators_one_own_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"
