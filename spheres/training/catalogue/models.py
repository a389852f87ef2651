"""What is kept of what the programme teaches? Topics that the region’s files name, what serves to
teach them, and who teaches them.

Nothing here speaks of anybody whom the programme accompanies; all who work in it read all of it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import service
from spheres.core.words import OfRegion

LOADER: Final = "service:loader"
TEACHING: Final = (Role.COORDINATOR, Role.TRAINER)
EVERYBODY: Final = tuple(sorted(Role.values))
MINE: Final = "written_by = (select access.actor()) and written_at = (select access.moment())"
OURS: Final = "organisation_id = (select access.organisation())"
# Each speaks in their own name; the coordination, in that of nobody: of an organisation.
IN_WHOSE_NAME: Final = (
    "case when outside = '' then trainer_id = (select access.actor()) "
    "else (select access.holds('{coordinator}')) end"
)


def is_whole_address(said: str) -> bool:
    """Closed on its way, and without a password in it."""
    try:
        parts = urlsplit(said) if said.isprintable() and " " not in said else None
    except ValueError:  # brackets that are not closed
        return False
    if parts is None:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


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

    # The yearly offer is shown on the public site.
    access = OfRegion(
        append=False,
        also={"select": (LOADER, "visitor"), **dict.fromkeys(("insert", "update"), (LOADER,))},
    )

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    part_of = models.SlugField(blank=True)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    is_recommended = models.BooleanField(default=False)
    # Followed, for whoever wishes, by individual coaching (S-147).
    offers_coaching = models.BooleanField(default=False, db_default=False)
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


class Material(models.Model):
    """One version of what serves to teach a topic: its title, its language, its day, its link.

    A version never changes; a better one is another version, and the older ones stay. Somebody
    keeps it on the pages, or the region’s files bring it.
    """

    access = OfRegion(
        append=False,
        also={"select": (LOADER,), "insert": (*TEACHING, LOADER)},
        also_if={"insert": MINE},
    )

    id = models.UUIDField(primary_key=True)
    material_id = models.UUIDField()  # its first version’s own
    version = models.PositiveSmallIntegerField()
    topic = models.SlugField()
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=Language)
    dated_on = models.DateField()
    address = models.URLField(max_length=300)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address__startswith="https://"), name="catalogue_material_is_closed"
            ),
            models.UniqueConstraint(
                fields=["material_id", "version"], name="catalogue_one_material_a_version"
            ),
        ]
        indexes = [models.Index(fields=["topic"], name="catalogue_material_of")]

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"

    @property
    def is_of_files(self) -> bool:
        return self.written_by == service("loader").user_id


class Trainer(models.Model):
    """What somebody teaches: said by that person, or, of a collaborator from outside, said by the
    coordination, which names the organisation and nobody there.

    The newest stands. Without a topic, it says that one teaches no more.
    """

    class Reach(models.TextChoices):
        HERE = "HERE", _("In this region")
        ELSEWHERE = "ELSEWHERE", _("In other regions")
        ONLINE = "ONLINE", _("Online")

    access = OfRegion(
        append=False,
        also={"insert": EVERYBODY},
        also_if={"insert": f"{MINE} and {OURS} and {IN_WHOSE_NAME}"},
    )

    id = models.UUIDField(primary_key=True)
    trainer_id = models.UUIDField()  # who teaches; of an organisation, its first row’s own
    outside = models.CharField(max_length=160, blank=True)
    topics = ArrayField(models.SlugField())
    languages = ArrayField(models.CharField(max_length=2))
    reaches = ArrayField(models.CharField(max_length=12))
    organisation_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["trainer_id"], name="catalogue_trainer_who")]

    def __str__(self) -> str:
        return str(self.trainer_id)

    @property
    def said_languages(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]

    @property
    def said_reaches(self) -> list[str]:
        return [str(self.Reach(code).label) for code in self.reaches]


class Confirmation(models.Model):
    """The coordination confirms what somebody said that they teach; said anew, it waits again."""

    access = OfRegion(append=False, also={"insert": (Role.COORDINATOR,)}, also_if={"insert": MINE})

    id = models.UUIDField(primary_key=True)
    said = models.ForeignKey(Trainer, models.PROTECT, related_name="+")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["said"], name="catalogue_confirmed_once")]

    def __str__(self) -> str:
        return str(self.said_id)
