"""What is kept of an activity, which is about nobody; of who comes along; of what it was for her?

Three things that nothing joins: an activity of the organisation, a list that is gone the next day,
and a page of her own file. Nobody reads from one file who else was there.
"""

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import FileSection, OfOrganisation, Own, Roles, held
from spheres.participants.models import Kept
from spheres.records.models import Pen, Record, RecordStatus, Serves
from spheres.sharing.rules import STEPS
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

EXPIRY: Final = "service:expiry"
WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
# Who plans what the organisation offers, and who keeps a list when something happened.
PLANNERS: Final = (*WORKERS, Role.TEAM_LEAD)
KEEPERS: Final = (Role.PRIVACY_OFFICER, Role.COORDINATOR)

ME = "(select access.actor())"
NOW = "(select access.moment())"


# Of this organisation: the other table's own row security says so.
HERE = "activity_id in (select a.id from activities_activity a)"
# Offered together with us, by the very organisation whose it is.
GUESTS = (
    "(select g.activity_id, g.host_id from activities_guest g "
    "where g.organisation_id = (select access.organisation()))"
)
AS_GUESTS = f"{GUESTS} and {held(*PLANNERS, *KEEPERS)}"
# A card is of the very agreement whose number it bears.
AS_AGREED = (
    "(id, file_id, user_id) in (select g.id, g.file_id, g.user_id from sharing_along g "
    "where g.withdrawn_at is null)"
)
KEPT = "exists (select from activities_hold h where h.activity_id = {} and h.ended_at is null)"
KEPT_ON = KEPT.format("activities_seat.activity_id")
ALONG = f"activity_id in (select c.activity_id from activities_companion c where c.user_id = {ME})"  # noqa: S608 -- every name is ours
SEEN = f"({ALONG} and (goes_at > {NOW} or {KEPT_ON}))"
OVER = f"(goes_at <= {NOW} and {held(EXPIRY)})"
OF_MINE = f"file_id = any((select access.readable_{STEPS}_files())::uuid[])"
TO_ADD = f"file_id = any((select access.appendable_{STEPS}_files())::uuid[])"
CARD_OVER = f"(goes_at <= {NOW} and {held(EXPIRY)})"
SEAT_KEPT = f"seat_id in (select s.id from activities_seat s where {KEPT.format('s.activity_id')})"  # noqa: S608 -- ours


