"""What is kept of a passage: her words for the end, the letter to her, whether it still fits?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.vault.models import LockedText


class WordsForTheEnd(Kept):
    """What she would like to be told, or not, the day it stops. Said early; the newest stands."""

    access = FileSection("summary", by="written_by")

    words = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Letter(Kept):
    """What is written to her, and what she says, when a follow-up closes together. Kept as is."""

    access = FileSection("summary", by="written_by")

    letter = LockedText()
    her_words = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Fit(Kept):
    """Her answer to «does this still fit?» (S-182). It never ends anything by itself."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, it still fits")
        REVIEW = "review", _("To look at again together")
        NOT_ASKED = "not_asked", _("Not the moment to ask")

    access = FileSection("summary", by="written_by")

    answer = models.CharField(max_length=12, choices=Answer)
    her_words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="passages_fit_newest")]

    def __str__(self) -> str:
        return self.answer
