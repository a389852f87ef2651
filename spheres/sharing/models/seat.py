"""Who is given a seat at one matter of the law about a file: an access request, a legal demand?"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import FileSection
from spheres.participants.models import NOW_ENDED
from spheres.sharing.models.pieces import IS_CLEARED
from spheres.sharing.rules import IDENTITY, SEATED, SITTERS
from spheres.vault.models import Kind as Class

LONGEST: Final = timedelta(days=60)
AS_OFFICER: Final = (Role.PRIVACY_OFFICER,)
AS_SITTER: Final = tuple(sorted(SITTERS))
# A privacy officer of the organisation, never whoever gives the seat; given by those who walk with
# her, who alone change where her file stands. It begins now.
AN_OFFICER: Final = (
    "user_id = any((select access.privacy_officers())::uuid[]) "
    "and user_id <> (select access.actor()) "
    "and file_id = any((select access.amendable_relation_files())::uuid[]) "
    "and starts_at = (select access.moment()) and ended_at is null and narrowed_at is null "
    f"and {IS_CLEARED}"
)
# Whoever sits at a legal demand gives a seat at it to counsel, or to another officer: the second
# person of a production. Never of another file, of more than they read, for longer than they sit.
A_SECOND: Final = (
    "kind = 'DEMAND' and matter_id = any((select access.seated_at('DEMAND'))::uuid[]) "
    "and given_by = (select access.actor()) "
    "and user_id = any((select access.sitters())::uuid[]) "
    "and user_id <> (select access.actor()) "
    "and file_id = any((select access.readable_relation_files())::uuid[]) "
    "and starts_at = (select access.moment()) and ended_at is null and narrowed_at is null "
    f"and access.may_seat(matter_id, file_id, faces::text[], ends_at) and {IS_CLEARED}"
)
# One’s own; of a legal demand at which one sits, all of them.
TO_END: Final = "id = any((select access.seats_to_end())::uuid[])"
NARROWED_OR_ENDED: Final = (
    f"case when ended_at is null then narrowed_at = (select access.moment()) else {NOW_ENDED} end"
)


class Seat(models.Model):
    """A privacy officer reads some sections of one file, for one matter, on the pages made for it.

    Whoever walks with the person gives it: nobody takes a seat alone. At a legal demand, whoever
    sits there gives one to counsel, or to another officer. It ends with its matter, or on its own
    day, and nothing of a psychotherapy is ever read from it.
    """

    class Kind(models.TextChoices):
        REQUEST = "REQUEST", _("An access request")
        DEMAND = "DEMAND", _("A legal demand")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.FOLLOW_UP, "file_id")
    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = FileSection(
        "relation",
        by="given_by",
        adds=AN_OFFICER,
        amend=True,
        changes=("ended_at", "ended_by", "narrowed_at"),
        becomes=NARROWED_OR_ENDED,
        # Whoever sits there sees that they do, and leaves.
        also={"select": AS_SITTER, "insert": AS_OFFICER, "update": AS_OFFICER},
        also_if={
            "select": "user_id = (select access.actor())",
            "insert": A_SECOND,
            "update": TO_END,
        },
        also_becomes=NARROWED_OR_ENDED,
        dated="given_at",
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    user_id = models.UUIDField()
    matter_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    faces = ArrayField(models.CharField(max_length=12))
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Answered, or taken back: from then on it reads who she is, and the matter itself.
    narrowed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__contained_by=list(SEATED)) & Q(faces__contains=[IDENTITY]),
                name="sharing_seat_only_what_may_be_read",
            ),
            models.CheckConstraint(
                condition=~Q(user_id=F("given_by")), name="sharing_seat_is_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST),
                name="sharing_seat_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sharing_seat_ended_by_whom",
            ),
            models.UniqueConstraint(
                fields=["matter_id", "user_id"],
                condition=Q(ended_at__isnull=True),
                name="sharing_seat_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="sharing_seat_who"),
            models.Index(fields=["file_id"], name="sharing_seat_file"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
