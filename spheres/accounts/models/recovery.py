"""What is kept when a person has lost every device and every code, and two people vouch for her?"""

from __future__ import annotations

from collections.abc import Set
from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models.people import DOORKEEPER
from spheres.core.states import StatusRow
from spheres.core.words import Own

# Her account stands still for a day: time for its owner to see, and to say no.
DELAY: Final = timedelta(hours=24)
# How long each hand has: to vouch, then to give the link once the day has passed.
PATIENCE: Final = timedelta(hours=72)


class Recovery(models.Model):
    """New devices for an account whose owner lost all, asked in person. Never changed.

    Its owner may read that it was asked; the two who vouch see it through the doorkeeper.
    """

    access = Own(append=False, also=dict.fromkeys(("select", "insert"), (DOORKEEPER,)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    # Where the first person looks after accounts: its managers are told.
    organisation_id = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    seen_on = models.DateField()
    # Who else has seen her, named from the start: nobody gathers a second voice at large.
    second_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_recovery_user")]

    def __str__(self) -> str:
        return str(self.id)


class RecoveryStatus(StatusRow):
    """Where a recovery stands; the doorkeeper alone reads and moves it."""

    class Status(models.TextChoices):
        ASKED = "ASKED", _("Waits for the second person")
        VOUCHED = "VOUCHED", _("Waits for a day to pass")
        HANDED_OVER = "HANDED_OVER", _("The link was handed over")
        USED = "USED", _("Done")
        STOPPED = "STOPPED", _("Stopped")
        LAPSED = "LAPSED", _("Ended by itself")

    MOVES: ClassVar[dict[str, Set[str]]] = {
        Status.ASKED: {Status.VOUCHED, Status.STOPPED, Status.LAPSED},
        Status.VOUCHED: {Status.HANDED_OVER, Status.STOPPED, Status.LAPSED},
        Status.HANDED_OVER: {Status.USED, Status.STOPPED, Status.LAPSED},
        Status.USED: set(),
        Status.STOPPED: set(),
        Status.LAPSED: set(),
    }
    OPEN = (Status.ASKED, Status.VOUCHED, Status.HANDED_OVER)

    access = Own(
        column="recovery_id",
        append=False,
        also=dict.fromkeys(("select", "insert", "update"), (DOORKEEPER,)),
    )

    recovery = models.OneToOneField(
        Recovery, models.PROTECT, primary_key=True, related_name="standing"
    )
    vouched_by = models.UUIDField(null=True)
    vouched_at = models.DateTimeField(null=True)
    vouched_seen_on = models.DateField(null=True)
    # When it ends by itself, if nobody goes on.
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.status
