"""What is kept of her belonging to First Nations or Inuit, when she wants it written; and which
training does the region suggest to whoever opens it?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.regions.models import LOADED, HelpLine
from spheres.vault.models import LockedText


class Belonging(Kept):
    """Her nations, in her words. No page shows them: they open by an act of their own.

    Not in the section of her name, which whoever answers for her worker, or receives her, reads:
    only those who walk with her have this one. It is theirs to read and to add to, where a stand-in
    adds to the notes; and what belonging opens, it opens by law.
    """

    access = FileSection("legal", by="written_by", dated="written_at")

    nations = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="identity_belonging_newest")]

    def __str__(self) -> str:
        return str(self.id)


class SuggestedTraining(models.Model):
    """A training that the region suggests beside her nations: about nobody, and asked of nobody.

    A catalogue of trainings will take its place.
    """

    access = LOADED

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    title_fr = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    given_by_fr = models.CharField(max_length=120)
    given_by_en = models.CharField(max_length=120)
    length_fr = models.CharField(max_length=60)
    length_en = models.CharField(max_length=60)
    web = models.URLField(blank=True)  # empty: the coordination is asked
    verification = models.CharField(max_length=12, choices=HelpLine.Verification)
    verified_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def given_by(self) -> str:
        return self.given_by_en if get_language() == "en" else self.given_by_fr

    @property
    def length(self) -> str:
        return self.length_en if get_language() == "en" else self.length_fr
