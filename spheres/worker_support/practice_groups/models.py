"""What is kept of practising together? A group, its members, its sessions, who comes: no note.

What somebody keeps of a session for herself is an own note, which nobody else reads.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own, Roles
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY
from spheres.vault.models import Kind, Lockable, LockedText

EVERYBODY: Final = tuple(sorted(Role.values))
ME, NOW = "(select access.actor())", "(select access.moment())"
IS_EXPIRY: Final = f"(select access.holds('{{{EXPIRY}}}'))"
MY_GROUPS: Final = "array(select s.group_id from practice_groups_practiceseat s)"
OF_MY_GROUPS: Final = f"group_id = any({MY_GROUPS})"
OF_THEIR_SESSIONS: Final = (
    "session_id = any(array(select s.id from practice_groups_practicesession s))"
)


def or_expiry(condition: str) -> str:
    return f"true = any(array[{condition}, {IS_EXPIRY}])"


class PracticeGroup(Lockable):
    """Colleagues of any partner who practise together. All who work in the programme see that it
    is there, and may join it; who is in it and when it meets, its members alone."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True
    ENDS_ONCE: ClassVar[str] = "ended_at"
    KEEP: ClassVar[str] = "practice_group"  # code of the region's retention rule
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY), "insert": EVERYBODY, "update": EVERYBODY,
            "delete": (EXPIRY,),
        },
        also_if={
            "insert": f"opened_by = {ME} and ended_at is null",
            "update": f"id = any({MY_GROUPS})",
        },
        also_becomes=f"ended_by = {ME} and ended_at = {NOW}",
        dated="opened_at",
        changes=("ended_by", "ended_at"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    theme = models.CharField(max_length=40)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    title = LockedText()
    about = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="practice_groups_ended_by_whom",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id


class PracticeSeat(models.Model):
    """That I am in a group: seen by me alone, and what opens that group to me."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Own(
        adds=f"{OF_MY_STAY} and (select access.is_staff())",
        opens=OF_MY_STAY,
        dated="joined_at",
        remove=True,
        also={"select": (EXPIRY,), "delete": (EXPIRY,)},
    )

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(PracticeGroup, models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "stay_id"], name="practice_groups_one_seat")
        ]

    def __str__(self) -> str:
        return str(self.id)


class PracticeMember(models.Model):
    """Who is in a group, for those who are in it. Whoever leaves it leaves no trace."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY),
            "insert": EVERYBODY,
            "delete": (*EVERYBODY, EXPIRY),
        },
        also_if={
            "select": or_expiry(OF_MY_GROUPS),
            "insert": f"user_id = {ME} and {OF_MY_STAY} and {OF_MY_GROUPS}",
            "delete": or_expiry(f"user_id = {ME}"),
        },
        dated="joined_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the seat
    group = models.ForeignKey(PracticeGroup, models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class PracticeSession(Lockable):
    """When a group meets, how and where: for its members."""

    class Way(models.TextChoices):
        TOGETHER = "TOGETHER", _("Face to face")
        VIDEO = "VIDEO", _("By video")
        BOTH = "BOTH", _("Face to face and by video")

    KIND: ClassVar[Kind] = Kind.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True
    ENDS_ONCE: ClassVar[str] = "cancelled_at"
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY), "insert": EVERYBODY, "update": EVERYBODY,
            "delete": (EXPIRY,),
        },
        also_if={
            "select": or_expiry(OF_MY_GROUPS),
            "insert": f"planned_by = {ME} and {OF_MY_GROUPS} and starts_at > {NOW} "
            "and cancelled_at is null",
            "update": f"{OF_MY_GROUPS} and starts_at > {NOW}",
        },
        also_becomes=f"cancelled_by = {ME} and cancelled_at = {NOW}",
        dated="planned_at",
        changes=("cancelled_by", "cancelled_at"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(PracticeGroup, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    planned_by = models.UUIDField()
    planned_at = models.DateTimeField()
    cancelled_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    about = LockedText()  # what it is about
    place = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="practice_groups_cancelled_by_whom",
            )
        ]
        indexes = [models.Index(fields=["group", "starts_at"], name="practice_groups_when")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.group_id


class PracticeComing(models.Model):
    """Who says that she comes: said by herself, taken back without a trace."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY),
            "insert": EVERYBODY,
            "delete": (*EVERYBODY, EXPIRY),
        },
        also_if={
            "select": or_expiry(OF_THEIR_SESSIONS),
            "insert": f"user_id = {ME} and {OF_MY_STAY} and {OF_THEIR_SESSIONS}",
            "delete": or_expiry(f"user_id = {ME}"),
        },
        dated="said_at",
    )

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(PracticeSession, models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    stay_id = models.UUIDField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "stay_id"], name="practice_groups_comes_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
