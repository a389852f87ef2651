"""What is kept when a worker withdraws? Who, when, who is with her for now; never why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from spheres.accounts.models import Role
from spheres.core.words import FileSection, Roles
from spheres.participants.models import File
from spheres.sharing.rules import RELATION
from spheres.vault.models import Kind

LEADS = (Role.TEAM_LEAD.value, Role.COORDINATOR.value)
WORKERS = (Role.YOUTH_WORKER.value, Role.PROFESSIONAL_SUPPORT.value)
HERE = "(select access.organisation())"


class Withdrawal(models.Model):
    """A worker withdrew from a file; those who walk with her know it, and not why."""

    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.FOLLOW_UP, "file_id")
    access = FileSection(RELATION, by="withdrew_by", dated="withdrew_at")

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    withdrew_by = models.UUIDField()
    withdrew_at = models.DateTimeField()
    # The colleague who is with her for now, when nobody else was.
    goes_on_with = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Notice(models.Model):
    """Somebody whom a worker accompanied needs someone else: told to leads, and nothing of whom.

    One for the team lead's organisation, one for the desk: each stands until it is seen to there.
    It holds no identifier of a person.
    """

    access = Roles(
        changes=("settled_by", "settled_at"),
        also={"select": LEADS, "insert": WORKERS, "update": LEADS},
        also_if={
            "select": f"told_to = {HERE}",
            "insert": f"told_to = any(array[{HERE}, (select access.desk())]) "
            "and worker_id = (select access.actor()) and settled_at is null",
            "update": f"told_to = {HERE} "
            "and coalesce(settled_by, (select access.actor())) = (select access.actor())",
        },
        dated="told_at",
    )

    id = models.UUIDField(primary_key=True)
    told_to = models.UUIDField()  # an organisation
    worker_id = models.UUIDField()
    told_at = models.DateTimeField()
    is_with_someone = models.BooleanField()
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True, settled_at__isnull=True)
                | models.Q(settled_by__isnull=False, settled_at__isnull=False),
                name="withdrawals_notice_settled_by_someone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["told_at", "id"],
                condition=models.Q(settled_at__isnull=True),
                name="withdrawals_notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
