"""Which kinds of record exist? Each folder registers its own; the dossier names none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spheres.core.actor import Actor
from spheres.core.decision import Decision
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
    section: str
    model: type[Record]
    # The newest rows of one file, ready for `vault.open`, and how an opened one reads.
    rows: Callable[..., QuerySet[Any]]
    entry: Callable[[Any], Entry]
    can_write: Callable[[Actor], Decision]
    keep: str  # code of the region's retention rule

    @property
    def package(self) -> str:
        """The folder, as Python names it: where the addresses and the examples are looked for."""
        return self.model.__module__.rpartition(".")[0]

    @property
    def write_url_name(self) -> str:
        return f"{self.slug}:write"


_types: dict[str, RecordType] = {}


def register(record_type: RecordType) -> None:
    """Called once by each folder's record.py, when the house is ready."""
    if record_type.slug in _types:
        raise ValueError(f"Two record types are called {record_type.slug}.")
    _types[record_type.slug] = record_type


def all_types() -> Iterable[RecordType]:
    """Every kind of record, in the order of RECORDS in the settings."""
    return tuple(_types.values())


def get(slug: str) -> RecordType:
    return _types[slug]
