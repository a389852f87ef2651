"""What is kept beside a consent: who was there, who gave it for her, by which exception?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.sharing.rules import LEGAL
from spheres.vault.models import Kind, LockedText


class Said(Kept):
    """The words that go with one consent, under its own identifier; a partner never reads them."""

    class Ground(models.TextChoices):
        """Grounds on which a person under 14 shares without a parent (law.md §3.6)."""

        DANGER_FROM_PARENT = "danger_from_parent", _("A parent is a danger to them")
        YOUTH_PROTECTION = "youth_protection", _("Youth protection is involved")
        CLEAR_BENEFIT = "clear_benefit", _("Clearly for their benefit")

    KIND = Kind.REGISTER
    access = FileSection(LEGAL, by="written_by", dated="written_at")

    ground = models.CharField(max_length=24, choices=Ground, blank=True)
    giver = LockedText()  # who gave it, when it is not herself
    witness = LockedText()
    reason = LockedText()  # why the exception applies

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="consents_said_of_file")]

    def __str__(self) -> str:
        return str(self.id)
