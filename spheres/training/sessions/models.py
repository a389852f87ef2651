"""What is kept of a training session? When and by whom it is taught, who is on its list, its cost.

Nothing here speaks of anybody whom the programme accompanies. Of somebody from outside are kept a
name, one way of reaching them and from where they come, for as long as the region says.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import OfRegion, Own, Roles
from spheres.training.catalogue.models import Language
from spheres.vault.models import Kind, Lockable, LockedText

# Gives places and takes them back: whoever enrols reads nothing of the others.
SEATS: Final = "service:seats"
EVERYBODY: Final = tuple(sorted(Role.values))
PLANNING: Final = (Role.COORDINATOR.value, Role.TRAINER.value)
# Who enrols, and sees on a list, those who work where they do.
MANAGING: Final = (Role.ORGANISATION_MANAGER.value, Role.TEAM_LEAD.value)
ME, NOW = "(select access.actor())", "(select access.moment())"
AT_OUR_DESK: Final = "(select access.at_the_desk())"
ALL_OF_THEM: Final = f"true = any(array[{AT_OUR_DESK}, (select access.holds('{{{SEATS}}}'))])"


def run_by(trainers: str) -> str:
    """The coordination, whoever teaches there, and what gives places, in SQL."""
    return f"{ME} = any(case when {ALL_OF_THEM} then array[{ME}] else {trainers} end)"


THEIRS: Final = (
    f"array(select s.id from sessions_trainingsession s where {run_by('s.trainer_ids')})"  # noqa: S608 -- ours
)
LISTED: Final = f"session_id = any({THEIRS})"
# The same; and of those who work where one works, whoever leads them.
LISTED_OR_MINE: Final = (
    "session_id = any(case when organisation_id = (select access.organisation()) "
    f"and (select access.holds('{{{','.join(MANAGING)}}}')) then array[session_id] "
    f"else {THEIRS} end)"
)


def paired(name: str) -> models.CheckConstraint:
    """Something is said with whoever said it, or is not said."""
    by, at = f"{name}_by__isnull", f"{name}_at__isnull"
    return models.CheckConstraint(
        condition=Q(**{by: True, at: True}) | Q(**{by: False, at: False}),
        name=f"sessions_{name}_by_whom",
    )


class TrainingSession(models.Model):
    """One topic, taught on one day to so many people. All who work in the programme know of it.

    One that is moved keeps its list, and says so; one that will not be held stays, so that nobody
    waits for it; one whose list is closed changes no more. Its place is for those who are on its
    list: no public page says it.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("In person")
        ONLINE = "ONLINE", _("Online")
        MIXED = "MIXED", _("In person and online")

    access = OfRegion(
        append=False,
        also={"select": (SEATS,), "insert": PLANNING, "update": (*EVERYBODY, SEATS)},
        also_if={
            "insert": f"planned_by = {ME} and planned_at = {NOW} and starts_at > {NOW} "
            "and cancelled_at is null and reassigned_at is null and closed_at is null "
            "and moved_at is null "
            f"and {run_by('trainer_ids')}",
            "update": run_by("trainer_ids"),
        },
        also_becomes=f"coalesce(cancelled_at <= {NOW}, true) and coalesce(closed_at <= {NOW}, true)"
        f" and coalesce(reassigned_at <= {NOW}, true) and coalesce(moved_at <= {NOW}, true)",
        changes=(
            "mode", "where", "starts_at", "ends_at", "places", "moved_by", "moved_at",
            "times_moved", "trainer_ids", "reassigned_by", "reassigned_at", "cancelled_by",
            "cancelled_at", "closed_by", "closed_at",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    topic_id = models.UUIDField()  # of the catalogue
    mode = models.CharField(max_length=10, choices=Mode)
    language = models.CharField(max_length=2, choices=Language)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    # A room, a link: for those on the list.
    where = models.CharField(max_length=200, blank=True)
    host_id = models.UUIDField()  # the organisation that receives
    trainer_ids = ArrayField(models.UUIDField())  # who teaches first, then who teaches along
    link = models.CharField(max_length=32, unique=True)  # of the page where outsiders enrol
    planned_by = models.UUIDField()
    planned_at = models.DateTimeField()
    moved_by = models.UUIDField(null=True)
    moved_at = models.DateTimeField(null=True)  # the last time
    times_moved = models.PositiveSmallIntegerField(db_default=0)
    reassigned_by = models.UUIDField(null=True)
    reassigned_at = models.DateTimeField(null=True)
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sessions_order"),
            models.CheckConstraint(condition=Q(places__gte=1), name="sessions_has_places"),
            models.CheckConstraint(condition=Q(trainer_ids__len__gte=1), name="sessions_is_taught"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cancelled_at=None), name="sessions_closed_was_held"
            ),
            paired("moved"),
            paired("reassigned"),
            paired("cancelled"),
            paired("closed"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="sessions_starts_at")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_off(self) -> bool:
        return self.cancelled_at is not None

    @property
    def edition(self) -> int:
        """Which word on it this is, for calendars: each move is one more, and so is its end."""
        return self.times_moved + self.is_off


class Enrolment(StatusRow):
    """Somebody on the list of a session, with a place or waiting for one; the database numbers the
    places, and gives none twice.

    Oneself reads it, whoever leads one’s organisation, who teaches there and the coordination. Of
    somebody from outside, the name stands apart, and goes before.
    """

    class Status(models.TextChoices):
        ENROLLED = "ENROLLED", _("Has a place")
        WAITING = "WAITING", _("Waits for a place")
        LEFT = "LEFT", _("Does not come any more")
        CAME = "CAME", _("Was there")

    MOVES = {
        Status.ENROLLED: {Status.LEFT, Status.CAME},
        Status.WAITING: {Status.ENROLLED, Status.LEFT, Status.CAME},
        Status.LEFT: {Status.ENROLLED, Status.WAITING, Status.CAME},
        Status.CAME: {Status.ENROLLED, Status.LEFT},
    }
    BEGINS = frozenset({Status.ENROLLED, Status.WAITING, Status.CAME})

    access = Own(
        append=False,
        also={"select": (*EVERYBODY, SEATS), "insert": (SEATS,), "update": (SEATS,)},
        also_if={
            "select": LISTED_OR_MINE,
            "insert": f"asked_at = {NOW} and status_at = {NOW}",
        },
        changes=("status", "status_by", "status_at", "seat", "asked_by", "asked_at"),
    )

    # Made of the session and of whoever it is: the same person is there once.
    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True)  # somebody of the programme
    organisation_id = models.UUIDField(null=True)  # for which they are there
    environment = models.CharField(max_length=32, blank=True)  # of somebody from outside
    region = models.CharField(max_length=32, blank=True, db_default="")  # theirs, if they say it
    language = models.CharField(max_length=2)
    seat = models.PositiveSmallIntegerField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()  # those who wait are taken in this order

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="sessions_one_a_seat"),
            models.CheckConstraint(
                condition=Q(status="ENROLLED", seat__isnull=False)
                | Q(status__in=["WAITING", "LEFT"], seat=None)
                | Q(status="CAME"),
                name="sessions_enrolled_has_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(
                    user_id__isnull=False, organisation_id__isnull=False, environment="", region=""
                )
                | Q(user_id=None, organisation_id=None) & ~Q(environment=""),
                name="sessions_from_here_or_outside",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="sessions_enrolment_user")]

    def __str__(self) -> str:
        return self.status

    @property
    def stands(self) -> str:
        return str(self.Status(self.status).label)


