"""What is kept of a request for advice? No name and no way of reaching the young person."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Handlers
from spheres.vault.models import Kind, Lockable, LockedText


class AdviceRequest(Lockable):
    """A professional's question about someone who does not know of it, or whom nobody need name.

    It never becomes a referral: the professional writes one herself, when the person agrees
    (SC-16). Kept as the region's rule `advice` says, not as long as a referral.
    """

    class AgeBand(models.TextChoices):
        UNDER_14 = "12-13", _("12 or 13")
        FROM_14 = "14-17", _("14 to 17")
        FROM_18 = "18-24", _("18 to 24")
        UNKNOWN = "unknown", _("Not known")

    # A message to the desk, under a key of its own: its owner is the request itself, so neither
    # the end of a referral nor that of a file touches it.
    KIND: ClassVar[Kind] = Kind.REFERRAL
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.REFERRAL, "id")
    KEEP: ClassVar[str] = "advice"  # code of the region's retention rule
    KEPT_FROM: ClassVar[str] = "received_at"  # nothing answers it yet in the house
    access = Handlers(column="id", kinds=("DESK",), also={"insert": ("visitor",)})

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=12)
    age_band = models.CharField(max_length=8, choices=AgeBand)
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    worries = LockedText()
    tried = LockedText()
    role = LockedText()
    reach = LockedText()

    def __str__(self) -> str:
        return self.number

    @property
    def key_owner(self) -> UUID:
        """The request is a matter of its own: it hangs on no file."""
        return self.id
