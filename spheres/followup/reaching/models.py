"""What is kept of what was prepared to be said or sent to her?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.vault.models import LockedText


class Prepared(Kept):
    """A call sheet or a text that was made: what it said, word for word, when, and by whom.

    That it was said or sent is not known: the software sends nothing.
    """

    class Kind(models.TextChoices):
        CALL = "CALL", _("Call sheet")
        TEXT = "TEXT", _("Text to copy")

    access = FileSection("contact", by="written_by")

    kind = models.CharField(max_length=8, choices=Kind)
    said = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file", "-written_at"], name="reaching_prepared_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
