"""What is kept of a life plan: dreams, goals, small steps, traces; and what a worker does for her?

Nothing is rewritten: what is said otherwise is another row, and the newest stands. Nothing is ever
late and nothing fails: it is on its way, there, or set aside for now.
"""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.records.models import Pen, Record, RecordStatus
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES, PLAN, STEPS
from spheres.vault.models import LockedText

DOMAINS: Final = "plan_domains"  # a vocabulary of the region


class Idea(models.TextChoices):
    """Whose idea it was."""

    HERS = "HERS", _("My own idea")
    TOGETHER = "TOGETHER", _("An idea found together")
    WORKER = "WORKER", _("The worker’s idea")
    OTHER = "OTHER", _("Somebody else’s idea")
    UNKNOWN = "UNKNOWN", _("Not said")


class Aim(Record):
    """A dream, which has no deadline; or a goal, which is in her plan once she agreed to it."""

    class Kind(models.TextChoices):
        DREAM = "DREAM", _("A dream")
        GOAL = "GOAL", _("A goal")

    access = FileSection(PLAN, by="written_by")

    kind = models.CharField(max_length=8, choices=Kind)
    # The first saying of it, whatever was said otherwise since: steps and traces hold on to it.
    root_id = models.UUIDField()
    # The dream a goal goes towards, by its first saying.
    dream = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # A code of the region's vocabulary; nothing said is nothing kept.
    domain = models.CharField(max_length=24, blank=True)
    idea = models.CharField(max_length=8, choices=Idea)
    agreed_on = models.DateField(null=True)
    pen = models.CharField(max_length=8, choices=Pen)
    line = LockedText()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="life_plan_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="GOAL") | models.Q(agreed_on__isnull=False),
                name="life_plan_goal_agreed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_dream(self) -> bool:
        return self.kind == self.Kind.DREAM

    @property
    def kind_label(self) -> str:
        return str(self.Kind(self.kind).label)

    @property
    def idea_label(self) -> str:
        return str(Idea(self.idea).label)

    @property
    def pen_label(self) -> str:
        return str(Pen(self.pen).label)

    @property
    def domain_label(self) -> str:
        return regions.label(DOMAINS, self.domain) if self.domain else ""


class AimStatus(RecordStatus):
    access = FileSection(PLAN, amend=True)

    record = models.OneToOneField(Aim, models.PROTECT, primary_key=True, related_name="standing")

    def __str__(self) -> str:
        return self.status


class Course(StatusRow):
    """Where a dream or a goal is. What is set aside is taken up again whenever she wants."""

    class Status(models.TextChoices):
        ALIVE = "ALIVE", _("On its way")
        REACHED = "REACHED", _("It is there")
        SET_ASIDE = "SET_ASIDE", _("Set aside for now")

    MOVES = {
        Status.ALIVE: {Status.REACHED, Status.SET_ASIDE},
        Status.REACHED: {Status.ALIVE},
        Status.SET_ASIDE: {Status.ALIVE},
    }
    access = FileSection(PLAN, amend=True)

    aim = models.OneToOneField(Aim, models.PROTECT, primary_key=True, related_name="course")
    file_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="life_plan_course_of_file")]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)


class Step(Kept):
    """A small step towards a dream or a goal. Its day, if she wants one, is never a deadline."""

    access = FileSection(STEPS, by="written_by")

    aim = models.ForeignKey(Aim, models.PROTECT, related_name="steps")  # its first saying
    meant_on = models.DateField(null=True)
    idea = models.CharField(max_length=8, choices=Idea)
    # The needs it is for besides, by their codes (ADR links); nothing said is nothing kept.
    needs = ArrayField(models.CharField(max_length=40), null=True)
    line = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="life_plan_steps_of_file")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def idea_label(self) -> str:
        return str(Idea(self.idea).label)


class StepStatus(StatusRow):
    """Proposed, chosen, done, set aside; each in one press, and taken back in one."""

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", _("Proposed")
        CHOSEN = "CHOSEN", _("Chosen")
        DONE = "DONE", _("Done")
        SET_ASIDE = "SET_ASIDE", _("Set aside for now")

    MOVES = {
        Status.PROPOSED: {Status.CHOSEN, Status.DONE, Status.SET_ASIDE},
        Status.CHOSEN: {Status.PROPOSED, Status.DONE, Status.SET_ASIDE},
        # Pressed by mistake.
        Status.DONE: {Status.CHOSEN},
        Status.SET_ASIDE: {Status.PROPOSED, Status.CHOSEN},
    }
    BEGINS = frozenset({Status.PROPOSED, Status.CHOSEN})
    access = FileSection(STEPS, amend=True)

    step = models.OneToOneField(Step, models.PROTECT, primary_key=True, related_name="standing")
    file_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["status", "file_id"], name="life_plan_step_standing")]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)


class Trace(Kept):
    """What was done, in her words if she has some: of a step, or by itself."""

    access = FileSection(STEPS, by="written_by")

    aim = models.ForeignKey(Aim, models.PROTECT, related_name="traces")  # its first saying
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="traces")
    done_on = models.DateField()
    pen = models.CharField(max_length=8, choices=Pen)
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-done_on"], name="life_plan_traces_of_file")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def pen_label(self) -> str:
        return str(Pen(self.pen).label)


class Task(Kept):
    """Something a worker does about her, on their own side: never in her plan."""

    access = FileSection(NOTES, by="written_by")

    worker_id = models.UUIDField()
    line = LockedText()

    class Meta:
        indexes = [models.Index(fields=["worker_id"], name="life_plan_task_of_worker")]

    def __str__(self) -> str:
        return str(self.id)


class TaskStatus(StatusRow):
    class Status(models.TextChoices):
        OPEN = "OPEN", _("To do")
        DONE = "DONE", _("Done")
        DROPPED = "DROPPED", _("No longer needed")

    MOVES = {
        Status.OPEN: {Status.DONE, Status.DROPPED},
        Status.DONE: {Status.OPEN},
        Status.DROPPED: {Status.OPEN},
    }
    access = FileSection(NOTES, amend=True)

    task = models.OneToOneField(Task, models.PROTECT, primary_key=True, related_name="standing")
    file_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["status", "file_id"], name="life_plan_task_standing")]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)