class Activity(models.Model):
    """Something the organisation offers: a kind, a day, a kind of place, a cost. About nobody.

    Offered together with another organisation, those who plan there see it too.
    """

    access = OfOrganisation(
        adds=f"planned_by = {ME} and {held(*PLANNERS)}",
        named=f"(id, organisation_id) in {AS_GUESTS}",
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    # Codes of the region's vocabularies; an idea begins with its kind.
    kind = models.CharField(max_length=16)
    idea = models.CharField(max_length=40)
    place = models.CharField(max_length=16, blank=True)
    budget_line = models.CharField(max_length=16, blank=True)
    is_group = models.BooleanField(default=True)
    held_on = models.DateField()
    hour = models.TimeField(null=True)
    planned_by = models.UUIDField()
    planned_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-held_on"], name="activities_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ActivityStatus(StatusRow):
    """What became of it, what it cost, and how many came: a number, nobody."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        HELD = "HELD", _("Took place")
        CALLED_OFF = "CALLED_OFF", _("Called off")

    MOVES = {
        Status.PLANNED: {Status.HELD, Status.CALLED_OFF},
        Status.HELD: {Status.PLANNED},
        Status.CALLED_OFF: {Status.PLANNED},
    }
    access = OfOrganisation(
        adds=f"{held(*PLANNERS)} and {HERE}",
        amend=True,
        amends=held(*PLANNERS),
        named=f"(activity_id, organisation_id) in {AS_GUESTS}",
    )

    activity = models.OneToOneField(
        Activity, models.PROTECT, primary_key=True, related_name="standing"
    )
    organisation_id = models.UUIDField()
    cents = models.PositiveIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.status


class Guest(models.Model):
    """Another organisation with which an activity is offered: its workers come along too.

    Each brings their own people, and sees of the others a number.
    """

    access = OfOrganisation(
        column="host_id",
        # Of another's activity, a row that says so opens nothing: see AS_GUESTS.
        adds=f"invited_by = {ME} and {held(*PLANNERS)} "
        "and organisation_id = any((select access.recipients())::uuid[]) "
        "and organisation_id <> (select access.organisation())",
        named="organisation_id = (select access.organisation())",
    )

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    host_id = models.UUIDField()
    organisation_id = models.UUIDField()
    invited_by = models.UUIDField()
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation_id"], name="activities_guest_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Companion(models.Model):
    """A worker who comes along, of an organisation that offers it."""

    access = OfOrganisation(adds=f"user_id = {ME} and {held(*WORKERS)} and {HERE}", named=HERE)

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "user_id"], name="activities_along_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Hold(models.Model):
    """Something happened: the list of this activity is kept until it is let go."""

    access = OfOrganisation(
        adds=f"held_by = {ME} and {held(*KEEPERS)} and {HERE}",
        amend=True,
        changes=("ended_at", "ended_by"),
        amends=held(*KEEPERS),
        named=HERE,
        also={"select": (EXPIRY,)},
    )

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    organisation_id = models.UUIDField()
    reason = models.CharField(max_length=16)  # a code of the vocabulary `hold_reasons`
    held_by = models.UUIDField()
    held_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=models.Q(ended_at=None), name="activities_held_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Seat(models.Model):
    """One place on the list: a number, a size, a food need, no name. Gone the next day.

    The workers who come along read it, and nobody else; the service of expiry deletes it, unless
    the list is kept.
    """

    access = Roles(
        also={
            "select": (*WORKERS, EXPIRY),
            "insert": WORKERS,
            "delete": (*WORKERS, EXPIRY),
        },
        also_if={
            "select": f"({SEEN} or {OVER})",
            "insert": f"{ALONG} and goes_at > {NOW}",
            "delete": f"(({SEEN} or {OVER}) and not {KEPT_ON})",
        },
    )

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    food = models.CharField(max_length=16, blank=True)
    size = models.CharField(max_length=16, blank=True)
    goes_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Attendance(models.Model):
    """Who sits there: a row of her own file, that says a place and nothing else; gone with it.

    It names no activity: whoever does not come along finds nothing that joins two of these.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        STEPS,
        by="added_by",
        also={"select": (EXPIRY,), "delete": (*WORKERS, EXPIRY)},
        also_if={
            "select": f"goes_at <= {NOW}",
            # Whoever put her on the list takes her off; the next day, expiry does. Never when kept.
            "delete": f"(added_by = {ME} or goes_at <= {NOW} and {held(EXPIRY)}) "
            f"and not {SEAT_KEPT}",
        },
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    seat_id = models.UUIDField()
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    goes_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seat_id"], name="activities_seated")]

    def __str__(self) -> str:
        return str(self.id)


class Card(Lockable):
    """What she says for one outing, to the one worker of another organisation she agreed to.

    The name she is called by, and what she wants known that day. That worker reads it on that day
    alone; those who walk with her, until it goes with the list. It bears the number of her
    agreement (`sharing.Along`), and the place on the list, not the activity.
    """

    KIND: ClassVar[Class] = Class.FOLLOW_UP
    IN_HER_CHAIN: ClassVar[bool] = True
    access = Own(
        append=False,
        opens="id = any((select access.along_now())::uuid[])",
        also={
            "select": (*WORKERS, EXPIRY),
            "insert": WORKERS,
            "delete": (*WORKERS, EXPIRY),
        },
        also_if={
            "select": f"({OF_MINE} or {CARD_OVER})",
            "insert": f"{TO_ADD} and written_by = {ME} and goes_at > {NOW} and {AS_AGREED}",
            "delete": f"(written_by = {ME} or {CARD_OVER}) and not {SEAT_KEPT}",
        },
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    seat_id = models.UUIDField()
    user_id = models.UUIDField()  # who reads it that day
    name = LockedText()
    needs = LockedText()
    contact = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    goes_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["seat_id"], name="activities_card_of"),
            models.Index(fields=["file_id"], name="activities_card_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Participation(Serves, Record):
    """What an activity is for her: her intention first. It names no activity, nor who else came."""

    access = FileSection(STEPS, by="written_by")

    kind = models.CharField(max_length=16)
    idea = models.CharField(max_length=40)
    pen = models.CharField(max_length=8, choices=Pen, default=Pen.TOGETHER)
    held_on = models.DateField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # The first of those that it corrects: what she said of it hangs on that one.
    first_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="activities_part_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def root(self) -> UUID:
        """The identifier on which what she said of it hangs."""
        return self.first_id or self.id


class ParticipationStatus(RecordStatus):
    access = FileSection(STEPS, amend=True)

    record = models.OneToOneField(
        Participation, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status


class Feedback(Kept):
    """How it was: a face with its word, and her words. Never added up."""

    class Face(models.TextChoices):
        GLAD = "GLAD", _("I was glad")
        CALM = "CALM", _("It did me good")
        SO_SO = "SO_SO", _("So-so")
        TIRED = "TIRED", _("It was tiring")
        NOT_ME = "NOT_ME", _("It was not for me")
        UNSAID = "UNSAID", _("I would rather not say")

    access = FileSection(STEPS, by="written_by")

    record = models.ForeignKey(Participation, models.PROTECT, related_name="feedback")
    face = models.CharField(max_length=8, choices=Face)
    her_words = LockedText()
    # What she found she can do, in her words; she may add it to her strengths.
    found = LockedText()

    def __str__(self) -> str:
        return self.face


class Authorisation(Kept):
    """What the law and the activity ask of a minor, and who gave it. Her safety comes first."""

    class Asked(models.TextChoices):
        NOTHING = "NOTHING", _("Nothing")
        HERS = "HERS", _("The person’s own signature")
        PARENT = "PARENT", _("A signature of whoever has parental authority")

    class Given(models.TextChoices):
        HERSELF = "HERSELF", _("By the person")
        BY_PARENT = "BY_PARENT", _("By a parent or tutor, whom the person chose to ask")
        EXCEPTION = "EXCEPTION", _("Nobody was asked: it would put the person in danger")
        OTHER_WAY = "OTHER_WAY", _("Not needed: another way was found together")

    access = FileSection(STEPS, by="written_by")

    record = models.ForeignKey(Participation, models.PROTECT, related_name="authorisations")
    asked = models.CharField(max_length=8, choices=Asked)
    given = models.CharField(max_length=12, choices=Given)
    given_on = models.DateField()
    line = LockedText()

    def __str__(self) -> str:
        return self.given
