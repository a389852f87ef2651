"""What is kept of a reflection round: who is asked what, and what all of them said together?

A sheet has no author and no moment, and nothing in the journal speaks of it; which organisation it
comes from is under lock with what it says. Once the round is over it is counted, its remarks put
apart from the steps and shuffled; once it is settled, the sheets, the remarks and their key are
destroyed, and figures of all together stay (ADR reflection rounds).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.words import Roles
from spheres.records.anonymous.questions import Asked, asked_of, in_language
from spheres.records.anonymous.sheets import OfRound
from spheres.regions.models import STAYING
from spheres.vault.models import Kind, LockedText

ENOUGH: Final = 8  # answers, under which nothing is ever shown; a region may ask for more
LEAST: Final = 5  # answers that are left when those of one organisation are set aside
EXPIRY: Final = "service:expiry"
# Those who open rounds, reword what was said in their own, and answer none of their own.
FACILITATING: Final = (Role.COORDINATOR.value, Role.RESEARCH_OFFICER.value)
# Those who work with people, or lead those who do.
ANSWERING: Final = (
    Role.YOUTH_WORKER.value,
    Role.TEAM_LEAD.value,
    Role.PSYCHOTHERAPIST.value,
    Role.PROFESSIONAL_SUPPORT.value,
    Role.POLICE_MEMBER.value,
    Role.STEERING_MEMBER.value,
    Role.ORGANISATION_MANAGER.value,
    Role.CLINICAL_DIRECTOR.value,
    Role.TRAINER.value,
    Role.AWARENESS_CONTRIBUTOR.value,
)
READING: Final = (*ANSWERING, *FACILITATING, Role.RESEARCHER.value)
ME, NOW = "(select access.actor())", "(select access.moment())"
OF_ROUNDS: Final = "round_id = any(array(select r.id from rounds_reflectionround r where {which}))"
# One may answer: the round runs, and asks the organisation for which one works now.
RUNNING: Final = OF_ROUNDS.format(
    which=f"r.opened_at <= {NOW} and r.ends_at > {NOW} and r.settled_at is null "
    f"and r.opened_by <> {ME} and (select access.organisation()) = any(r.places)"
)
# Over, and nothing was said of it yet: for whoever opened it alone.
MINE: Final = f"r.ends_at <= {NOW} and r.settled_at is null and r.opened_by = {ME}"
MINE_OVER: Final = OF_ROUNDS.format(which=MINE)
MINE_TO_COUNT: Final = OF_ROUNDS.format(
    which=f"{MINE} and r.counted_at is null "
    "and (select access.rounds_enough(uuid_send(r.id))) is not null"
)
# Settled and not put away: for all; before, for whoever opened it.
SAID: Final = OF_ROUNDS.format(
    which=f"r.put_away_at is null and coalesce(r.settled_at <= {NOW}, r.opened_by = {ME})"
)


class QuestionSet(models.Model):
    """One version of a set of questions, as a region's file wrote it: nothing personal.

    A version never changes and never goes: what was answered is read under it.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=50)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()  # both languages; read whole, never searched
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="rounds_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    @property
    def title(self) -> str:
        return in_language(self.definition["title"])

    @property
    def lead(self) -> str:
        return in_language(self.definition["lead"])

    @property
    def permission(self) -> str:
        """By whose permission a questionnaire that is not ours is asked; empty when it is ours."""
        return in_language(self.definition.get("permission") or {})

    @property
    def questions(self) -> tuple[Asked, ...]:
        return asked_of(self.definition)

    @property
    def success(self) -> str:
        """The question beside which stands what participants said that success is for them."""
        code: str = self.definition.get("success", "")
        return code


