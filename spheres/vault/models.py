"""Which keys lock which texts, and what marks a row as having locked texts?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Chains


class Kind(models.TextChoices):
    """A retention class: what shares one destiny shares one key (design §5)."""

    REFERRAL = "REFERRAL", _("Referral")
    FOLLOW_UP = "FOLLOW_UP", _("Follow-up")
    THERAPY = "THERAPY", _("Psychotherapy notes")
    # What she agreed to, what was told outside, whom she barred: kept after her follow-up is gone.
    REGISTER = "REGISTER", _("Registers")
    DRAFT = "DRAFT", _("Draft")
    ACCOUNT = "ACCOUNT", _("Account")
    # What a register of incidents says outlives the account of whoever wrote it.
    INCIDENT = "INCIDENT", _("Confidentiality incident")
    # What somebody writes for herself while she works somewhere: it goes when she leaves.
    OWN = "OWN", _("Own notes of a colleague")
    # What a committee writes is the committee's: it outlives those who sat on it.
    COMMITTEE = "COMMITTEE", _("What a committee writes")


class DataKey(models.Model):
    """A wrapped key of one owner (a file, a person, a group) for one retention class.

    The newest generation locks what is written; older ones open what they locked, which is never
    written again. Kept in a schema of its own with short-lived backups: destroying the rows
    destroys every text they locked, in every copy, once those backups are gone (security.md §4.1).
    Useless without the key file, so it carries no row security; given and minted by functions only
    (`sharing/minting.py`).
    """

    number = models.BigIntegerField(primary_key=True)
    owner_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind)
    generation = models.PositiveIntegerField(default=1)
    kek_id = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    minted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "kind", "generation"], name="vault_one_key_a_generation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Tombstone(models.Model):
    """Here stood the texts of one owner and retention class; no key is minted for them again.

    It lives with the keys, whose backups are the freshest: an old dump restored beside them says
    at once what must not come back.
    """

    access = Chains(column="owner_id", append=False)

    id = models.UUIDField(primary_key=True)
    owner_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind)
    basis = models.CharField(max_length=80)
    erased_on = models.DateField()
    erased_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "kind"], name="vault_one_tombstone"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.erased_on}"


class LockedText(models.BinaryField):  # type: ignore[type-arg]
    """A free text, a name, a date of birth: anything of a person. Ciphertext in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)


class LockedBytes(LockedText):
    """What is no text: a page of a scanned paper. Locked, opened and destroyed as a text is."""


class NotOpened(AttributeError):
    """A template or a view asks for a text that `vault.open` has not opened."""


class Opened(SimpleNamespace):
    """Texts in clear, for the length of a page. A log or an error report shows none of them."""

    def __repr__(self) -> str:
        return "<opened texts>"


class Openable(models.Model):
    """A row whose texts are shown only once they were opened, for the length of a page."""

    class Meta:
        abstract = True

    def __getstate__(self) -> dict[str, Any]:
        """Without the clear texts: a row put in a cache or a queue is a locked one."""
        state = super().__getstate__()
        state.pop("_opened", None)
        return state

    @property
    def opened(self) -> Opened:
        """The texts in clear. Raises NotOpened before they are: never an empty string."""
        try:
            return self.__dict__["_opened"]
        except KeyError:
            raise NotOpened(f"{type(self).__name__} was not opened by the vault.") from None

    @property
    def is_open(self) -> bool:
        """Whether the vault has opened a text of this row."""
        return "_opened" in self.__dict__


class Lockable(Openable):
    """A row with locked texts. `vault.lock` writes them, `vault.open` fills `opened`."""

    KIND: ClassVar[Kind]
    text_version: models.IntegerField[int, int] | int = 1
    # Texts the model gained after rows stood: an empty one counts for nothing in their digest.
    ADDED: ClassVar[tuple[str, ...]] = ()
    # A colleague's text about nobody: whoever else opens it says so in their own chain.
    ABOUT_NOBODY: ClassVar[bool] = False
    # That it was opened stands in the chain of whoever opens it: in the file's, a line would tell
    # those who read the journal that there is such a text.
    IN_READERS_CHAIN: ClassVar[bool] = False

    # Addressed to one colleague, and it speaks of a person: that it was opened is told in her file.
    IN_HER_CHAIN: ClassVar[bool] = False

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        """Whose key locks this row: the file, unless the model says otherwise."""
        return self.file_id  # type: ignore[attr-defined]

    @classmethod
    @cache
    def locked_fields(cls) -> tuple[str, ...]:
        return tuple(f.attname for f in cls._meta.concrete_fields if isinstance(f, LockedText))

    @classmethod
    @cache
    def locked_bytes(cls) -> tuple[str, ...]:
        """Those of them that are no text."""
        return tuple(f.attname for f in cls._meta.concrete_fields if isinstance(f, LockedBytes))


class HerText(models.BinaryField):  # type: ignore[type-arg]
    """A text that her own key alone opens. Whatever its words, it takes the same `room` in bytes:
    no length says anything of it."""

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        self.room = room
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "room": self.room}


class HersAlone(Openable):
    """A row that only a key of hers opens, which is kept nowhere (`vault.hers`)."""

    file_id: UUID
    version: models.PositiveIntegerField[int, int] | int

    class Meta:
        abstract = True
