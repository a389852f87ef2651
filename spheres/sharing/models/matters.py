"""Who handles a matter that is not (yet) a file's, and who must never see one?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Handlers, If, Own
from spheres.participants.models import NOW_OVER
from spheres.sharing.models.pieces import A_COLLEAGUE, A_WORKER, HERSELF, THE_DESK
from spheres.vault.models import Kind as Class


class Handler(models.Model):
    """A named person or desk of one matter (a referral on offer …), from a moment to a moment.

    A desk is a role in an organisation. A referral's matter is the file it would become.
    """

    class Kind(models.TextChoices):
        DESK = "DESK", _("Desk")  # reads all of the matter
        WATCH = "WATCH", _("Watch")  # reads how it stands, not whom it is about
        OFFERED = "OFFERED", _("Offered")  # reads what an offer shows
        ANSWERS = "ANSWERS", _("Answers")  # reads a question under a code, and answers it
        # Reads all of the matter, as long as the person is accompanied by whoever reads.
        ENTRUSTED = "ENTRUSTED", _("Entrusted")

    # Who was asked about somebody is forgotten with what was said of her.
    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REFERRAL, "matter_id")
    # At which desk a matter stood names nobody: it stays, ended, so that it is still counted there.
    GOES_IF: ClassVar[str] = "user_id is not null"
    access = Handlers(
        column="matter_id",
        kinds=("DESK", "WATCH", "OFFERED", "ENTRUSTED"),
        amend=True,
        changes=("ends_at",),
        only={
            # Nobody gives herself what she has not been given: the desk offers, to a worker;
            # whoever is offered takes on, for herself, and leaves the coordination a watch. What is
            # entrusted follows the person (`handled`): whoever walks with her says who has it now.
            "insert": (
                If(("DESK",), f"kind in ('OFFERED', 'ANSWERS') and {A_WORKER}"),
                If(("OFFERED",), f"kind = 'ENTRUSTED' and {HERSELF}"),
                If(("OFFERED",), f"kind = 'WATCH' and {THE_DESK}"),
                If(("ENTRUSTED",), f"kind = 'ENTRUSTED' and {A_COLLEAGUE}"),
            ),
            # What ends, ends now. Whoever is only offered ends that, for herself.
            "update": (
                If(("DESK", "ENTRUSTED"), "true", NOW_OVER),
                If(("OFFERED",), f"kind = 'OFFERED' and {HERSELF}", NOW_OVER),
            ),
        },
        also={
            "insert": ("visitor",),
            "select": ("service:expiry",),
            "update": ("service:expiry",),
        },
        # A visitor leaves a matter at the region's desk, once; she could open it to a friend.
        also_if={"insert": f"kind = 'DESK' and {THE_DESK}"},
        # So does whoever holds that desk, of what came by voice or by mail: a matter that nobody
        # has, never one that already leads to a file.
        opens=f"kind = 'DESK' and {THE_DESK} and (select access.at_the_desk()) "
        "and access.may_arrive(matter_id)",
    )

    id = models.UUIDField(primary_key=True)
    matter_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    user_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user_id__isnull=False, organisation_id__isnull=True, role="")
                | models.Q(user_id__isnull=True, organisation_id__isnull=False, role__gt=""),
                name="sharing_handler_is_a_person_or_a_desk",
            ),
            # A matter is left at one desk, once: it is not left again at another, nor reopened.
            models.UniqueConstraint(
                fields=["matter_id"],
                condition=models.Q(kind="DESK"),
                name="sharing_handler_one_desk_a_matter",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="sharing_handler_person"),
            models.Index(fields=["organisation_id", "role"], name="sharing_handler_desk"),
            models.Index(fields=["matter_id"], name="sharing_handler_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.matter_id}"


class Conflict(models.Model):
    """A personal link between a worker and a person: beats every grant, for good (design §10.2).

    Declared without a reason; the file is then, for that worker, as if it did not exist. A member
    of a committee says it of an item: the row names the item, and the database adds, unseen, the
    file of which it speaks (`convening.py`).
    """

    # As long as her file stands; that a worker knows her is no longer kept once it was erased.
    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    access = Own(also={}, adds="not is_unseen", opens="not is_unseen")

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    file_id = models.UUIDField()
    declared_at = models.DateTimeField()
    # Of which file an item speaks is shown to nobody, whoever knows the person included.
    is_unseen = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="sharing_conflict_user")]

    def __str__(self) -> str:
        return str(self.id)