class ReflectionRound(models.Model):
    """One set of questions asked of some organisations, until the end of a last day.

    Nobody knows before the end how many have answered, nor what. `organisations` are the partners
    that are asked; `places`, the same with their parts, for which people work.
    """

    access = Roles(
        also={
            "select": (*READING, EXPIRY),
            "insert": FACILITATING,
            "update": FACILITATING,
        },
        also_if={
            "insert": f"opened_by = {ME} and opened_at = {NOW} and ends_at > {NOW} "
            "and counted_at is null and settled_at is null and put_away_at is null",
        },
        also_becomes=f"coalesce(counted_at <= {NOW}, true) and coalesce(settled_at <= {NOW}, true) "
        f"and coalesce(put_away_at <= {NOW}, true)",
        changes=(
            "ends_at", "counted_at", "counted_by", "answers", "settled_at", "settled_by",
            "put_away_at", "put_away_by",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    asks = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")
    organisations = ArrayField(models.UUIDField())
    places = ArrayField(models.UUIDField())
    occasion = models.CharField(max_length=20, blank=True)  # what it rides on, if on something
    occasion_id = models.UUIDField(null=True)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    counted_by = models.UUIDField(null=True)
    counted_at = models.DateTimeField(null=True)
    answers = models.PositiveIntegerField(null=True)  # none: not counted, or too few ever to be
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    put_away_by = models.UUIDField(null=True)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers=None, counted_at=None, counted_by=None)
                | Q(answers__gte=ENOUGH, counted_at__isnull=False, counted_by=F("opened_by")),
                name="rounds_counted_from_eight_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="rounds_settled_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(put_away_at=None, put_away_by=None)
                | Q(put_away_at__isnull=False, put_away_by__isnull=False),
                name="rounds_put_away_by_whom",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="rounds_in_order"),
        ]
        indexes = [models.Index(fields=["opened_at"], name="rounds_opened_at")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def last_day(self) -> date:
        return clock.day_of(self.ends_at - timedelta(seconds=1))

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def is_said(self) -> bool:
        """Whether its figures may be read by all."""
        return self.is_settled and self.counted_at is not None and self.put_away_at is None


class Sheet(OfRound):
    """One answer: steps, remarks and the organisation, together, under lock. No author, no moment,
    no order."""

    access = Roles(
        also={"insert": ANSWERING, "select": FACILITATING},
        also_if={"insert": RUNNING, "select": MINE_TO_COUNT},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(ReflectionRound, models.PROTECT, related_name="+")
    said = LockedText()

    class Meta:
        indexes = [models.Index(fields=["round"], name="rounds_sheet_round")]

    def __str__(self) -> str:
        return str(self.id)


class Given(models.Model):
    """Somebody has answered: a digest of who and of the round that only the key file makes. It
    stands apart from the sheets, and no person ever reads it: the database answers one word."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "round_id")
    access = Roles(
        also={"insert": ANSWERING, "select": (EXPIRY,)},
        also_if={"insert": RUNNING},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(ReflectionRound, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["round"], name="rounds_given_round")]

    def __str__(self) -> str:
        return str(self.id)


class Remark(OfRound):
    """The remarks to one question, apart from the steps and in no order: read by whoever opened the
    round, to reword them; destroyed once that is said."""

    access = Roles(
        also={"insert": FACILITATING, "select": FACILITATING},
        also_if={"insert": MINE_OVER, "select": MINE_OVER},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(ReflectionRound, models.PROTECT, related_name="+")
    question = models.CharField(max_length=32)
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["round"], name="rounds_remark_round")]

    def __str__(self) -> str:
        return str(self.id)


class Outcome(models.Model):
    """How many chose one step for one question, all organisations together: none is told apart."""

    access = Roles(
        also={"insert": FACILITATING, "select": READING},
        also_if={"insert": MINE_OVER, "select": SAID},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(ReflectionRound, models.PROTECT, related_name="+")
    question = models.CharField(max_length=32)
    step = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "step"], name="rounds_one_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.step}"


class Position(models.Model):
    """A position that was heard, in the words of whoever ran the round; that of a few is kept as
    that of many."""

    access = Roles(
        also={"insert": FACILITATING, "select": READING},
        also_if={"insert": MINE_OVER, "select": SAID},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(ReflectionRound, models.PROTECT, related_name="+")
    question = models.CharField(max_length=32)
    place = models.PositiveSmallIntegerField()
    words_fr = models.CharField(max_length=400)
    words_en = models.CharField(max_length=400, blank=True)
    is_of_few = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["round", "place"], name="rounds_position_order")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def words(self) -> str:
        """In the reader's language; in French where nobody translated it."""
        return in_language({"fr": self.words_fr, "en": self.words_en})
