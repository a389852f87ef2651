"""What is kept of somebody who was asked whether a partner may answer, and needs nobody to?"""

from __future__ import annotations

from django.db import models

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.sharing.rules import LEGAL


class NoNeed(Kept):
    """She was asked about one absence and needs nobody to answer: so that she is not asked again.

    Once for each absence, whoever asked; no reason is asked or kept.
    """

    access = FileSection(LEGAL, by="written_by", dated="written_at")

    cover_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["cover_id"], name="covering_noneed_cover")]

    def __str__(self) -> str:
        return str(self.id)
