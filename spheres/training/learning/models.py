"""What is kept of what a group learns: which questions, of which session, what all said together?

Whoever takes part answers before, then after, without an account. A sheet has no author and no
moment: a code of their own making, digested with the session’s salt, is all that lets a sheet of
before find its own of after. When the answers close they are counted; the salt is gone with them,
and the sheets and their key are destroyed (ADR learning).
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Roles, either, held
from spheres.records.anonymous.questions import Asked, asked_of, in_language
from spheres.records.anonymous.sheets import OfRound
from spheres.regions.models import STAYING
from spheres.vault.models import Kind, Lockable, LockedText

ENOUGH: Final = 5  # people, under whom nothing is ever shown; a region may ask for more
VISITOR, EXPIRY = "visitor", "service:expiry"
# Those who give trainings, and those who plan them.
OPENING: Final = (Role.TRAINER.value, Role.COORDINATOR.value)
READING: Final = tuple(role.value for role in Role)
ME, NOW = "(select access.actor())", "(select access.moment())"
OF_ROUNDS: Final = "round_id = any(array(select r.id from learning_learninground r where {which}))"
MINE: Final = f"r.opened_by = {ME}"
RUNNING: Final = OF_ROUNDS.format(
    which=f"r.opened_at <= {NOW} and r.ends_at > {NOW} and r.closed_at is null"
)
# Closed in this very moment, by whoever opened it: sheets are read once, to be counted.
CLOSING: Final = OF_ROUNDS.format(which=f"{MINE} and r.closed_at = {NOW}")
MINE_CLOSED: Final = OF_ROUNDS.format(which=f"{MINE} and r.closed_at <= {NOW}")


class Time(models.TextChoices):
    """When a sheet was filled in, as far as anybody will ever know."""

    BEFORE = "BEFORE", _("Before the training")
    AFTER = "AFTER", _("After the training")


class QuestionSet(models.Model):
    """One version of what is asked about a topic, as a region's file wrote it: nothing personal.

    `slug` is the topic's. A version never changes and never goes: what was answered is read under
    it.
    """

    access = STAYING

    id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=50)
    version = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=120)  # of the topic, for whoever has no account
    title_en = models.CharField(max_length=120)
    definition = models.JSONField()  # both languages; read whole, never searched
    position = models.PositiveSmallIntegerField()
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="learning_one_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    @property
    def title(self) -> str:
        """Of its topic."""
        return in_language({"fr": self.title_fr, "en": self.title_en})

    @property
    def questions(self) -> tuple[Asked, ...]:
        return asked_of(self.definition)


class LearningRound(models.Model):
    """One set of questions, asked of those who take part in one session, before and after it.

    `code` opens the questions to whoever is in the room. `salt` goes when the answers close; what
    was closed is not closed anew (a trigger holds it).
    """

    GOES_ON: ClassVar[tuple[str, ...]] = (
        "ends_at", "after_by", "after_at", "closed_by", "closed_at",
    )  # fmt: skip

    access = Roles(
        also={
            "select": (VISITOR, *OPENING, EXPIRY),
            "insert": OPENING,
            "update": (*OPENING, EXPIRY),
        },
        also_if={
            "select": either(
                f"opened_by = {ME}",
                held(EXPIRY),
                f"closed_at is null and ends_at > {NOW} and {held(VISITOR)}",
            ),
            "insert": f"opened_by = {ME} and opened_at = {NOW} and ends_at > {NOW} "
            "and after_at is null and closed_at is null",
            "update": either(f"opened_by = {ME}", held(EXPIRY)),
        },
        also_becomes=f"coalesce(after_at <= {NOW}, true) and coalesce(closed_at <= {NOW}, true)",
        changes=("after_by", "after_at", "closed_by", "closed_at", "salt"),
    )

    id = models.UUIDField(primary_key=True)
    asks = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=20)
    occasion_id = models.UUIDField()
    held_on = models.DateField()
    code = models.CharField(max_length=8, unique=True)
    salt = models.UUIDField(null=True)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    after_by = models.UUIDField(null=True)
    after_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion_id", "asks"], name="learning_once_a_session"),
            models.CheckConstraint(
                condition=Q(after_at=None, after_by=None)
                | Q(after_at__isnull=False, after_by=F("opened_by")),
                name="learning_after_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by=F("opened_by"), salt=None),
                name="learning_closed_by_whom_without_salt",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at")), name="learning_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def said_code(self) -> str:
        """As it is read aloud."""
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def time(self) -> Time:
        """Of which moment the questions are now."""
        return Time.BEFORE if self.after_at is None else Time.AFTER


class Sheet(OfRound):
    """One answer, whole under lock: when, its mark, steps, words. No author, no moment."""

    access = Roles(
        also={"insert": (VISITOR,), "select": (*OPENING, EXPIRY)},
        also_if={"insert": RUNNING, "select": either(CLOSING, held(EXPIRY))},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(LearningRound, models.PROTECT, related_name="+")
    said = LockedText()

    class Meta:
        indexes = [models.Index(fields=["round"], name="learning_sheet_round")]

    def __str__(self) -> str:
        return str(self.id)


class Trying(Lockable):
    """What those of one session will try, apart from all else and in no order: read by whoever gave
    it, and destroyed with its own key some months later."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "id")
    ABOUT_NOBODY: ClassVar[bool] = True
    access = Roles(
        also={"insert": OPENING, "select": (*OPENING, EXPIRY)},
        also_if={"insert": CLOSING, "select": either(MINE_CLOSED, held(EXPIRY))},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(LearningRound, models.PROTECT, related_name="+")
    words = LockedText()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id


class Outcome(models.Model):
    """How many chose one step for one question, of one session, before or after it.

    Whoever gave the session reads it at once; the others once the quarter in which it closed is
    over (`over_at`), and without knowing of which session it is.
    """

    access = Roles(
        also={"insert": OPENING, "select": READING},
        also_if={"insert": CLOSING, "select": either(f"over_at <= {NOW}", MINE_CLOSED)},
    )

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(LearningRound, models.PROTECT, related_name="+")
    asks = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")
    over_at = models.DateTimeField()
    question = models.CharField(max_length=32)
    time = models.CharField(max_length=8, choices=Time)
    step = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "time", "step"], name="learning_one_outcome"
            ),
        ]
        indexes = [models.Index(fields=["asks", "over_at"], name="learning_outcome_asks")]

    def __str__(self) -> str:
        return f"{self.question} {self.time} {self.step}"
