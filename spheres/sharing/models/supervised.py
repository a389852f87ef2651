"""Which notes of a file may one supervisor read, for one meeting, and until when?"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from spheres.core.words import FileSection
from spheres.sharing.models.pieces import BESIDE_HER, ME, NOW_TAKEN_BACK
from spheres.vault.models import Kind as Class

# Brought at most a week before; over two hours after the longest of meetings.
AT_MOST: Final = timedelta(days=8)


class Supervised(models.Model):
    """A worker brings notes of one file to one supervisor of her organisation, for one meeting.

    It opens nothing of the file: a frozen copy of the chosen notes bears its number. It ends by
    itself soon after the meeting; taken back, it is over at the next statement (ADR notes brought
    to supervision).
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REGISTER, "file_id")
    ENDS_ONCE: ClassVar[str] = "withdrawn_at"
    access = FileSection(
        "relation",
        by="brought_by",
        adds=f"{BESIDE_HER} and file_id = any((select access.readable_notes_files())::uuid[]) "
        f"and organisation_id = (select access.organisation()) and user_id <> {ME} "
        "and withdrawn_at is null",
        amend=True,
        changes=("withdrawn_at", "withdrawn_by"),
        becomes=NOW_TAKEN_BACK,
        dated="brought_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    organisation_id = models.UUIDField()  # of both, and the holder of the file
    user_id = models.UUIDField()  # the one supervisor who reads
    brought_by = models.UUIDField()
    brought_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("brought_at"))
                & Q(ends_at__lte=F("brought_at") + AT_MOST),
                name="sharing_supervised_is_short",
            ),
            models.CheckConstraint(
                condition=~Q(user_id=F("brought_by")), name="sharing_supervised_by_another"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="sharing_supervised_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "ends_at"], name="sharing_supervised_to"),
            models.Index(fields=["file_id"], name="sharing_supervised_file"),
        ]

    def __str__(self) -> str:
        return str(self.id)
