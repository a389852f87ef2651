"""Which kinds of record exist? Each folder registers its own; the dossier names none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.words import FileSection
from spheres.participants.models import Kept
from spheres.records.models import Record


@dataclass(frozen=True)
class Entry:
    """One line of a file's timeline, already opened by the vault."""

    id: UUID
    record_type: str
    title: str
    icon: str
    occurred_at: datetime
    her_words: str
    observation: str
    support: str
    written_by: UUID
    url: str
    mark: str = ""
    is_now: bool = False  # it stands above what happened, until it is answered
    author: str = ""


@dataclass(frozen=True)
class RecordType:
    """What the rest of the house knows of a kind of record. Ten plain fields, no more.

    By convention the folder's `tests/factories.py` can `write` one, `correct` one and say what its
    form sends (`typed`): that is all the contract suite needs (records/tests/test_contract.py).
    """

    slug: str
    label: Any
    add_label: Any  # empty: begun elsewhere than among the buttons of a file
    icon: str
    model: type[Record]
    entry: Callable[[Any], Entry]  # how an opened one reads in the timeline
    can_write: Callable[[Actor], Decision]
    keep: str  # code of the region's retention rule
    # The rows that say where one stands, by the name it gives them.
    beside: tuple[str, ...] = ("standing",)
    is_quick: bool = False  # offered from my day, to write at once

    @property
    def package(self) -> str:
        """The folder, as Python names it: where the addresses and the examples are looked for."""
        return self.model.__module__.rpartition(".")[0]

    @property
    def section(self) -> str:
        """The section of the file it is written in."""
        word = getattr(self.model, "access", None)
        assert isinstance(word, FileSection)
        return word.section

    def rows(self, file_id: UUID, *, actor: Actor) -> QuerySet[Any]:
        """Those of one file, newest first, ready for `vault.open`."""
        context.require(actor)
        return (
            self.model._default_manager.select_related(*self.beside)
            .filter(file_id=file_id)
            .order_by("-occurred_at", "pk")
        )

    @property
    def write_url_name(self) -> str:
        return f"{self.slug}:write"


@dataclass(frozen=True)
class FormType:
    """A text that is begun like a record and kept elsewhere: its draft is come back to, as those
    of records are, and it is no line of the timeline."""

    slug: str
    label: Any
    icon: str
    model: type[Kept]
    section: str  # who may write there keeps the draft
    can_write: Callable[[Actor], Decision]

    def rows(self, file_id: UUID, *, actor: Actor) -> QuerySet[Any]:
        """Those that were kept: a draft that arrives after one of them is not begun again."""
        context.require(actor)
        return self.model._default_manager.filter(file_id=file_id)

    @property
    def write_url_name(self) -> str:
        return f"{self.slug}:write"


_types: dict[str, RecordType] = {}
_elsewhere: dict[str, FormType] = {}


def register(record_type: RecordType) -> None:
    """Called once by each folder's record.py, when the house is ready."""
    if record_type.slug in _types:
        raise ValueError(f"Two record types are called {record_type.slug}.")
    _types[record_type.slug] = record_type


def begin_elsewhere(form_type: FormType) -> None:
    """Called by a folder whose texts are begun as records are, and are none."""
    _elsewhere[form_type.slug] = form_type


def begun_as(slug: str) -> RecordType | FormType:
    """What a draft is the beginning of."""
    return _elsewhere.get(slug) or _types[slug]


def all_types() -> Iterable[RecordType]:
    """Every kind of record, in the order of RECORDS in the settings."""
    return tuple(_types.values())


def quick_ones(actor: Actor) -> list[RecordType]:
    """Those that this person may write at once, from her day or from a file."""
    return [kind for kind in _types.values() if kind.is_quick and kind.can_write(actor)]


def get(slug: str) -> RecordType:
    return _types[slug]
