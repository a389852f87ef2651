"""What exactly was told, to whom, and what was said of it? In words, locked.

That it was told, by what right, to which recipient and until when is a row of the rule table
(`sharing.Disclosure`), and so is what became of it; here are the words of both.
"""

from __future__ import annotations

from django.db import models

from spheres.core.words import Disclosed, If
from spheres.participants.models import Kept
from spheres.vault.models import Kind, LockedText


class Told(Kept):
    """The words of one disclosure, under its own identifier: the recipient reads it.

    Each item is a code and a text, as JSON.
    """

    KIND = Kind.REGISTER
    access = Disclosed(
        ("READING", "LOOKING", "RECEIVING"),
        column="id",
        adds=(If(("PREPARING",), "written_by = (select access.actor())"),),
        dated="written_at",
    )

    recipient = LockedText()  # a name and a function, when it is somebody outside
    items = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Behind(Kept):
    """What stands behind it, that no recipient reads: who said yes, what the ground demands."""

    KIND = Kind.REGISTER
    access = Disclosed(
        ("READING", "LOOKING", "WEIGHING"),
        column="id",
        adds=(If(("PREPARING",), "written_by = (select access.actor())"),),
        dated="written_at",
    )

    about = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Remark(Kept):
    """What was said of one step: why it was not approved, who received the paper."""

    KIND = Kind.REGISTER
    access = Disclosed(
        ("READING", "LOOKING", "WEIGHING"),
        adds=(If(("BESIDE", "DECIDING", "LOOKING"), "written_by = (select access.actor())"),),
        dated="written_at",
    )

    disclosure_id = models.UUIDField()
    words = LockedText()

    def __str__(self) -> str:
        return str(self.id)
