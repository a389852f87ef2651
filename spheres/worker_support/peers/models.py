"""What is kept of whoever offers to be reached? What she says of it, until she withdraws it."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Roles
from spheres.sharing.models.staying import EXPIRY, OF_MY_STAY, works_there
from spheres.vault.models import Kind, Lockable, LockedText

EVERYBODY: Final = tuple(sorted(Role.values))
ME: Final = "(select access.actor())"
HERE = "(select access.organisation())"
IS_EXPIRY: Final = f"(select access.holds('{{{EXPIRY}}}'))"
# Of somebody who works there at this moment: whoever has left is not offered any more.
WORKS_THERE: Final = works_there("user_id", "organisation_id")


class PeerOffer(Lockable):
    """A colleague offers to be reached by those of all partners. Withdrawn, it is gone at once,
    and nothing says that it was there.

    Its words are under the key of her stay: it goes when she leaves.
    """

    class Way(models.TextChoices):
        PHONE = "PHONE", _("By phone")
        MESSAGE = "MESSAGE", _("By message")
        VIDEO = "VIDEO", _("By video")
        TOGETHER = "TOGETHER", _("Face to face")

    KIND: ClassVar[Kind] = Kind.OWN
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.OWN, "stay_id")
    ABOUT_NOBODY: ClassVar[bool] = True
    access = Roles(
        also={
            "select": (*EVERYBODY, EXPIRY),
            "insert": EVERYBODY,
            "delete": (*EVERYBODY, EXPIRY),
        },
        also_if={
            "select": f"true = any(array[{WORKS_THERE}, {IS_EXPIRY}])",
            "insert": f"user_id = {ME} and organisation_id = {HERE} and {OF_MY_STAY}",
            "delete": f"true = any(array[user_id = {ME}, {IS_EXPIRY}])",
        },
        dated="offered_at",
    )

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    stay_id = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    themes = ArrayField(models.CharField(max_length=40))
    languages = ArrayField(models.CharField(max_length=40))
    ways = ArrayField(models.CharField(max_length=8, choices=Way))
    reach = LockedText()  # the number or address that she gives for this
    hours = LockedText()
    words = LockedText()
    offered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.stay_id
