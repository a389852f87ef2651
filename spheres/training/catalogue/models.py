"""What is kept of what the programme teaches? Topics that the region’s files name, and their parts.

Nothing here speaks of anybody whom the programme accompanies; all who work in it read all of it.
"""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.words import OfRegion

LOADER: Final = "service:loader"


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Topic(models.Model):
    """One thing that is taught (S-133 to S-147), or a part of one.

    `valid_months` is how long one training in it holds; 0 when it does not lapse. One that leaves
    the region’s files is offered no more, and stays, with what was taught under its name.
    """

    class Kind(models.TextChoices):
        INITIAL = "INITIAL", _("Initial training")
        ONGOING = "ONGOING", _("Ongoing training")
        REFRESHER = "REFRESHER", _("Refresher")

    access = OfRegion(
        append=False,
        also={"select": (LOADER, "visitor"), "insert": (LOADER,), "update": (LOADER,)},
    )

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    part_of = models.SlugField(blank=True)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    is_recommended = models.BooleanField(default=False)
    title_fr = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    aims_fr = ArrayField(models.CharField(max_length=200))
    aims_en = ArrayField(models.CharField(max_length=200))
    minutes = models.PositiveSmallIntegerField()
    after = ArrayField(models.SlugField())
    languages = ArrayField(models.CharField(max_length=2))
    valid_months = models.PositiveSmallIntegerField()
    is_shown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(part_of=models.F("slug")), name="catalogue_topic_not_its_own"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=15), name="catalogue_topic_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def aims(self) -> list[str]:
        return list(self.aims_en if get_language() == "en" else self.aims_fr)

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def minutes_more(self) -> int:
        return self.minutes % 60

    @property
    def said_languages(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]
