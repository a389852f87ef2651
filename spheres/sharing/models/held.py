"""What forbids to destroy what was written, and what keeps it forbidden?

A hold, placed and ended by the database alone (`holding.py`); what a model above says of a matter
that placed one, and of what waits to be answered (ADR retention, ADR legal-demands).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.sharing.models.keeping import OFFICER
from spheres.sharing.models.pieces import said_once
from spheres.vault.models import Kind, Lockable, LockedText

# Who ends a hold that the privacy officer asks to end; until it is asked, they know of none.
RELEASERS: Final = (Role.COUNSEL, Role.ORGANISATION_MANAGER, Role.PRIVACY_OFFICER)
KNOWN = "id = any((select access.holds_known())::uuid[])"


@dataclass(frozen=True)
class KeepsHeld:
    """What a model above says, as `keeps_held`, of the matters that placed a hold: as long as such
    a row is there, the hold cannot end (`holding.py`).

    `row` is SQL of that row, with {hold}; `reads`, the columns it looks at, and no others.
    """

    row: str
    reads: tuple[str, ...]


@dataclass(frozen=True)
class WaitsHere:
    """What a model above says, as `waits_here`, of what a court or an office demands and nobody has
    answered: as long as it waits, nothing is destroyed of a file with which nobody walks, for
    nobody can say whether it is about that person (`reviewing.py`).

    `organisations` is SQL of those where something waits; `reads`, the columns it looks at, table
    by table, and no others.
    """

    organisations: str
    reads: Mapping[str, tuple[str, ...]]


class Hold(models.Model):
    """A legal hold: nothing of this file is destroyed as long as it lasts, whoever decided it.

    Said by the privacy officer, ended by two people, and known to nobody else: what others see of
    the file is the same as without it.
    """

    class Ground(models.TextChoices):
        SUBPOENA = "SUBPOENA", _("A subpoena")
        WARRANT = "WARRANT", _("A warrant, or a production order")
        PROTECTION = "PROTECTION", _("A request of youth protection")
        CORONER = "CORONER", _("A coroner")
        OVERSIGHT = "OVERSIGHT", _("An oversight body")
        CLAIM = "CLAIM", _("A claim or a complaint, begun or expected")

    access = Roles(
        also={"select": tuple(sorted({*OFFICER, *RELEASERS}))},
        also_if={"select": KNOWN},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()  # a file, or a matter at the desk that is none yet
    organisation_id = models.UUIDField()
    ground = models.CharField(max_length=12, choices=Ground)
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    end_asked_by = models.UUIDField(null=True)
    end_asked_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=said_once("end_asked") & said_once("ended"),
                name="sharing_hold_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True)
                | (Q(end_asked_by__isnull=False) & ~Q(ended_by=F("end_asked_by"))),
                name="sharing_hold_ended_by_two",
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="sharing_hold_file")]

    def __str__(self) -> str:
        return str(self.id)


class HoldWords(Lockable):
    """What the officer writes of a hold, and reads alone: which demand, which number.

    Under a key of its own, so that nothing of it shows in the file’s journal; it goes with the
    registers.
    """

    KIND: ClassVar[Kind] = Kind.REGISTER
    ABOUT_NOBODY = True
    access = Roles(
        also={"select": OFFICER, "insert": OFFICER},
        also_if={
            "select": KNOWN,
            "insert": f"{KNOWN} and written_by = (select access.actor())",
        },
        dated="written_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the hold
    file_id = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    words = LockedText()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.id
