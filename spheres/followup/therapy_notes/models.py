"""What is kept of a psychotherapy: sealed notes, and the days that may be told to others?

A note is read by its author alone (design §10.5). All that anybody else ever learns is a day, when
the person agreed that this day be shown.
"""

from __future__ import annotations

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import FileSection
from spheres.participants.models import File
from spheres.records.models import Record, RecordStatus
from spheres.sharing.rules import SUMMARY, THERAPY
from spheres.vault.models import Kind

OF_HER_THERAPIST = "file_id = any((select access.{verb}able_therapy_files())::uuid[])"


class TherapyNote(Record):
    """One psychotherapy note: never edited, followed by another that says it otherwise."""

    KIND = Kind.THERAPY
    access = FileSection(THERAPY, author="written_by")

    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="therapy_notes_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TherapyNoteStatus(RecordStatus):
    access = FileSection(THERAPY, author="status_by", amend=True)

    record = models.OneToOneField(
        TherapyNote, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status


class TherapyDay(models.Model):
    """A day she came, which she agrees to have shown to whoever reads her summary: a day alone.

    The row is her agreement. Taken back, it is gone: nothing says that there was one.
    """

    access = FileSection(
        SUMMARY,
        append=False,
        also={"insert": (Role.PSYCHOTHERAPIST,), "delete": (Role.PSYCHOTHERAPIST,)},
        also_if={
            "insert": OF_HER_THERAPIST.format(verb="append"),
            "delete": OF_HER_THERAPIST.format(verb="amend"),
        },
    )

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    came_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["file", "-came_on"], name="therapy_notes_days")]

    def __str__(self) -> str:
        return str(self.id)
