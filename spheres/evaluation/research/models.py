"""What is kept of research? Protocols, cards that were handed over, answers, and what left.

Her team hands a card over and never learns the answer; whoever asks reads a code and never learns
who she is. Only the service that makes a table puts the two together, and it keeps no name.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection, OfRegion, Roles, held
from spheres.participants.models import WRITERS
from spheres.sharing.rules import RELATION
from spheres.vault.models import Kind

SERVICE: Final = "service:research"  # makes the tables, and sees who is no longer in them
# Those who ask people, away from their team; none who accompanies people may be one of them.
ASKING: Final = (Role.RESEARCH_OFFICER, Role.RESEARCHER)
# Those who answer a request for a table: another person than the one who asked.
DECIDING: Final = (Role.COORDINATOR, Role.PRIVACY_OFFICER)
LOOKING: Final = (*DECIDING, *ASKING)

ME, NOW = "(select access.actor())", "(select access.moment())"
AT_THE_DESK: Final = "(select access.at_the_desk())"
HERE: Final = "(select access.organisation())"
OUR_DESK: Final = "(select r.desk_organisation_id from regions_region r limit 1)"
MINE: Final = f"select p.id from research_protocol p where p.researcher_id = {ME}"  # noqa: S608 -- ours
OPEN_STUDIES: Final = (
    "select p.id from research_protocol p "
    "where p.ended_at is null and p.ends_on >= (select access.today())"
)
OF_MY_STUDIES: Final = f"select e.id from research_extract e where e.protocol_id in ({MINE})"  # noqa: S608 -- ours


SEES_ALL: Final = held(*DECIDING, Role.RESEARCH_OFFICER, SERVICE)
OF_MINE: Final = f"true = any(array[{SEES_ALL}, protocol_id in ({MINE})])"
EXTRACT_OF_MINE: Final = f"true = any(array[{SEES_ALL}, extract_id in ({OF_MY_STUDIES})])"


class Protocol(models.Model):
    """A study that was approved: what it asks, what it may take, on which papers it rests.

    Every member of the programme reads it: what is taken for research is no secret to anybody.
    """

    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = OfRegion(
        append=False,
        also={
            "select": (SERVICE,), "insert": (Role.COORDINATOR,), "update": (Role.COORDINATOR,),
        },
        also_if={
            "insert": f"{AT_THE_DESK} and written_by = {ME} and written_at = {NOW} "
            "and ended_at is null",
            "update": AT_THE_DESK,
        },
        also_becomes=f"ended_by = {ME} and ended_at = {NOW}",
        changes=("ended_by", "ended_at"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    told_fr = models.TextField()  # what she is told of it, in plain words
    told_en = models.TextField()
    theme = models.CharField(max_length=40)  # of the region's vocabulary `research_themes`
    ethics = models.CharField(max_length=80)  # under which number a committee approved it
    assessment = models.CharField(max_length=80)  # of privacy
    agreement = models.CharField(max_length=80)  # with the holders of the files
    parts = ArrayField(models.CharField(max_length=20))  # of the recipe, that may be taken
    takes_under_14 = models.BooleanField()  # with a parent's yes beside their own
    researcher_id = models.UUIDField()  # the one to whom tables are handed
    starts_on = models.DateField()
    ends_on = models.DateField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="research_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="research_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def told(self) -> str:
        return self.told_en if get_language() == "en" else self.told_fr


class Card(models.Model):
    """A card that her worker handed over: what the study is, and a code. Nothing of her answer."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, "file_id")
    access = FileSection(RELATION, by="written_by", dated="written_at")

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    protocol_id = models.UUIDField()
    digest = models.BinaryField()  # of its code, which is kept nowhere
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["file_id", "-written_at"], name="research_cards_of_file"),
            models.Index(fields=["digest"], name="research_card_of_code"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What somebody said to whoever asked, under the code of a card; the newest stands.

    Nobody reads it: neither who asked, nor her team, nor the coordination. The service counts it.
    """

    class Giver(models.TextChoices):
        HERSELF = "HERSELF", _("They say so themselves, at 14 or over")
        WITH_PARENT = "WITH_PARENT", _("Under 14: a parent agrees, and they do too")

    access = Roles(
        append=False,
        dated="asked_at",
        also={"insert": ASKING},
        also_if={
            "insert": f"asked_by = {ME} and not {held(*WRITERS)} "
            "and access.research_card(digest) <> ''"
        },
    )

    id = models.UUIDField(primary_key=True)
    digest = models.BinaryField()
    agrees = models.BooleanField()
    giver = models.CharField(max_length=12, choices=Giver)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest", "-asked_at"], name="research_answer_newest")]

    def __str__(self) -> str:
        return str(self.id)


class Extract(models.Model):
    """A table that was asked for: by whom, who answered, what was made of it, until when."""

    GOES_ON: ClassVar[tuple[str, ...]] = ("answered_at", "answered_by", "made_at")
    access = Roles(
        append=False,
        also={
            "select": (*LOOKING, SERVICE), "insert": ASKING, "update": (*DECIDING, SERVICE),
        },
        also_if={
            "select": OF_MINE,
            "insert": f"asked_by = {ME} and asked_at = {NOW} and answered_at is null "
            f"and made_at is null and protocol_id in ({OPEN_STUDIES})",
            # Whoever asked answers nothing; what was said is not said anew (a trigger holds it).
            "update": f"true = any(array[{held(SERVICE)} and is_approved, "
            f"{HERE} = {OUR_DESK} and asked_by <> {ME}])",
        },
        also_becomes=f"true = any(array[{held(SERVICE)} and made_at = {NOW}, "
        f"answered_by = {ME} and answered_at = {NOW} and made_at is null])",
        changes=(
            "answered_by", "answered_at", "is_approved", "answer",
            "made_at", "people", "left_out", "smallest", "digest", "expires_on",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(default=False)
    answer = models.CharField(max_length=400, blank=True)  # why not, to whoever asked
    made_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(null=True)  # lines of it
    left_out = models.PositiveIntegerField(null=True)  # who would have been alone of their kind
    smallest = models.PositiveIntegerField(null=True)  # the fewest who are alike in it
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of its table
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("answered_by")) | Q(answered_by=None),
                name="research_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(is_approved=True, answered_at__isnull=False),
                name="research_made_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Table(models.Model):
    """The lines of one extract, while it holds: codes alone. The named researcher takes it away;
    nobody else reads it, and the service destroys it once its day is over."""

    access = Roles(
        append=False,
        also={
            "select": (Role.RESEARCHER, SERVICE), "insert": (SERVICE,), "delete": (SERVICE,),
        },
        also_if={
            "select": f"true = any(array[{held(SERVICE)}, extract_id in ({OF_MY_STUDIES} "
            "and e.expires_on >= (select access.today()))])",
        },
    )  # fmt: skip

    extract = models.OneToOneField(Extract, models.PROTECT, primary_key=True, related_name="+")
    lines = models.JSONField()  # of each person: the line's code, then her codes, as the recipe's

    def __str__(self) -> str:
        return str(self.extract_id)


class Taken(models.Model):
    """Somebody took a table away, that day: the register of what left."""

    access = Roles(
        append=False,
        dated="taken_at",
        also={"select": LOOKING, "insert": (Role.RESEARCHER,)},
        also_if={"select": EXTRACT_OF_MINE, "insert": f"taken_by = {ME} and {EXTRACT_OF_MINE}"},
    )

    id = models.UUIDField(primary_key=True)
    extract = models.ForeignKey(Extract, models.PROTECT, related_name="+")
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Drop(models.Model):
    """A line that is no longer to be used: whoever holds the table takes it out, and says so.

    Why is not said: a no, a refusal, an erasure and a birthday look the same.
    """

    ENDS_ONCE: ClassVar[str] = "done_at"
    access = Roles(
        append=False,
        dated="told_at",
        also={
            "select": (*LOOKING, SERVICE), "insert": (SERVICE,), "update": (Role.RESEARCHER,),
        },
        also_if={"select": EXTRACT_OF_MINE, "update": EXTRACT_OF_MINE},
        also_becomes=f"done_by = {ME} and done_at = {NOW}",
        changes=("done_by", "done_at"),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    extract = models.ForeignKey(Extract, models.PROTECT, related_name="+")
    line = models.CharField(max_length=12)
    told_at = models.DateTimeField()
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "line"], name="research_dropped_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="research_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.line
