"""What is kept of a list of past trainings? What was understood of it, and how far it has come.

It speaks of those who work with young people, and of nobody whom the programme accompanies. The
list itself is not kept, nor any e-mail address: they serve to recognise people, once. A list that
waits for a word is forgotten after the region's delay; of one that was brought in, no line bears a
name: each leads to the attestation that it became.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import NOBODY
from spheres.core.states import StatusRow
from spheres.core.words import Roles
from spheres.training.catalogue.models import Topic

OUTSIDE: Final = NOBODY  # who was trained and has no account here
SERVICE: Final = "service:past_trainings"  # finds what waits, and reads nothing of anybody
COORDINATOR: Final = (Role.COORDINATOR.value,)
ME, NOW = "(select access.actor())", "(select access.moment())"
IN_LIST: Final = (
    "past_list_id = any(array("
    "select l.id from brought_in_pastlist l where l.status = any({which})))"
)
READ: Final = IN_LIST.format(which="array['READ']")
BECOMING: Final = IN_LIST.format(which="array['READ', 'BRINGING']")
GOING: Final = IN_LIST.format(which="array['READ', 'BRINGING', 'UNDOING']")


class PastList(StatusRow):
    """One list of past trainings: what is wrong in it, by line and column, and where it stands.

    A line that is not understood is left out, and what it held is not kept. `reached` is the last
    line that was handled: whoever takes the list up again goes on from there.
    """

    class Status(models.TextChoices):
        READ = "READ", _("Waits for your word")
        BRINGING = "BRINGING", _("Being brought in")
        BROUGHT = "BROUGHT", _("Brought in")
        UNDOING = "UNDOING", _("Being undone")
        UNDONE = "UNDONE", _("Undone")
        LEFT = "LEFT", _("Set aside")
        FORGOTTEN = "FORGOTTEN", _("Forgotten")

    MOVES = {
        Status.READ: {Status.BRINGING, Status.LEFT, Status.FORGOTTEN},
        Status.BRINGING: {Status.BRINGING, Status.BROUGHT},
        Status.BROUGHT: {Status.UNDOING},
        Status.UNDOING: {Status.UNDOING, Status.UNDONE},
        Status.UNDONE: set(),
        Status.LEFT: set(),
        Status.FORGOTTEN: set(),
    }
    KEEP: ClassVar[str] = "past_list"  # code of the region’s retention rule, while it waits

    access = Roles(
        dated="read_at",
        also={
            "select": (*COORDINATOR, SERVICE),
            "insert": COORDINATOR,
            "update": COORDINATOR,
        },
        also_if={"insert": f"read_by = {ME} and status_at = {NOW} and status = 'READ'"},
        also_becomes=f"status_by = {ME} and status_at <= {NOW}",
        changes=(
            "status", "status_by", "status_at", "organisation_id", "lines", "reached", "done",
            "added", "moved_at",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64)  # of the bytes that were sent: twice the same is said
    size = models.PositiveIntegerField()  # lines of the list, its header apart
    # Line, column and what is wrong there: [[3, "taken_on", "NO_SUCH_DAY"], …].
    faults = models.JSONField()
    organisation_id = models.UUIDField()  # for which whoever brings it in acts
    lines = models.PositiveIntegerField(default=0)  # to be added
    reached = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    read_by = models.UUIDField()
    read_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # when something of it was last written

    class Meta:
        indexes = [models.Index(fields=["digest"], name="brought_in_list_digest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def stands(self) -> str:
        return str(self.Status(self.status).label)

    @property
    def is_moving(self) -> bool:
        return self.status in (self.Status.BRINGING, self.Status.UNDOING)

    @property
    def wrong_lines(self) -> int:
        return len({line for line, _column, _code in self.faults})


class PastAttendance(models.Model):
    """One line that was understood: somebody, a topic, a day; from which environment and region.

    Once added it bears no name: the attestation does, under the same identifier.

    `person` is drawn for each person of the list: it is the same on two lines when they are of one
    person. `id` is that of the attestation it becomes. While it is not said which day is meant,
    `other_on` is the other one; while it is not said whether one name is one person, `alike` is
    the same on each line of that name.
    """

    class Standing(models.TextChoices):
        NEW = "NEW", _("To be added")
        KNOWN = "KNOWN", _("Known already")
        TWICE = "TWICE", _("Twice in the list")
        ADDED = "ADDED", _("Added")

    access = Roles(
        also=dict.fromkeys(("select", "insert", "update", "delete"), COORDINATOR),
        also_if={
            "insert": f"{READ} and user_id <> {ME} and taken_on <= (select access.today())",
            "update": BECOMING,
            "delete": GOING,
        },
        changes=(
            "taken_on", "other_on", "person", "alike", "standing", "name", "organisation",
        ),
    )  # fmt: skip

    id = models.UUIDField(primary_key=True)
    past_list = models.ForeignKey(PastList, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # its line in the list
    person = models.UUIDField()
    alike = models.UUIDField(null=True)
    user_id = models.UUIDField()
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    environment = models.CharField(max_length=32)
    region = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2)
    topic = models.SlugField()
    kind = models.CharField(max_length=12, choices=Topic.Kind)
    minutes = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    other_on = models.DateField(null=True)
    standing = models.CharField(max_length=5, choices=Standing)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["past_list", "number"], name="brought_in_one_row_a_line"
            ),
            models.CheckConstraint(
                condition=(Q(user_id=OUTSIDE) & ~Q(standing="ADDED") & ~Q(name=""))
                | ((~Q(user_id=OUTSIDE) | Q(standing="ADDED")) & Q(name="", organisation="")),
                name="brought_in_named_only_outside",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
