"""What is kept of a referral so that another one of the same person may be noticed?

Nothing that reads: digests that only the key file can make, erased with the referral. What the
person then says is a dated link between two files (`sharing.Joined`); no row moves.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Handlers, If
from spheres.vault.models import Kind as Class


class Trace(models.Model):
    """A keyed digest of a way to reach her, or of how her chosen name sounds; erased with it.

    It names the key file that made it: with another one, what comes later is no longer compared.
    """

    class Kind(models.TextChoices):
        CONTACT = "CONTACT", _("A way to reach them")
        NAME = "NAME", _("How the whole name sounds")
        BEGINS = "BEGINS", _("How a longer name begins")

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REFERRAL, "file_id")
    access = Handlers(
        column="file_id",
        kinds=("DESK",),
        also={"insert": ("visitor",)},
        # Only of the matter she leaves at this moment.
        also_if={"insert": "file_id = any((select access.left_now())::uuid[])"},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    digest = models.BinaryField()
    key_file = models.CharField(max_length=32)
    left_at = models.DateTimeField()

    class Meta:
        indexes = [
            # In the order in which it is read, newest first: a few rows of a name that many share.
            models.Index(
                fields=["digest", "kind", "-left_at", "id"],
                include=["file_id"],
                name="likeness_trace_newest",
            ),
            models.Index(fields=["file_id"], name="likeness_trace_file"),
        ]

    def __str__(self) -> str:
        return self.kind


class LeftApart(models.Model):
    """Two referrals that the desk leaves apart: the line goes away there, and nothing is decided.

    Its identifier is made of the two, so that it is said once, and names neither.
    """

    GOES_WITH: ClassVar[tuple[Class, str]] = (Class.REFERRAL, "file_id")
    access = Handlers(
        column="file_id",
        kinds=("DESK",),
        only={"insert": (If(("DESK",), "left_by = (select access.actor())"),)},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    left_by = models.UUIDField()
    left_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["file_id"], name="likeness_leftapart_file")]

    def __str__(self) -> str:
        return str(self.id)
