"""What is kept of a hand-over: that she was told, what she wants, what two colleagues say of it?"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import FileSection, Own
from spheres.participants.models import Kept
from spheres.sharing.rules import ACCOMPANYING, HANDED_FACES, RELATION
from spheres.vault.models import Kind as Class
from spheres.vault.models import LockedText

# What she may let pass, face by face; who walks with her always passes.
MAY_PASS: Final = tuple(face for face in HANDED_FACES if face != RELATION)


class Passing(Kept):
    """She was told, by her worker, that somebody else will walk with her: the day, her words."""

    access = FileSection("summary", by="written_by")

    told_on = models.DateField()
    her_words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="handing_over_newest")]

    def __str__(self) -> str:
        return str(self.id)


class PassingStatus(StatusRow):
    """Where it stands. She may change her mind as long as they have not met."""

    class Status(models.TextChoices):
        TOLD = "TOLD", _("Told")
        DECIDED = "DECIDED", _("Decided")
        MET = "MET", _("They have met")

    MOVES = {
        Status.TOLD: {Status.DECIDED, Status.MET},
        Status.DECIDED: {Status.DECIDED, Status.MET},
        Status.MET: set(),
    }
    access = FileSection("summary", amend=True)

    passing = models.OneToOneField(
        Passing, models.PROTECT, primary_key=True, related_name="standing"
    )
    file_id = models.UUIDField()

    def __str__(self) -> str:
        return self.status


class Choice(Kept):
    """What she wants next, in her words; the newest stands, those before stay readable."""

    class Way(models.TextChoices):
        COLLEAGUE = "COLLEAGUE", _("Somebody of the team walks with them")
        NOBODY_YET = "NOBODY_YET", _("Nobody yet")
        BREAK = "BREAK", _("A break")
        WRITING = "WRITING", _("In writing only")
        STOPS = "STOPS", _("They stop here, door open")

    access = FileSection("summary", by="written_by", dated="written_at")

    passing = models.ForeignKey(Passing, models.PROTECT, related_name="choices")
    way = models.CharField(max_length=12, choices=Way)
    to_user_id = models.UUIDField(null=True)
    faces = ArrayField(models.CharField(max_length=12), default=list)
    her_words = LockedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(MAY_PASS)),
                name="handing_over_only_what_may_pass",
            ),
            # Nothing passes to nobody.
            models.CheckConstraint(
                condition=Q(to_user_id__isnull=False) | Q(faces=[]),
                name="handing_over_passes_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.way


class Relay(models.Model):
    """What one colleague tells another of a hand-over: that it is hers, that she cannot. Not a word
    about the person; each reads the lines addressed to her, and nobody else does.
    """

    class Kind(models.TextChoices):
        GIVEN = "GIVEN", _("Handed over")
        DECLINED = "DECLINED", _("Declined")

    class Reason(models.TextChoices):
        FULL = "FULL", _("I cannot accompany one more person well")
        AWAY = "AWAY", _("I leave, or will be away")
        ANOTHER = "ANOTHER", _("Somebody else would suit them better")
        UNSAID = "UNSAID", _("I would rather not say")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = Own(
        also={"insert": tuple(sorted(ACCOMPANYING))},
        # In her own name, to a colleague, of a person she walks with, or who is handed to her.
        also_if={
            "insert": "from_user_id = (select access.actor()) "
            "and user_id = any((select access.colleagues())::uuid[]) "
            "and file_id = any((select access.readable_relation_files())::uuid[])"
        },
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    from_user_id = models.UUIDField()
    file_id = models.UUIDField()
    handed_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "handed_id"], name="handing_over_relay_who"),
            models.Index(fields=["file_id"], name="handing_over_relay_file"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
