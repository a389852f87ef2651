"""What is kept of asking for a psychotherapy: what she approved, and the days of it?

Asking is hers: it hangs on a consent of hers to the partner, whose identifier it bears, and is read
there as long as that consent lives. Her worker reads days alone: never why, never how it goes.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, Roles
from spheres.participants.models import File, Kept
from spheres.sharing.rules import LEGAL, WORKERS
from spheres.vault.models import LockedText

THERE: Final = (Role.PSYCHOTHERAPIST,)
# Of a file whose legal part one reads; or agreed with oneself, as long as that lives.
ASKED: Final = "id = any((select access.asked_for())::uuid[])"
AGREED: Final = "{column} = any((select access.agreed_now())::uuid[])"


class TherapyRequest(Kept):
    """The summary she approved word for word, for the psychotherapists of one partner."""

    access = Roles(
        also={"select": (*sorted(WORKERS), *THERE), "insert": tuple(sorted(WORKERS))},
        also_if={
            "select": ASKED,
            "insert": f"written_by = (select access.actor()) and {ASKED} "
            "and file_id = any((select access.appendable_legal_files())::uuid[])",
        },
        dated="written_at",
    )

    summary = LockedText()
    # She agreed that, if they say yes, a file of their own begins there with her.
    opens_there = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["file"], name="therapy_requests_of_file")]

    def __str__(self) -> str:
        return str(self.id)


class TherapyRequestDay(models.Model):
    """A day of it, said by a psychotherapist there; said anew, the last one stands. No author: who
    said it is in the journal of whoever did."""

    class What(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("Accepted")
        FIRST = "FIRST", _("First appointment")
        ENDED = "ENDED", _("Ended")
        DECLINED = "DECLINED", _("Not possible here")

    access = FileSection(
        LEGAL,
        append=False,
        also={"select": THERE, "insert": THERE},
        also_if={
            "select": AGREED.format(column="request_id"),
            "insert": AGREED.format(column="request_id")
            + " and file_id = any((select access.readable_identity_files())::uuid[])",
        },
    )

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    request = models.ForeignKey(TherapyRequest, models.PROTECT, related_name="days")
    what = models.CharField(max_length=8, choices=What)
    on = models.DateField()
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "said_at"], name="therapy_requests_days")]

    def __str__(self) -> str:
        return str(self.id)