class Outsider(Lockable):
    """Who somebody from outside is: a name for the list, a way of reaching them for practical words
    only, from where they come. Under a key of their own, forgotten as the region says."""

    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    ABOUT_NOBODY: ClassVar[bool] = True  # nobody whom the programme accompanies
    KEEP: ClassVar[str] = "training_list"  # code of the region’s retention rule
    KEPT_FROM: ClassVar[str] = "ends_at"
    access = Roles(
        also={"select": EVERYBODY, "insert": ("visitor", *EVERYBODY)},
        also_if={"select": LISTED, "insert": f"agreed_at = {NOW}"},
    )

    id = models.UUIDField(primary_key=True)  # the enrolment’s own
    session_id = models.UUIDField()
    ends_at = models.DateTimeField()  # of the session
    agreed_at = models.DateTimeField()  # to be on the list
    name = LockedText()
    reach = LockedText()
    organisation = LockedText()

    class Meta:
        indexes = [models.Index(fields=["session_id"], name="sessions_outsider_session")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id


class CostLine(models.Model):
    """What a session costs, of one kind; the newest stands. For the coordination alone."""

    class Cost(models.TextChoices):
        ROOM = "ROOM", _("Room")
        TEACHING = "TEACHING", _("Teaching")
        MATERIALS = "MATERIALS", _("Materials")
        MEALS = "MEALS", _("Meals")
        TRAVEL = "TRAVEL", _("Travel")
        OTHER = "OTHER", _("Other costs")

    access = Roles(
        also=dict.fromkeys(("select", "insert"), (Role.COORDINATOR.value,)),
        also_if={
            "select": AT_OUR_DESK,
            "insert": f"written_by = {ME} and written_at = {NOW} and {AT_OUR_DESK}",
        },
    )

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Cost)
    cents = models.PositiveIntegerField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind
