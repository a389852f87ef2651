"""Who sits on a committee, when does it meet, and what is brought to it, about whom?

The words of what is brought stand above (`partners/committees`), locked. What opens them, and who
steps out, is a matter of the rule table: it is here.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import FileSection, If, Members, OfItem
from spheres.vault.models import Kind as Class

EVERYBODY: Final = tuple(sorted(Role.values))
ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"
AT_THE_DESK: Final = "(select access.at_the_desk())"
STILL_HELD: Final = "cancelled_at is null"


class CommitteeMember(models.Model):
    """A person sits on a committee for an organisation, from a day to a day.

    Whoever changes organisation is named anew: the line that ended stays, with its dates.
    """

    access = Members(
        ("SITTING",),
        append=False,
        # The programme’s coordination names who sits, and ends it.
        amend=True,
        changes=("ended_at", "ended_by"),
        also=dict.fromkeys(("select", "insert", "update"), (Role.COORDINATOR,)),
        also_if={
            "select": AT_THE_DESK,
            "insert": f"{AT_THE_DESK} and named_by = {ME} and named_at = {NOW} "
            "and ended_at is null and access.may_sit(user_id, organisation_id, is_chair)",
            "update": AT_THE_DESK,
        },
        also_becomes=f"ended_at = {NOW} and ended_by = {ME}",
    )

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    is_chair = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sharing_committeemember_ended_by_whom",
            ),
            models.UniqueConstraint(
                fields=["committee_id", "user_id", "organisation_id"],
                condition=Q(ended_at__isnull=True),
                name="sharing_committeemember_once",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="sharing_committeemember_who")]

    def __str__(self) -> str:
        return str(self.id)


class CommitteeMeeting(models.Model):
    """A committee meets, on a day, at an hour, in a kind of place: never an address.

    Whoever may bring something to it knows of it; its chair calls it and moves it, or says that it
    is not held: it then stays, so that nobody waits for it, and nothing is opened by it any more.
    """

    class Place(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("In person")
        REMOTE = "REMOTE", _("By video")
        BOTH = "BOTH", _("In person and by video")

    access = Members(
        ("BRINGING",),
        adds=(
            If(
                ("CHAIRING",),
                f"called_by = {ME} and called_at = {NOW} and moved_at is null "
                "and cancelled_at is null",
            ),
        ),
        amend=True,
        amends=(
            If(
                ("CHAIRING",),
                STILL_HELD,
                f"{STILL_HELD} and moved_by = {ME} and moved_at = {NOW}",
            ),
            If(("CHAIRING",), STILL_HELD, f"cancelled_by = {ME} and cancelled_at = {NOW}"),
        ),
        changes=(
            "held_on",
            "starts_at",
            "ends_at",
            "place",
            "moved_by",
            "moved_at",
            "times_moved",
            "cancelled_by",
            "cancelled_at",
        ),
    )

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    # The day it is held, where the region lives: what was agreed for a meeting is for that day.
    held_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=12, choices=Place)
    called_by = models.UUIDField()
    called_at = models.DateTimeField()
    moved_by = models.UUIDField(null=True)
    moved_at = models.DateTimeField(null=True)
    # A calendar keeps the newest that it is told: each change has its number.
    times_moved = models.PositiveSmallIntegerField(db_default=0)
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # Called with others, at the rhythm of the committee: which ones, every how many months, and for
    # which moment at first. A calendar shows them as one thing that comes back, whatever is moved.
    series_id = models.UUIDField(null=True)
    called_for_at = models.DateTimeField(null=True)
    months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(series_id=None, called_for_at=None, months=None)
                | Q(series_id__isnull=False, called_for_at__isnull=False, months__gte=1),
                name="sharing_committeemeeting_comes_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="sharing_committeemeeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(moved_at__isnull=True, moved_by__isnull=True)
                | Q(moved_at__isnull=False, moved_by__isnull=False),
                name="sharing_committeemeeting_moved_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="sharing_committeemeeting_cancelled_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["committee_id", "starts_at"], name="sharing_committeemeeting_of")
        ]

    def __str__(self) -> str:
        return str(self.id)


class CommitteeItem(StatusRow):
    """Something is brought to a meeting: a subject, a vignette without a name, or somebody who
    agrees to be spoken of.

    Where it stands; its words are elsewhere. Whoever it is closed to reads no row of it.
    """

    class Mode(models.TextChoices):
        SUBJECT = "SUBJECT", _("A subject")
        VIGNETTE = "VIGNETTE", _("A vignette, without a name")
        CONSENT = "CONSENT", _("With the person’s agreement")

    class Status(models.TextChoices):
        ASKED = "ASKED", _("Asked for")
        PLACED = "PLACED", _("On the agenda")
        HELD = "HELD", _("Talked about")
        TAKEN_BACK = "TAKEN_BACK", _("Taken off")

    MOVES = {
        Status.ASKED: {Status.PLACED, Status.TAKEN_BACK},
        Status.PLACED: {Status.HELD, Status.TAKEN_BACK},
        Status.HELD: set(),
        Status.TAKEN_BACK: set(),
    }

    access = OfItem(
        ("OPEN", "CHAIRING", "BROUGHT"),
        column="id",
        amend=True,
        amends=(
            If(("CHAIRING",), "true", f"status_by = {ME}"),
            If(("BROUGHT",), "true", f"status = 'TAKEN_BACK' and status_by = {ME}"),
        ),
        changes=("position", "minutes", "status", "status_by", "status_at"),
        also={"insert": EVERYBODY},
        # To a meeting of that committee; of somebody, to a clinical one alone.
        also_if={
            "insert": f"written_by = {ME} and organisation_id = (select access.organisation()) "
            "and status = 'ASKED' and position is null "
            "and committee_id = any((select access.committees('{BRINGING}'))::uuid[]) "
            "and access.may_bring(meeting_id, committee_id, mode)",
        },
    )

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    meeting_id = models.UUIDField()
    mode = models.CharField(max_length=12, choices=Mode)
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["meeting_id"], name="sharing_committeeitem_meeting"),
            models.Index(fields=["written_by"], name="sharing_committeeitem_who"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return str(self.Status(self.status).label)


class ItemAbout(models.Model):
    """Of which file an item speaks: marked by whoever brings it, read by nobody else.

    The database asks it who steps out, and shows it to no one (the item bears the same identifier).
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = FileSection(
        "relation",
        author="marked_by",
        by="marked_by",
        adds="id = any((select access.items('{BROUGHT}'))::uuid[])",
        dated="marked_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    marked_by = models.UUIDField()
    marked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="sharing_itemabout_file")]

    def __str__(self) -> str:
        return str(self.id)


class Presentation(models.Model):
    """She was spoken of, with her agreement: the day, who was there, by which agreements. No words.

    A line of her register. The database writes it when the chair says that it was talked about; the
    chair does not read it.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    access = FileSection("legal", append=False)

    id = models.UUIDField(primary_key=True)  # the item’s own
    file_id = models.UUIDField()
    committee_id = models.UUIDField()
    held_on = models.DateField()
    organisations = ArrayField(models.UUIDField())
    disclosures = ArrayField(models.UUIDField())
    presented_by = models.UUIDField()
    presented_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="sharing_presentation_file")]

    def __str__(self) -> str:
        return str(self.id)
