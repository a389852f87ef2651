"""Which keys lock which texts, and what marks a row as having locked texts?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A retention class: what shares one destiny shares one key (design §5)."""

    REFERRAL = "REFERRAL", _("Referral")
    FOLLOW_UP = "FOLLOW_UP", _("Follow-up")
    DRAFT = "DRAFT", _("Draft")
    ACCOUNT = "ACCOUNT", _("Account")


class DataKey(models.Model):
    """The wrapped key of one owner (a file, a person, a group) for one retention class.

    Kept in a schema of its own with short-lived backups: destroying the row destroys every text
    it locked, in every copy, once those backups are gone (security.md §4.1). Useless without the
    key file, so it carries no row security (`sharing/rules.py`, SYSTEM).
    """

    number = models.BigIntegerField(primary_key=True)
    owner_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind)
    kek_id = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    minted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "kind"], name="vault_one_key_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class LockedText(models.BinaryField):
    """A free text, a name, a date of birth: anything of a person. Ciphertext in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)


class NotOpened(AttributeError):
    """A template or a view asks for a text that `vault.open` has not opened."""


class Lockable(models.Model):
    """A row with locked texts. `vault.lock` writes them, `vault.open` fills `opened`."""

    KIND: ClassVar[Kind]
    text_version: models.IntegerField[int, int] | int = 1

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        """Whose key locks this row: the file, unless the model says otherwise."""
        return self.file_id  # type: ignore[attr-defined,no-any-return]

    @property
    def opened(self) -> SimpleNamespace:
        """The texts in clear. Raises NotOpened before `vault.open`: never an empty string."""
        try:
            return self.__dict__["_opened"]  # type: ignore[no-any-return]
        except KeyError:
            raise NotOpened(f"{type(self).__name__} was not opened by the vault.") from None

    @classmethod
    def locked_fields(cls) -> tuple[str, ...]:
        return tuple(f.attname for f in cls._meta.concrete_fields if isinstance(f, LockedText))
