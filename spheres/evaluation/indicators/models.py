"""What is kept of how much was done? Numbers by month or quarter; nobody is in them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.core.words import Roles

ROLLUPS: Final = "service:rollups"  # counts each month that is over, and publishes it
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
    """What is counted. Some are of quarters alone (`QUARTERLY`)."""

    PEOPLE = "PEOPLE", _("Young people in contact with the team")
    REFERRALS = "REFERRALS", _("Referrals received")
    FOLLOW_UPS = "FOLLOW_UPS", _("Follow-ups opened")
    LEFT = "LEFT", _("Referrals without a follow-up")
    ADVICE = "ADVICE", _("Requests for advice")
    CONTACTS = "CONTACTS", _("Contacts noted")
    ADVICE_SPEED = "ADVICE_SPEED", _("How long professionals waited for advice")
    ADVICE_GAVE = "ADVICE_GAVE", _("What the advice brought")
    ADVICE_CLEAR = "ADVICE_CLEAR", _("See more clearly what to do")
    ADVICE_EQUIP = "ADVICE_EQUIP", _("Feel better equipped")
    HEARD = "HEARD", _("How referrals heard of us")
    THERAPY_WAIT = "THERAPY_WAIT", _("How long psychotherapy was waited for")


class Wait(models.TextChoices):
    """From the day a psychotherapy was asked for to the day of its first appointment, in bands: no
    day of anybody can be told from them."""

    TWO_WEEKS = "TWO_WEEKS", _("Less than two weeks")
    SIX_WEEKS = "SIX_WEEKS", _("Two weeks to less than six")
    THREE_MONTHS = "THREE_MONTHS", _("Six weeks to less than three months")
    LONGER = "LONGER", _("Three months or more")


DEFINITIONS: Final = {
    Measure.PEOPLE: _(
        "Each young person with at least one contact noted in the quarter, other than a missed "
        "meeting. Someone whom two organisations accompany is counted by each of them."
    ),
    Measure.REFERRALS: _("Every referral that came to the desk that month, whatever became of it."),
    Measure.FOLLOW_UPS: _(
        "Every follow-up opened that month. Someone who comes back opens another one."
    ),
    Measure.LEFT: _(
        "Referrals closed that month without a follow-up: not now, oriented elsewhere, withdrawn, "
        "or erased after the region’s delay without having been met. Only the count is kept. "
        "Whoever comes back later is counted again, among the follow-ups."
    ),
    Measure.ADVICE: _("Questions from professionals, about someone they do not name."),
    Measure.CONTACTS: _(
        "Contacts signed that month, on the day they were noted. A correction does not count again."
    ),
    Measure.ADVICE_SPEED: _(
        "Each question of a professional that was answered that month, by the time it waited."
    ),
    Measure.ADVICE_GAVE: _("Answers given that month; one answer may bring several things."),
    Measure.ADVICE_CLEAR: _("What professionals said afterwards, without a name."),
    Measure.ADVICE_EQUIP: _("What professionals said afterwards, without a name."),
    Measure.HEARD: _(
        "What professionals who sent a referral answered, when they wished to, to one question: "
        "how they had heard of the programme. The answer is kept apart from the referral, by "
        "quarter."
    ),
    Measure.THERAPY_WAIT: _(
        "Each psychotherapy whose first appointment was noted this quarter, by the time since it "
        "was asked for. Whoever is still waiting is not in it yet: short waits here do not say "
        "that nobody waits long. Asked for again after a no, the time begins again."
    ),
}
# A person is counted once in each; of an answer, nothing finer is kept; of a wait, nothing finer is
# told.
QUARTERLY: Final = frozenset({Measure.PEOPLE, Measure.HEARD, Measure.THERAPY_WAIT})


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
    number = models.PositiveIntegerField(null=True)  # none: hidden

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on", "span", "measure", "kind"], name="indicators_one_figure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"
