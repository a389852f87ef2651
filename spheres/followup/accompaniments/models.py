"""What is kept of an accompaniment: towards what, what to bring, each step, and what leaves?"""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.records.models import Pen, Record, RecordStatus, Serves
from spheres.sharing.rules import STEPS
from spheres.vault.models import LockedText


class Accompaniment(Serves, Record):
    """Proceedings she asked to be accompanied in: her words, where, what for, what to bring."""

    access = FileSection(STEPS, by="written_by")

    kind = models.CharField(max_length=16)  # a code of `accompaniment_kinds`
    # A resource of the directory, public and named, never followed by the database: it stays when
    # the directory changes. Any other place is a line of text.
    resource_id = models.UUIDField(null=True)
    pen = models.CharField(max_length=8, choices=Pen, default=Pen.TOGETHER)
    # The urgent need that it answers: another folder's row, named and never followed.
    urgent_need_id = models.UUIDField(null=True)
    # The first of those that it corrects: steps and what leaves hang on that one.
    first_id = models.UUIDField(null=True)
    organisation = LockedText()
    aim = LockedText()
    papers = LockedText()  # one a line
    ask_for = LockedText()  # a counter or a part, never a name
    travel = LockedText()
    next_step = LockedText()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="accompaniments_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def root(self) -> UUID:
        """The identifier on which its steps hang."""
        return self.first_id or self.id


class AccompanimentStatus(RecordStatus):
    access = FileSection(STEPS, amend=True)

    record = models.OneToOneField(
        Accompaniment, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status


class Course(StatusRow):
    """Where it stands. Nothing is late, and nothing set aside is lost: it may be taken up again."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("To come")
        GOING_ON = "GOING_ON", _("Still going on")
        OBTAINED = "OBTAINED", _("Obtained")
        SET_ASIDE = "SET_ASIDE", _("Set aside by the person")
        REFUSED = "REFUSED", _("Refused by the organisation")
        OTHER = "OTHER", _("Ended otherwise")

    MOVES = {
        Status.PLANNED: {
            Status.GOING_ON, Status.OBTAINED, Status.SET_ASIDE, Status.REFUSED, Status.OTHER,
        },
        Status.GOING_ON: {Status.OBTAINED, Status.SET_ASIDE, Status.REFUSED, Status.OTHER},
        # A refusal is asked again, what was set aside is taken up again, papers are renewed.
        Status.OBTAINED: {Status.GOING_ON},
        Status.SET_ASIDE: {Status.GOING_ON},
        Status.REFUSED: {Status.GOING_ON},
        Status.OTHER: {Status.GOING_ON},
    }  # fmt: skip
    access = FileSection(STEPS, amend=True)

    record = models.OneToOneField(
        Accompaniment, models.PROTECT, primary_key=True, related_name="course"
    )
    file_id = models.UUIDField()
    next_on = models.DateField(null=True)  # the day of the next step, when one was said

    class Meta:
        indexes = [models.Index(fields=["status", "file_id"], name="accompaniments_open")]

    def __str__(self) -> str:
        return self.status


class Step(Kept):
    """One step that was taken: her words first, one line, and what comes next."""

    access = FileSection(STEPS, by="written_by")

    record = models.ForeignKey(Accompaniment, models.PROTECT, related_name="steps")
    came_to = models.CharField(max_length=16, choices=Course.Status)
    next_on = models.DateField(null=True)
    her_words = LockedText()
    line = LockedText()
    next_step = LockedText()

    def __str__(self) -> str:
        return self.came_to


class OutgoingReferral(Kept):
    """What she agreed to have told to a resource: to whom, and exactly which lines."""

    class Yes(models.TextChoices):
        HERSELF = "HERSELF", _("The person")
        WITH_TUTOR = "WITH_TUTOR", _("The person, and whoever has parental authority")
        EXCEPTION = "EXCEPTION", _("The person; asking a parent would put them in danger")

    class How(models.TextChoices):
        SAID = "SAID", _("Said aloud")
        WRITTEN = "WRITTEN", _("Written")

    access = FileSection(STEPS, by="written_by")

    record = models.ForeignKey(Accompaniment, models.PROTECT, related_name="referrals")
    agreed_on = models.DateField()
    whose_yes = models.CharField(max_length=12, choices=Yes)
    how = models.CharField(max_length=8, choices=How)
    to_whom = LockedText()
    lines = LockedText()  # one a line: what leaves, and nothing else

    def __str__(self) -> str:
        return str(self.id)


class OutgoingStatus(StatusRow):
    """Agreed to, handed over by the worker herself, answered; or withdrawn before it left."""

    class Status(models.TextChoices):
        AGREED = "AGREED", _("Agreed to, has not left")
        HANDED = "HANDED", _("Handed over")
        ANSWERED = "ANSWERED", _("Came back")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn before it left")

    MOVES = {
        Status.AGREED: {Status.HANDED, Status.WITHDRAWN},
        Status.HANDED: {Status.ANSWERED},
        Status.ANSWERED: set(),
        Status.WITHDRAWN: set(),
    }
    access = FileSection(STEPS, amend=True)

    referral = models.OneToOneField(
        OutgoingReferral, models.PROTECT, primary_key=True, related_name="standing"
    )
    file_id = models.UUIDField()

    def __str__(self) -> str:
        return self.status


class Reply(Kept):
    """What came back: her words first, then one line of the worker's."""

    access = FileSection(STEPS, by="written_by")

    referral = models.ForeignKey(OutgoingReferral, models.PROTECT, related_name="replies")
    her_words = LockedText()
    line = LockedText()

    def __str__(self) -> str:
        return str(self.id)


OPEN = (Course.Status.PLANNED, Course.Status.GOING_ON)
EVENTUAL = (
    Course.Status.GOING_ON,
    Course.Status.OBTAINED,
    Course.Status.SET_ASIDE,
    Course.Status.REFUSED,
    Course.Status.OTHER,
)
