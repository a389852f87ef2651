"""What is kept of the door: sessions, ways of proving who one is, links, tries?"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models.people import DOORKEEPER, Role
from spheres.core.words import OfOrganisation, Own
from spheres.vault.models import Kind as Retention
from spheres.vault.models import Lockable, LockedText


class Session(models.Model):
    """One open sign-in of a device. Holds a hash of its key: a dump gives no live session."""

    access = Own(
        append=False,
        also=dict.fromkeys(("select", "insert", "update", "delete"), (DOORKEEPER,)),
    )

    class Ended(models.TextChoices):
        """Why a session ended before its time, for whoever comes back to it."""

        LEFT = "LEFT", _("You signed out.")
        REPLACED = "REPLACED", _("You signed in on another device, and the oldest one was ended.")
        REVOKED = "REVOKED", _("You ended this session from another device.")
        CLOSED = "CLOSED", _("Your access was ended by your organisation.")
        LOST = (
            "LOST",
            _("Your organisation ended all your sessions: one of your devices was said lost."),
        )
        ENDED = "ENDED", _("Your organisation ended all your sessions.")
        RECOVERY = (
            "RECOVERY",
            _(
                "Two people said, in person, that you lost all your devices. If it is not so, sign "
                "in: that stops it."
            ),
        )

    key_hash = models.CharField(max_length=64, primary_key=True)
    # Stays when the key is changed: what a page and the journal may call this session.
    id = models.UUIDField(default=uuid.uuid4)
    user_id = models.UUIDField(null=True)
    # The organisation she last chose to act for; her oldest membership's otherwise.
    organisation_id = models.UUIDField(null=True)
    data = models.TextField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    locked = models.BooleanField(default=False)
    shared_device = models.BooleanField(default=False)
    device = models.CharField(max_length=80, blank=True)
    # The registered device it was opened from; unknown of those opened before there were any.
    device_id = models.UUIDField(null=True)
    ended_why = models.CharField(max_length=12, choices=Ended, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_session_user")]

    def __str__(self) -> str:
        return self.device


EVERY_VERB = ("select", "insert", "update", "delete")


class Authenticator(Lockable):
    """One way a person proves who she is: a passkey, an application’s codes, recovery codes.

    What it holds is locked by the vault. Two rows belong to nobody: an unknown address is checked
    against them, so that it costs exactly what a known one does.
    """

    class Kind(models.TextChoices):
        PASSKEY = "PASSKEY", _("Passkey")
        TOTP = "TOTP", _("Codes from an application")
        CODES = "CODES", _("Recovery codes")

    KIND = Retention.ACCOUNT
    access = Own(append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    secret = LockedText()
    # From which kind of browser it was added; never a text of the person's own.
    device = models.CharField(max_length=80, blank=True)
    # How often a passkey says it was used; going backwards means it was copied.
    counter = models.BigIntegerField(default=0)
    # Of a passkey: the model of its device (AAGUID, as it says itself), whether its maker can copy
    # it to other devices, and whether it has. Unknown until it serves, for those added before.
    model_id = models.UUIDField(null=True)
    can_sync = models.BooleanField(null=True)
    is_synced = models.BooleanField(null=True)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "kind"],
                condition=~models.Q(kind="PASSKEY"),
                name="accounts_authenticator_one_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="accounts_authenticator_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def key_owner(self) -> uuid.UUID:
        return self.user_id

    @property
    def stays_on_one_device(self) -> bool:
        """A passkey that no maker copies: whoever has not this very device does not have it."""
        return self.kind == self.Kind.PASSKEY and self.can_sync is False


class Password(models.Model):
    """What is kept of a password (its Argon2id hash), while the bridge is in use.

    The doorkeeper alone reads it. The word asks the row's own identifier, drawn at random and
    nobody's, so that no signed-in person, not even its owner, opens a row of this table.
    """

    access = Own(column="id", append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(unique=True)
    hash = models.CharField(max_length=128)

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """A link handed over to a person: who vouched for her, seen on which day.

    Without a role, it lets her enrol. With one, it is opened on an account that has its devices,
    and the role starts when she says yes. Kept after use: it answers « who let this person in? ».
    """

    access = OfOrganisation(
        append=False, also=dict.fromkeys(("select", "insert", "update"), (DOORKEEPER,))
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField()
    vouched_by = models.UUIDField()
    seen_on = models.DateField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # She has lost her devices: a recovery code is asked with the link.
    again = models.BooleanField(default=False)
    # She has lost her codes too: two people vouched, and a day has passed.
    recovery_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32, choices=Role, blank=True, default="", db_default="")
    job_title_fr = models.CharField(max_length=120, blank=True, default="", db_default="")
    job_title_en = models.CharField(max_length=120, blank=True, default="", db_default="")
    role_ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_id"], name="accounts_invitation_user")]

    def __str__(self) -> str:
        return str(self.id)


class Attempt(models.Model):
    """How often something was tried, by the keyed digest of what is limited: no name, no place."""

    access = Own(column="limited_id", append=False, also=dict.fromkeys(EVERY_VERB, (DOORKEEPER,)))

    limited_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    before_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Spent(models.Model):
    """Something that serves once: a challenge answered, a code typed. Its keyed digest only."""

    access = Own(
        column="spent_id",
        append=False,
        also=dict.fromkeys(("select", "insert", "delete"), (DOORKEEPER,)),
    )

    spent_id = models.UUIDField(primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.spent_id)
