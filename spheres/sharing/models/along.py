"""Whom of another organisation did she let read what she says for one outing, that day alone?"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from spheres.core.words import FileSection
from spheres.sharing.models.pieces import BESIDE_HER, NOW_TAKEN_BACK
from spheres.sharing.models.said_by_her import Consent, Form
from spheres.vault.models import Kind as Class

# A day, and the hour more of the one on which clocks go back.
A_DAY: Final = timedelta(hours=25)


class Along(models.Model):
    """She agrees that one worker of another organisation, who comes along on an outing, reads what
    she says for that day: nothing of her file.

    Asked by her own worker, for that day alone; taken back, it is over at the next statement. What
    she says is a card that goes with the list of the day (ADR outings-together).
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    ENDS_ONCE: ClassVar[str] = "withdrawn_at"
    access = FileSection(
        "relation",
        by="taken_by",
        adds=f"{BESIDE_HER} and organisation_id = any((select access.recipients())::uuid[]) "
        "and organisation_id <> (select access.organisation()) and withdrawn_at is null "
        "and access.may_answer(user_id, organisation_id)",
        amend=True,
        changes=("withdrawn_at", "withdrawn_by"),
        becomes=NOW_TAKEN_BACK,
        dated="taken_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()  # the one worker there who reads it
    giver = models.CharField(max_length=12, choices=Consent.Giver)
    form = models.CharField(max_length=12, choices=Form)
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + A_DAY),
                name="sharing_along_is_one_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="sharing_along_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "ends_at"], name="sharing_along_to"),
            models.Index(fields=["file_id"], name="sharing_along_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)
