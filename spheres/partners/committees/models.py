"""What is kept of a meeting, in words: what was brought, what was noted, what was promised there?

All of it is locked by the committee's own key, and none of it names anybody whom the programme
accompanies. Who reads which of it is a matter of the rule table (`sharing/models/committees.py`).
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.states import StatusRow
from spheres.core.words import If, Members, OfItem
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

EVERYBODY: Final = tuple(sorted(Role.values))
ME: Final = "(select access.actor())"
NOW: Final = "(select access.moment())"
# What one promised stays in sight of whoever promised, unless they must learn nothing of it.
MINE: Final = f"owner_id = {ME} and item_id = any((select access.items('{{UNBARRED}}'))::uuid[])"
# So does what somebody of their organisation promised, of those who lead it, when nobody is named.
OF_MINE_OR_LED: Final = (
    f"item_id = any(case when owner_id = {ME} "
    "then (select access.items('{{UNBARRED}}'))::uuid[] "
    "when {ours} then (select access.items('{{LED}}'))::uuid[] end)"
)
OURS: Final = "organisation_id = (select access.organisation())"
PROMISED_BY_OURS: Final = f"id = any(array(select p.id from committees_promise p where p.{OURS}))"  # noqa: S608 -- ours


class OfCommittee(Lockable):
    """A text of a committee: whoever opens it says so in their own chain, for it names nobody."""

    KIND: ClassVar[Class] = Class.COMMITTEE
    ABOUT_NOBODY: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.committee_id  # type: ignore[attr-defined]


class Brought(OfCommittee):
    """What somebody brings: a question, and the words that it takes to answer. It never changes."""

    access = OfItem(
        ("READING",),
        column="id",
        adds=(If(("BROUGHT",), f"written_by = {ME}"),),
    )

    id = models.UUIDField(primary_key=True)  # the item’s own
    committee_id = models.UUIDField()
    question = LockedText()
    words = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Minutes(OfCommittee):
    """What was noted of an item, whole, each time it is saved; `after` is what its writer had read.

    Two who write at once make two that follow the same one: both are shown, neither is lost, and
    the next one that is saved follows both.
    """

    access = OfItem(
        ("READING",),
        adds=(If(("OPEN", "CHAIRING"), f"written_by = {ME}"),),
    )

    id = models.UUIDField(primary_key=True)
    item_id = models.UUIDField()
    committee_id = models.UUIDField()
    after = ArrayField(models.UUIDField())  # empty: the first ones
    words = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item_id"], name="committees_minutes_item")]

    def __str__(self) -> str:
        return str(self.id)


class Attendance(models.Model):
    """Somebody was there for an item, or was out of the room; the newest line stands."""

    access = OfItem(
        ("CHAIRING",),
        adds=(If(("CHAIRING",), f"noted_by = {ME}"),),
    )

    id = models.UUIDField(primary_key=True)
    item_id = models.UUIDField()
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    is_in = models.BooleanField()
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item_id"], name="committees_attendance_item")]

    def __str__(self) -> str:
        return str(self.id)


class Decided(OfCommittee):
    """What the committee decided of an item, in a sentence. It names nobody, and never changes."""

    access = OfItem(
        ("OPEN", "CHAIRING", "BROUGHT"),
        adds=(If(("CHAIRING",), f"written_by = {ME}"),),
    )

    id = models.UUIDField(primary_key=True)
    item_id = models.UUIDField()
    committee_id = models.UUIDField()
    words = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item_id"], name="committees_decided_item")]

    def __str__(self) -> str:
        return str(self.id)


class Roll(models.Model):
    """Who came to a meeting, seat by seat, and how long it lasted; the newest line stands."""

    access = Members(
        ("SITTING",),
        adds=(If(("CHAIRING",), f"noted_by = {ME} and noted_at = {NOW}"),),
    )

    id = models.UUIDField(primary_key=True)
    committee_id = models.UUIDField()
    meeting_id = models.UUIDField()
    seats = ArrayField(models.UUIDField())
    minutes = models.PositiveSmallIntegerField()
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["meeting_id"], name="committees_roll_meeting")]

    def __str__(self) -> str:
        return str(self.id)


class Promise(OfCommittee):
    """Somebody of an organisation takes something on, for a day."""

    access = OfItem(
        ("OPEN", "CHAIRING", "BROUGHT"),
        adds=(If(("CHAIRING",), f"written_by = {ME}"),),
        also={"select": EVERYBODY},
        also_if={"select": OF_MINE_OR_LED.format(ours=OURS)},
    )

    id = models.UUIDField(primary_key=True)
    item_id = models.UUIDField()
    committee_id = models.UUIDField()
    organisation_id = models.UUIDField()
    owner_id = models.UUIDField()
    words = LockedText()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["item_id"], name="committees_promise_item"),
            models.Index(fields=["owner_id"], name="committees_promise_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PromiseStatus(StatusRow):
    """Where a promise stands: to come, kept, or carried over to another day. Nobody is counted."""

    class Status(models.TextChoices):
        PROMISED = "PROMISED", _("To do")
        CARRIED = "CARRIED", _("Carried over")
        KEPT = "KEPT", _("Done")

    MOVES = {
        Status.PROMISED: {Status.KEPT, Status.CARRIED},
        Status.CARRIED: {Status.KEPT, Status.CARRIED},
        Status.KEPT: set(),
    }

    access = OfItem(
        ("OPEN", "CHAIRING", "BROUGHT"),
        adds=(If(("CHAIRING",), f"status = 'PROMISED' and status_by = {ME}"),),
        amend=True,
        amends=(If(("CHAIRING",), "true", f"status_by = {ME}"),),
        changes=("status", "status_by", "status_at", "due_on"),
        also=dict.fromkeys(("select", "update"), EVERYBODY),
        also_if={"select": OF_MINE_OR_LED.format(ours=PROMISED_BY_OURS), "update": MINE},
        also_becomes=f"status_by = {ME}",
    )

    id = models.UUIDField(primary_key=True)  # the promise’s own
    item_id = models.UUIDField()
    owner_id = models.UUIDField()
    due_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["item_id"], name="committees_promisestatus_item"),
            models.Index(fields=["owner_id"], name="committees_promisestatus_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.id}"

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return str(self.Status(self.status).label)
