"""What is kept beside a consent: who was there, who gave it for her, by which exception; and that
she said no when it was asked of her alone?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.sharing.models import Form
from spheres.sharing.rules import LEGAL, RELATION
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


class Declined(Kept):
    """Asked of her alone from 14, she does not want what another had agreed to for her: under the
    consent's own identifier. It was over already; from here on it is asked no more."""

    KIND = Kind.REGISTER
    access = FileSection(RELATION, by="written_by", dated="written_at")

    form = models.CharField(max_length=12, choices=Form)

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="consents_declined_of_file")]

    def __str__(self) -> str:
        return str(self.id)
