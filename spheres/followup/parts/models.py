"""What is kept of the part that each partner takes for a person?"""

from __future__ import annotations

from typing import Final

from django.db import models

from spheres.core.words import FileSection, Roles
from spheres.participants.models import Kept
from spheres.sharing.rules import ACCOMPANYING, NOTES
from spheres.vault.models import LockedText

LONGEST: Final = 300


class Part(Kept):
    """What one organisation does for her, as it was said one day; the highest number stands.

    Never rewritten: what changes is another row, of the same part. It says which organisations are
    around her: so it stands with the notes, which no other organisation ever reads, whatever she
    shares with it (ADR page of rights).
    """

    access = FileSection(NOTES, by="written_by")

    part_id = models.UUIDField()  # the same for all that was said of one part
    number = models.PositiveSmallIntegerField()
    organisation_id = models.UUIDField()
    since_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    # The day she was asked whether to share with them, while she thinks about it.
    asked_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # Of the police, nothing is written unless she named them herself.
    is_named_by_her = models.BooleanField(default=False)
    # What was said there of it since, when they read it: found with the page, never kept here.
    there: OwnPart | None = None
    is_read_there = False

    person = LockedText()  # who there, and what they are in charge of
    what = LockedText()
    next_step = LockedText()

    class Meta:
        constraints = [
            # Two workers write at once: one is first, the other sees both texts.
            models.UniqueConstraint(
                fields=["file", "part_id", "number"], name="parts_one_text_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.number}"


class OwnPart(Kept):
    """What a partner reads of its own part, once her worker shows it, with her; and what is said
    there of what comes next.

    Never rewritten: the newest that her worker wrote says whether it is shown, and what; what the
    partner said after it is its next step, and nothing else.
    """

    access = Roles(
        also={"select": tuple(sorted(ACCOMPANYING)), "insert": tuple(sorted(ACCOMPANYING))},
        also_if={
            "select": "id = any((select access.own_parts())::uuid[])",
            "insert": "written_by = (select access.actor()) and case when is_from_there "
            "then is_shown and length(what) = 0 and since_on is null and organisation_id = "
            "(select access.organisation()) and access.says_next(file_id, part_id, number) "
            # Whoever answers for a colleague adds to the notes, and shows nothing to a partner.
            "else file_id = any((select access.appendable_notes_files())::uuid[]) "
            "and file_id = any((select access.readable_notes_files())::uuid[]) end",
        },
    )

    part_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    organisation_id = models.UUIDField()
    is_shown = models.BooleanField()
    is_from_there = models.BooleanField(default=False)
    since_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    what = LockedText()
    next_step = LockedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "part_id", "number"], name="parts_own_one_text_a_number"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id"], name="parts_own_of")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.number}"
