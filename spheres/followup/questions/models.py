"""What is kept of a question asked under a code? Its words, ours, and nothing by which to find her.

No telephone, no address, no account, and nothing of the device or the network: whoever asks holds
a code, of which a keyed digest alone is kept. When it is over the key goes, and one line remains to
be counted.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.states import StatusRow
from spheres.core.words import Handlers, If
from spheres.vault.models import Kind, Lockable, LockedText

EXPIRY: Final = "service:expiry"
LEFT_NOW: Final = "file_id = any((select access.left_now())::uuid[])"
HANDS: Final = ("DESK", "ANSWERS", "ENTRUSTED")


class Question(Lockable):
    """How somebody who asks under a code wants to be called, if they said it.

    Its matter is minted with it, as a referral's is; of «I want help for me», it is the referral's.
    """

    KIND: ClassVar[Kind] = Kind.REFERRAL
    access = Handlers(
        column="file_id",
        kinds=HANDS,
        append=False,
        also={"insert": ("visitor",)},
        also_if={"insert": LEFT_NOW},
        asker={"select": "true"},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    nickname = LockedText()

    def __str__(self) -> str:
        return str(self.id)


class Message(Lockable):
    """One word of whoever asks, or of ours: written once; the next says it better."""

    class Side(models.TextChoices):
        HERS = "HERS", _("Theirs")
        OURS = "OURS", _("Ours")

    KIND: ClassVar[Kind] = Kind.REFERRAL
    access = Handlers(
        column="file_id",
        kinds=HANDS,
        only={
            "insert": (If(HANDS, "side = 'OURS' and written_by = (select access.actor())"),),
        },
        also={"insert": ("visitor",)},
        also_if={"insert": f"side = 'HERS' and {LEFT_NOW}"},
        asker={"select": "true", "insert": "side = 'HERS'"},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    side = models.CharField(max_length=4, choices=Side)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    words = LockedText()

    class Meta:
        indexes = [models.Index(fields=["file_id", "written_at"], name="questions_message_thread")]

    def __str__(self) -> str:
        return self.side


class QuestionStatus(StatusRow):
    """Where a question stands; the only part of it that changes, and all that remains to count."""

    class Status(models.TextChoices):
        WAITING = "WAITING", _("Waits for an answer")
        ANSWERED = "ANSWERED", _("Has an answer")
        SET_ASIDE = "SET_ASIDE", _("Left aside")
        ERASED = "ERASED", _("Erased by whoever asked")
        EXPIRED = "EXPIRED", _("Erased after the delay")

    # A word of hers always waits again, whatever was set aside before: nothing true is lost.
    MOVES = {
        Status.WAITING: {Status.ANSWERED, Status.SET_ASIDE, Status.ERASED, Status.EXPIRED},
        Status.ANSWERED: {Status.WAITING, Status.ERASED, Status.EXPIRED},
        Status.SET_ASIDE: {Status.WAITING, Status.ANSWERED, Status.ERASED, Status.EXPIRED},
        Status.ERASED: set(),
        Status.EXPIRED: set(),
    }

    access = Handlers(
        column="file_id",
        kinds=HANDS,
        append=False,
        amend=True,
        also={"insert": ("visitor",), "select": (EXPIRY,), "update": (EXPIRY,)},
        also_if={"insert": LEFT_NOW},
        asker={"select": "true", "update": "true"},
    )

    id = models.UUIDField(primary_key=True)
    file_id = models.UUIDField(unique=True)
    language = models.CharField(max_length=2)
    is_with_referral = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    last_at = models.DateTimeField()  # of the last word, hers or ours: the delay counts from it
    # Keyed digest of the code; empty once all is erased.
    code = models.BinaryField(default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["code"], name="questions_status_code"),
            models.Index(fields=["status", "received_at"], name="questions_status_queue"),
        ]

    def __str__(self) -> str:
        return self.status

    @property
    def label(self) -> str:
        return str(self.Status(self.status).label)
