"""What is kept of a question about a page that does not open? Which kind of page; a few words."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own
from spheres.vault.models import Kind, Lockable, LockedText

EVERYBODY: Final = tuple(role.value for role in Role)
AT_THE_DESK: Final = "(select access.at_the_desk())"


class Asking(Lockable):
    """Somebody asks the coordination about a page that does not open to them.

    It holds no address and no identifier of anybody: it says nothing of whether what was looked for
    exists. Gone once it is seen to.
    """

    class Page(models.TextChoices):
        FILE = "FILE", _("Somebody’s file")
        PART = "PART", _("A part of a file that seems empty")
        LIST = "LIST", _("A list, figures")
        GROUP = "GROUP", _("An activity, a meeting")
        PAPER = "PAPER", _("A document")
        OTHER = "OTHER", _("Another page")

    # A text of the colleague who asks, about nobody: under her own key.
    KIND: ClassVar[Kind] = Kind.ACCOUNT
    ABOUT_NOBODY: ClassVar[bool] = True
    access = Own(
        column="asked_by",
        append=False,
        remove=True,
        also={
            "select": (Role.COORDINATOR.value,),
            "insert": EVERYBODY,
            "delete": (Role.COORDINATOR.value,),
        },
        also_if={
            "select": AT_THE_DESK,
            "insert": "asked_by = (select access.actor())",
            "delete": AT_THE_DESK,
        },
    )

    id = models.UUIDField(primary_key=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    page = models.CharField(max_length=8, choices=Page)
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["asked_at", "id"], name="why_asking_oldest")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.asked_by
