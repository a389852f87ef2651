"""What is kept of her private pages? What her own two numbers alone open, and a day."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from spheres.accounts.models import DOORKEEPER
from spheres.core.words import Own
from spheres.sharing.notebooks import OF_MY_OWN_PAGES
from spheres.vault.models import HersAlone, HerText, Kind

# Whose notebook is given another code in this very moment: nothing opens what the one before did.
ANOTHER_CODE: Final = (
    "file_id = any(array(select k.file_id from sharing_notebookkey k "
    "where k.given_at = (select access.moment())))"
)
LONGEST_TITLE, LONGEST = 80, 4_000
BYTES = 4  # of the longest letter


class OwnPage(HersAlone):
    """A page that she alone opens, from inside her notebook, at the level where she writes.

    It is replaced when she changes it, and nothing of the one before stays. All pages take the same
    room. It goes when she says so, with another code, with her file.
    """

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, "file_id")
    access = Own(
        column="participant_id",
        adds=f"{OF_MY_OWN_PAGES} and given_on is null and version = 1",
        opens=OF_MY_OWN_PAGES,
        amend=True,
        remove=True,
        changes=("title", "text", "version", "written_on", "given_on"),
        also={"select": (DOORKEEPER,), "delete": (DOORKEEPER,)},
        also_if={"select": ANOTHER_CODE, "delete": ANOTHER_CODE},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    participant_id = models.UUIDField()
    title = HerText(room=LONGEST_TITLE * BYTES)
    text = HerText(room=LONGEST * BYTES)
    version = models.PositiveIntegerField(default=1)
    written_on = models.DateField()
    given_on = models.DateField(null=True)  # as it was that day, to her worker

    class Meta:
        indexes = [models.Index(fields=["participant_id"], name="own_pages_hers")]

    def __str__(self) -> str:
        return str(self.id)
