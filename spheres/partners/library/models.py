"""What is kept of the library? Works that the region’s files name, and links looked at by hand.

Nothing here speaks of anybody whom the programme accompanies; all who work in it read all of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import OfRegion

LOADER: Final = "service:loader"
# Those who see to what others read.
LOOKING: Final = (
    Role.COORDINATOR, Role.RESEARCH_OFFICER, Role.TRAINER, Role.TEAM_LEAD, Role.CLINICAL_DIRECTOR,
    Role.PROFESSIONAL_SUPPORT,
)  # fmt: skip
MINE: Final = "checked_by = (select access.actor()) and checked_at = (select access.moment())"
HALF_A_YEAR: Final = timedelta(days=182)


class Theme(models.TextChoices):
    """What a work is about."""

    EXPLOITATION = "EXPLOITATION", _("Sexual exploitation")
    TRAUMA = "TRAUMA", _("Trauma")
    CHANGE = "CHANGE", _("Change")
    HARM = "HARM", _("Harm reduction")
    PARTNERS = "PARTNERS", _("Working together")
    WORKERS = "WORKERS", _("Those who do this work")
    PREVENTION = "PREVENTION", _("Prevention")


class Component(models.TextChoices):
    """For which component of the programme it serves."""

    CONCERTED = "CONCERTED", _("Concerted action and mobilization")
    TRAINING = "TRAINING", _("Partner training")
    AWARENESS = "AWARENESS", _("Awareness and promotion")
    SUPPORT = "SUPPORT", _("Support for youth workers")
    FOLLOW_UP = "FOLLOW_UP", _("Individual psychosocial follow-up")


class Evidence(models.TextChoices):
    """What kind of ground it gives: said, never scored."""

    SYNTHESIS = "SYNTHESIS", _("Draws together several studies")
    STUDY = "STUDY", _("One study")
    THEORY = "THEORY", _("Theory, or handbook of an approach")
    GUIDE = "GUIDE", _("Guide or tool made by those who do the work")
    REPORT = "REPORT", _("Public report")


class Language(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Work(models.Model):
    """One work: its exact citation, what kind of ground it gives, and what it is of use for here.

    One that leaves the region’s files is shown no more, and stays, with what was noted of it.
    """

    access = OfRegion(append=False, also=dict.fromkeys(("select", "insert", "update"), (LOADER,)))

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    citation = models.TextField()
    evidence = models.CharField(max_length=12, choices=Evidence)
    languages = ArrayField(models.CharField(max_length=2))
    themes = ArrayField(models.CharField(max_length=16))
    components = ArrayField(models.CharField(max_length=16))
    about_fr = models.CharField(max_length=400)
    about_en = models.CharField(max_length=400)
    is_shown = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def about(self) -> str:
        return self.about_en if get_language() == "en" else self.about_fr

    @property
    def said_themes(self) -> list[str]:
        return [str(Theme(code).label) for code in self.themes]

    @property
    def said_components(self) -> list[str]:
        return [str(Component(code).label) for code in self.components]

    @property
    def said_languages(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]


class LinkCheck(models.Model):
    """Somebody opened an address themselves, on a day, and says whether the work was there.

    The newest stands. This server asks nothing of any other.
    """

    access = OfRegion(append=False, also={"insert": LOOKING}, also_if={"insert": MINE})

    id = models.UUIDField(primary_key=True)
    work_id = models.UUIDField()
    address = models.URLField(max_length=300)
    opens = models.BooleanField()
    checked_by = models.UUIDField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address__startswith="https://"), name="library_link_is_closed"
            )
        ]
        indexes = [models.Index(fields=["work_id"], name="library_link_of")]

    def __str__(self) -> str:
        return str(self.id)

    def is_due(self, on: date) -> bool:
        """Whether nobody has looked for half a year, or the work was no longer there."""
        return not self.opens or self.checked_at.date() <= on - HALF_A_YEAR
