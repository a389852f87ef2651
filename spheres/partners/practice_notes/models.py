"""What is kept of a practice note? Each version whole, and what a committee decided of each.

Nothing here speaks of anybody whom the programme accompanies; all who work in it read all of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion

EVERYBODY: Final = tuple(sorted(Role.values))
MINE: Final = "written_by = (select access.actor()) and written_at = (select access.moment())"
OURS: Final = "organisation_id = (select access.organisation())"
CHAIRED: Final = "committee_id = any((select access.committees('{CHAIRING}'))::uuid[])"
AHEAD: Final = timedelta(days=30)


def read(fr: str, en: str) -> str:
    """The text in the reader's language; in the other when there is none."""
    return (en or fr) if get_language() == "en" else (fr or en)


class Version(models.Model):
    """One version of a note, as somebody proposed it: it never changes.

    It rests on a source, or is said to be practice wisdom: one of the two, always.
    """

    class Basis(models.TextChoices):
        SOURCE = "SOURCE", _("Rests on a source")
        WISDOM = "WISDOM", _("Practice wisdom")

    access = OfRegion(
        append=False, also={"insert": EVERYBODY}, also_if={"insert": f"{OURS} and {MINE}"}
    )

    id = models.UUIDField(primary_key=True)
    note_id = models.UUIDField()  # its first version’s own
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    words_fr = models.TextField()
    words_en = models.TextField()
    basis = models.CharField(max_length=8, choices=Basis)
    source = models.TextField()
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(basis="SOURCE") & ~Q(source="")) | Q(basis="WISDOM", source=""),
                name="practice_notes_source_is_said",
            )
        ]
        indexes = [models.Index(fields=["note_id"], name="practice_notes_note")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def title(self) -> str:
        return read(self.title_fr, self.title_en)

    @property
    def words(self) -> str:
        return read(self.words_fr, self.words_en)


class Ruling(models.Model):
    """What a committee decided of a version; the newest stands. It leans on a decision that the
    committee wrote down, and keeps the view of those who saw it otherwise."""

    class Outcome(models.TextChoices):
        KEPT = "KEPT", _("Approved")
        NOT_KEPT = "NOT_KEPT", _("Not approved")

    access = OfRegion(
        append=False, also={"insert": EVERYBODY}, also_if={"insert": f"{CHAIRED} and {MINE}"}
    )

    id = models.UUIDField(primary_key=True)
    version_id = models.UUIDField()
    committee_id = models.UUIDField()
    decided_id = models.UUIDField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    minority_fr = models.TextField()
    minority_en = models.TextField()
    review_on = models.DateField(null=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="KEPT", review_on__isnull=False)
                | Q(outcome="NOT_KEPT", review_on=None),
                name="practice_notes_kept_is_reviewed",
            )
        ]
        indexes = [models.Index(fields=["version_id"], name="practice_notes_ruled")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.version_id}"

    @property
    def minority(self) -> str:
        return read(self.minority_fr, self.minority_en)

    def is_to_review(self, on: date) -> bool:
        """Whether its day of review came, or comes within a month."""
        return self.review_on is not None and self.review_on <= on + AHEAD
