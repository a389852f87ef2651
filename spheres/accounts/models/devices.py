"""From which browsers does a person come in?"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models.door import EVERY_VERB
from spheres.core.words import Own
from spheres.vault.models import Kind as Retention
from spheres.vault.models import Lockable, LockedText


class Device(Lockable):
    """One browser that came in to one account, known again by a cookie that opens nothing.

    Of the cookie, a hash bound to this account alone: two accounts of one browser share no value.
    A device that was removed is never known again; the same browser comes in as another one.
    """

    class Kind(models.TextChoices):
        PHONE = "PHONE", _("Phone")
        TABLET = "TABLET", _("Tablet")
        COMPUTER = "COMPUTER", _("Computer")
        OTHER = "OTHER", _("Device")

    KIND: ClassVar[Retention] = Retention.ACCOUNT
    access = Own(append=False, also=dict.fromkeys(EVERY_VERB, ("service:doorkeeper",)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    key_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    # The family of the browser and of the system, as the software names them.
    words = models.CharField(max_length=40, blank=True)
    # The name she gives it, «work phone»; empty until she does.
    name = LockedText()
    is_shared = models.BooleanField(default=False)
    # Which passkey, or codes, opened from here last: what to remove with a lost telephone.
    way_id = models.UUIDField(null=True)
    # The hour too: «was it you?» can be answered only of an hour.
    first_seen_at = models.DateTimeField()
    last_seen_on = models.DateField()
    # When its owner said «it was me», or was seen in person; until then her other devices ask.
    recognised_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_device_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def key_owner(self) -> uuid.UUID:
        return self.user_id
