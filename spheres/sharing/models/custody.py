"""Who holds the sealed notes of a psychotherapist who left, died or can no longer act?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own
from spheres.participants.models import NOW_ENDED

HERE = "organisation_id = (select access.organisation())"
NOW_NAMED = "named_by = (select access.actor()) and starts_at = (select access.moment())"
# Of the same profession, in the same organisation; never whoever names her.
OF_THE_PROFESSION = (
    "custodian_id = any((select access.psychotherapists())::uuid[]) "
    "and custodian_id <> (select access.actor()) "
    "and access.may_be_given(custodian_id, (select access.organisation()))"
)
IS_GONE = "author_id <> all((select access.colleagues())::uuid[])"


class Custody(models.Model):
    """A psychotherapist of an organisation holds the notes of a colleague who is there no more.

    The privacy officer names her, on a ground that stays written; the officer reads no note. The
    rule table says what it opens, on pages of its own: nothing as long as the author is there.
    """

    class Ground(models.TextChoices):
        LEFT = "LEFT", _("Left the organisation")
        DIED = "DIED", _("Died")
        UNABLE = "UNABLE", _("Can no longer act")

    AS_OFFICER: ClassVar[tuple[str, ...]] = (Role.PRIVACY_OFFICER,)
    ENDS_ONCE: ClassVar[str] = "ended_at"
    access = Own(
        column="custodian_id",
        append=False,
        changes=("ended_at", "ended_by"),
        also={"select": AS_OFFICER, "insert": AS_OFFICER, "update": AS_OFFICER},
        also_if={
            "select": HERE,
            "insert": f"{HERE} and {NOW_NAMED} and {OF_THE_PROFESSION} and {IS_GONE} "
            "and ended_at is null",
            "update": HERE,
        },
        also_becomes=f"{HERE} and {NOW_ENDED}",
        dated="named_at",
    )

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    author_id = models.UUIDField()  # whose notes
    custodian_id = models.UUIDField()
    ground = models.CharField(max_length=8, choices=Ground)
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(author_id=F("custodian_id"))
                & ~Q(named_by=F("custodian_id"))
                & ~Q(named_by=F("author_id")),
                name="sharing_custody_is_three_persons",
            ),
            # Whoever ends it is named with the moment, and neither stands without the other.
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sharing_custody_ended_by_whom",
            ),
            # Two would each believe that the other answers.
            models.UniqueConstraint(
                fields=["organisation_id", "author_id"],
                condition=Q(ended_at__isnull=True),
                name="sharing_custody_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["custodian_id"], name="sharing_custody_by")]

    def __str__(self) -> str:
        return str(self.id)
