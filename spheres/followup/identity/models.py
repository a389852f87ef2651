"""What is kept of her belonging to First Nations or Inuit, when she wants it written?"""

from __future__ import annotations

from django.db import models

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.vault.models import LockedText


class Belonging(Kept):
    """Her nations, in her words. No page shows them: they open by an act of their own.

    Not in the section of her name, which whoever answers for her worker, or receives her, reads:
    only those who walk with her have this one. It is theirs to read and to add to, where a stand-in
    adds to the notes; and what belonging opens, it opens by law.
    """

    access = FileSection("legal", by="written_by")

    nations = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="identity_belonging_newest")]

    def __str__(self) -> str:
        return str(self.id)
