"""What is kept of a round in which young people judge the programme and this tool?

A sheet has no author and no moment. From a notebook it is written in the name of nobody, by the
visitor's context, and nothing in the journal speaks of it; from paper, by whoever types it in, and
it says that it comes from paper. Once the round is over it is counted, its sentence put apart from
its faces and shuffled; soon after, the sheets, the sentences and their key are destroyed, and
figures alone stay (ADR advisory round).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.words import Public, Roles
from spheres.records.anonymous.sheets import OfRound
from spheres.vault.models import Kind, LockedText

ENOUGH: Final = 8  # answers, under which nothing is ever shown
VISITOR, EXPIRY, RUNNING_IT = "visitor", "service:expiry", (Role.COORDINATOR.value,)
WORKERS: Final = (Role.YOUTH_WORKER.value, Role.PROFESSIONAL_SUPPORT.value)
NOW, AT_OUR_DESK = "(select access.moment())", "(select access.at_the_desk())"
_OF_ROUNDS: Final = "round_id = any(array(select r.id from advisory_round r where {which}))"
# Running: its last day has not ended. Over: it has, and nothing was said of it yet.
RUNNING: Final = _OF_ROUNDS.format(
    which=f"r.opened_at <= {NOW} and r.ends_at > {NOW} and r.settled_at is null"
)
OVER: Final = _OF_ROUNDS.format(which=f"r.ends_at <= {NOW} and r.settled_at is null")
# Counted in this very moment: sheets are read once, by whoever counts them.
COUNTING: Final = _OF_ROUNDS.format(which=f"r.ends_at <= {NOW} and r.counted_at = {NOW}")
ENDED: Final = _OF_ROUNDS.format(which=f"r.ends_at <= {NOW}")
# As many were given as must be for anybody to read one: in notebooks by themselves, since whoever
# types paper in knows it, and could take it away from the rest; on paper, with those or by itself.
GIVEN_ENOUGH: Final = (
    "(round_id, from_paper) in (select g.round_id, g.from_paper from advisory_given g "  # noqa: S608 -- ours
    f"group by 1, 2 having count(*) >= {ENOUGH} "
    "union select g.round_id, true from advisory_given g where not g.from_paper "
    f"group by 1 having count(*) >= {ENOUGH})"
)
# From a notebook, in nobody's name; on paper, by whoever types it in, who does not count it.
GIVING: Final = (
    f"{RUNNING} and from_paper = (select access.is_staff()) "
    f"and not (select access.holds('{{{RUNNING_IT[0]}}}'))"
)
HERE: Final = f"{{which}} and {AT_OUR_DESK}"


class Question(models.TextChoices):
    """What is asked: ours to word, and each may be left out."""

    LISTENED = "LISTENED", _("People listen to me.")
    CHOICE = "CHOICE", _("I choose what we do, and how fast.")
    SAFE = "SAFE", _("I feel safe when we see each other.")
    USEFUL = "USEFUL", _("It helps me in my life.")
    WHO_READS = "WHO_READS", _("I know who can read what is written about me.")
    NOTEBOOK = "NOTEBOOK", _("My notebook, or what I get on paper, is easy to use.")


class Face(models.TextChoices):
    YES = "YES", _("Yes")
    BETWEEN = "BETWEEN", _("In between")
    NO = "NO", _("No")


class Round(models.Model):
    """From when it was opened to the end of its last day; then counted, then settled.

    Nobody knows before the end how many have answered, nor what: two looks at two dates would tell
    what one person said in between. Its end comes later, never nearer; counted, it is not moved.
    """

    GOES_ON: ClassVar[tuple[str, ...]] = (
        "ends_at", "counted_at", "counted_by", "answers", "settled_at", "settled_by",
    )  # fmt: skip

    access = Public(
        append=False,
        also={"insert": RUNNING_IT, "update": RUNNING_IT},
        also_if={
            "insert": f"opened_by = (select access.actor()) and opened_at = {NOW} "
            f"and ends_at > {NOW} and {AT_OUR_DESK}",
            "update": AT_OUR_DESK,
        },
        also_becomes=f"coalesce(counted_at between ends_at and {NOW}, true) "
        f"and coalesce(settled_at between ends_at and {NOW}, true)",
        changes=("ends_at", "counted_at", "counted_by", "settled_at", "settled_by", "answers"),
    )

    id = models.UUIDField(primary_key=True)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    counted_by = models.UUIDField(null=True)
    counted_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    answers = models.PositiveIntegerField(null=True)  # none: not counted, or too few ever to be

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers__isnull=True, counted_at__isnull=True, counted_by__isnull=True)
                | Q(answers__gte=ENOUGH, counted_at__isnull=False, counted_by__isnull=False),
                name="advisory_round_from_eight",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="advisory_round_settled_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("opened_at")), name="advisory_round_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def last_day(self) -> date:
        return clock.day_of(self.ends_at - timedelta(seconds=1))


class Sheet(OfRound):
    """One sheet: faces and a sentence, together, under lock. No author, no moment, no order."""

    access = Roles(
        also={"insert": (VISITOR, *WORKERS), "select": RUNNING_IT},
        also_if={
            "insert": GIVING,
            "select": f"{HERE.format(which=COUNTING)} and {GIVEN_ENOUGH}",
        },
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    from_paper = models.BooleanField()
    said = LockedText()

    class Meta:
        indexes = [models.Index(fields=["round"], name="advisory_sheet_round")]

    def __str__(self) -> str:
        return str(self.id)


class Given(models.Model):
    """Somebody has answered: what her two numbers make with the round's, which nobody can make
    without them. It stands apart from the sheets, so that no notebook answers twice."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "round_id")
    access = Roles(
        also={"insert": (VISITOR, *WORKERS), "select": (*RUNNING_IT, EXPIRY)},
        also_if={"insert": GIVING, "select": ENDED},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    from_paper = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["round"], name="advisory_given_round")]

    def __str__(self) -> str:
        return str(self.id)


class Sentence(OfRound):
    """A sentence, apart from its faces and in no order: read by whoever runs the round, to reword
    it; destroyed once that is published."""

    access = Roles(
        also={"insert": RUNNING_IT, "select": RUNNING_IT},
        also_if={"insert": HERE.format(which=OVER), "select": HERE.format(which=OVER)},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["round"], name="advisory_sentence_round")]

    def __str__(self) -> str:
        return str(self.id)


class Outcome(models.Model):
    """How many chose one face for one question; none for a question that too few answered."""

    access = Public(
        also={"insert": RUNNING_IT}, also_if={"insert": HERE.format(which=OVER)}, append=False
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    question = models.CharField(max_length=12, choices=Question)
    face = models.CharField(max_length=8, choices=Face)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "face"], name="advisory_one_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.face}"


class Change(models.Model):
    """«You said, we changed»: a thought in the programme's words, and what became of it."""

    access = Public(
        also={"insert": RUNNING_IT}, also_if={"insert": HERE.format(which=OVER)}, append=False
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    said_fr = models.CharField(max_length=300)
    said_en = models.CharField(max_length=300)
    changed_fr = models.CharField(max_length=300)
    changed_en = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["round", "place"], name="advisory_change_order")]

    def __str__(self) -> str:
        return str(self.id)
