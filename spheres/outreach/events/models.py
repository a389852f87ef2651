"""What is kept of an occasion on which the programme is made known?

Nothing here speaks of anybody whom the programme accompanies, and nobody of an audience is named.
All who work in the programme read it; its texts stand under the key of the event and go with it.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion
from spheres.vault.models import Kind, Lockable, LockedText

# Those who go and speak of the programme; a police partner among them, for nobody is named.
NOTING: Final = (
    Role.COORDINATOR.value, Role.YOUTH_WORKER.value, Role.PROFESSIONAL_SUPPORT.value,
    Role.PSYCHOTHERAPIST.value, Role.TEAM_LEAD.value, Role.TRAINER.value, Role.POLICE_MEMBER.value,
    Role.RESEARCH_OFFICER.value, Role.AWARENESS_CONTRIBUTOR.value, Role.CONSULTANT.value,
    Role.STEERING_MEMBER.value, Role.ORGANISATION_MANAGER.value, Role.CLINICAL_DIRECTOR.value,
)  # fmt: skip
ME, NOW = "(select access.actor())", "(select access.moment())"
AT_OUR_DESK: Final = "(select access.at_the_desk())"
MINE: Final = f"written_by = {ME} and written_at = {NOW}"
# Whoever noted it, whoever presents there, and the coordination.
THEIRS: Final = (
    f"{ME} = any(case when {AT_OUR_DESK} then array[{ME}] else array_append(presenter_ids, "
    "noted_by) end)"
)
OF_THEIRS: Final = f"event_id = any(array(select e.id from events_event e where {THEIRS}))"  # noqa: S608 -- ours


class OfEvent(Lockable):
    """A text of an event: nobody's, under the key of the event, and gone with it."""

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "event_id")
    ABOUT_NOBODY: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.event_id  # type: ignore[attr-defined]


class Event(Lockable):
    """A day on which the programme is spoken of, to come or over. What kind, and which day: all
    else may be said later, or never.

    An audience is known by its types, and how many of each when that is known: `heads` goes with
    `audiences`. What it asked for is counted (`AskedFor`), never who asked.
    """

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    ABOUT_NOBODY: ClassVar[bool] = True
    KEEP: ClassVar[str] = "event"  # code of the region’s retention rule
    KEPT_FROM: ClassVar[str] = "said_at"
    access = OfRegion(
        append=False,
        also={"insert": NOTING, "update": NOTING},
        also_if={
            "insert": f"noted_by = {ME} and noted_at = {NOW} and said_by = {ME} "
            f"and said_at = {NOW} and cancelled_at is null",
            "update": THEIRS,
        },
        also_becomes=f"said_by = {ME} and said_at = {NOW} "
        f"and coalesce(cancelled_at <= {NOW}, true)",
        changes=(
            "kind", "held_on", "environment", "audiences", "heads", "presenter_ids",
            "material_ids", "region", "lasted_minutes", "travel_minutes",
            "text_version", "said_by", "said_at", "cancelled_by", "cancelled_at", "place",
            "organisation", "reason",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=32)  # a code of the region’s vocabulary
    held_on = models.DateField()
    environment = models.CharField(max_length=32, blank=True)  # the same: environments
    region = models.CharField(max_length=32, blank=True, default="")  # the same: of Québec
    audiences = ArrayField(models.CharField(max_length=32), default=list)  # the same
    heads = ArrayField(models.PositiveIntegerField(null=True), default=list)
    presenter_ids = ArrayField(models.UUIDField(), default=list)
    material_ids = ArrayField(models.UUIDField(), default=list)  # versions, as they were shown
    lasted_minutes = models.PositiveSmallIntegerField(null=True)
    travel_minutes = models.PositiveSmallIntegerField(null=True)
    # Whoever changes it says from which version they start: two at once lose nothing.
    text_version = models.PositiveIntegerField(default=1)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()  # the last time
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    place = LockedText()
    organisation = LockedText()  # the one that was visited, from outside
    reason = LockedText()  # why it was called off

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audiences__len=models.F("heads__len")), name="events_heads_of_audiences"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="events_cancelled_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-held_on"], name="events_event_day")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        """An event hangs on no file."""
        return self.id

    @property
    def is_off(self) -> bool:
        return self.cancelled_at is not None


class Output(OfEvent):
    """What an event leaves to others, to transfer knowledge: its title, and where it stands."""

    access = OfRegion(
        append=False,
        also={"insert": NOTING},
        also_if={"insert": f"{MINE} and {OF_THEIRS}"},
    )

    id = models.UUIDField(primary_key=True)
    event_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    title = LockedText()
    where = LockedText()

    class Meta:
        indexes = [models.Index(fields=["event_id"], name="events_output_of")]

    def __str__(self) -> str:
        return str(self.id)


class Question(OfEvent):
    """A question of somebody of an audience, without a name. What many ask is answered once."""

    access = OfRegion(
        append=False,
        also={"insert": NOTING},
        also_if={"insert": f"{MINE} and {OF_THEIRS}"},
    )

    id = models.UUIDField(primary_key=True)
    event_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["event_id"], name="events_question_of")]

    def __str__(self) -> str:
        return str(self.id)


class Answer(OfEvent):
    """What the coordination answers to questions that are one, however they were put. The newest
    stands. It goes with the event at which it was last asked."""

    access = OfRegion(
        append=False,
        also={"insert": (Role.COORDINATOR.value,)},
        also_if={"insert": f"{MINE} and {AT_OUR_DESK}"},
    )

    id = models.UUIDField(primary_key=True)
    event_id = models.UUIDField()
    question_ids = ArrayField(models.UUIDField())
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["event_id"], name="events_answer_of")]

    def __str__(self) -> str:
        return str(self.id)


class AskedFor(models.Model):
    """Somebody of an audience asked for something: what, and nothing of whom."""

    class What(models.TextChoices):
        SUPPORT = "SUPPORT", _("Support")
        TRAINING = "TRAINING", _("Training")
        REFERRAL = "REFERRAL", _("Referral")

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "event_id")
    access = OfRegion(
        append=False,
        also={"insert": NOTING},
        also_if={"insert": f"{MINE} and {OF_THEIRS}"},
    )

    id = models.UUIDField(primary_key=True)
    event_id = models.UUIDField()
    what = models.CharField(max_length=12, choices=What)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event_id"], name="events_asked_for_of")]

    def __str__(self) -> str:
        return self.what


class NextVisit(models.Model):
    """By which day an outside organisation is visited again; the newest stands, and without a day
    none is due. It is known by something that took place there: no list of them is kept."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "anchor_id")
    access = OfRegion(
        append=False,
        also={"insert": (Role.COORDINATOR.value,)},
        also_if={"insert": f"{MINE} and {AT_OUR_DESK}"},
    )

    id = models.UUIDField(primary_key=True)
    anchor_id = models.UUIDField()
    due_on = models.DateField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["anchor_id", "-written_at"], name="events_visit_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Kit(models.Model):
    """What is of use before one type of audience: materials of the catalogue, works of the library,
    by their own names. Nothing is copied here; the newest stands."""

    access = OfRegion(
        append=False,
        also={"insert": (Role.COORDINATOR.value,)},
        also_if={"insert": f"{MINE} and {AT_OUR_DESK}"},
    )

    id = models.UUIDField(primary_key=True)
    audience = models.CharField(max_length=32)  # a code of the region’s vocabulary
    materials = ArrayField(models.UUIDField())  # each by its first version: the newest is shown
    works = ArrayField(models.SlugField())
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.audience
