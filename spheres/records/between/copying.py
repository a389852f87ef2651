"""What of a file is text of hers: its records, and all that is written beside them?

A reading, a copy and a production hold what is registered here and nothing else. Each folder says
which of its locked texts are read, under which title, in whose words, and how far they may ever go
(ADR the whole file in a copy).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import Any, Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.core.words import FileSection
from spheres.records import registry, timeline
from spheres.records.between import gathering
from spheres.records.between.gathering import Asked
from spheres.vault.models import Lockable


class Goes(IntEnum):
    """How far a text may ever go, once it was looked at: each holds the ones before."""

    HERS = 1  # to her, or to her lawyer
    LAW = 2  # also in a production, text by text, when the law demands it
    ALL = 3  # also to whoever speaks for her


@dataclass(frozen=True)
class Told:
    """One text of an opened row. `is_whole`: said by codes, in the language of whoever reads, so
    that it is hidden whole or not at all."""

    code: str
    title: Any
    words: str
    is_whole: bool = False


@dataclass(frozen=True)
class Part:
    """One locked field: its title, whether it is in her own words; of answers that are kept
    together, `read(row)` says them one by one."""

    name: str
    title: Any
    is_hers: bool = False
    read: Callable[[Any], Sequence[Told]] | None = None

    def told(self, row: Any) -> list[Told]:
        """What an opened row says there."""
        if self.read is None:
            return [Told(self.name, self.title, getattr(row.opened, self.name))]
        return [
            Told(f"{self.name}.{one.code}", one.title, one.words, one.is_whole)
            for one in self.read(row)
        ]


def _title_of_nothing(_row: Any) -> str:
    return ""


def _nothing(_row: Any) -> Sequence[Told]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of text of a file.

    `title(row)` names it without a word of hers; `chosen(row)` says what she chose among codes.
    What is not `is_aloud` is in a copy and not on the screen that is read together, nor on plain
    sheets: it would name her there, or say how she is reached.
    """

    slug: str
    label: Any
    model: type[Lockable]
    parts: tuple[Part, ...]
    title: Callable[[Any], str] = _title_of_nothing
    chosen: Callable[[Any], Sequence[Told]] = _nothing
    goes: Goes = Goes.ALL
    is_aloud: bool = True
    at: str = "written_at"
    by: str = "written_by"

    @property
    def section(self) -> str:
        """The section of the file it is written in."""
        word = getattr(self.model, "access", None)
        assert isinstance(word, FileSection)
        return word.section

    def titled(self, row: Any) -> str:
        return self.title(row) or str(self.label)

    def moment(self, row: Any) -> datetime:
        found: datetime = getattr(row, self.at)
        return found

    def author(self, row: Any) -> UUID:
        found: UUID = getattr(row, self.by)
        return found


@dataclass(frozen=True)
class OfRecord:
    """What a kind of record says besides the texts that all records have."""

    parts: tuple[Part, ...] = ()
    title: Callable[[Any], str] | None = None
    chosen: Callable[[Any], Sequence[Told]] = _nothing


_of_records: dict[str, OfRecord] = {}
_kinds: dict[str, Kind] = {}
# The texts that all records have, hers first; the folder that hides them gives their titles.
_shared: list[Part] = []


def share(parts: Sequence[Part]) -> None:
    """Register, once, the texts that all records have."""
    _shared[:] = parts


def of_record(slug: str, said: OfRecord) -> None:
    """Register what one kind of record says besides."""
    _of_records[slug] = said


def register(*kinds: Kind) -> None:
    """Register what is written in a file and is no record."""
    for kind in kinds:
        if _kinds.setdefault(kind.slug, kind) != kind:
            raise ValueError(f"Two kinds of text are called {kind.slug}.")


@cache
def record_kind(slug: str) -> Kind:
    """A kind of record, as its texts are read: hers first, then what is said besides."""
    of_type = registry.get(slug)
    said = _of_records.get(slug, OfRecord())
    known = of_type.model.locked_fields()
    ours = [part for part in _shared if part.name in known]
    hers = [part for part in said.parts if part.is_hers]
    others = [part for part in said.parts if not part.is_hers]
    return Kind(
        slug=slug,
        label=of_type.label,
        model=of_type.model,
        parts=(*hers, *ours, *others),
        title=said.title or (lambda row: of_type.entry(row).title),
        chosen=said.chosen,
        at="occurred_at",
    )


def all_kinds() -> list[Kind]:
    """Every kind, the records first."""
    return [*(record_kind(one.slug) for one in registry.all_types()), *_kinds.values()]


def kind(slug: str) -> Kind | None:
    return next((one for one in all_kinds() if one.slug == slug), None)


def is_record(slug: str) -> bool:
    return slug not in _kinds


Found = list[tuple[Kind, Any]]
OF_KIND: Final = """select t.* from {table} t where t.file_id = %(file)s
order by t.{at} desc, t.id limit %(most)s"""


def newest(file_id: UUID, *, actor: Actor, most: int, aloud_only: bool = False) -> Found:
    """What this actor reads of one file, the newest first: two statements, whatever it holds."""
    records = timeline.newest(file_id, actor=actor, since=None, most=most)
    found: Found = [(record_kind(one.slug), record) for one, record in records]
    asked = {
        one.slug: Asked(one.model, OF_KIND.format(table=one.model._meta.db_table, at=one.at))
        for one in _kinds.values()
        if one.is_aloud or not aloud_only
    }
    rows = gathering.at_once(asked, {"file": file_id, "most": most}, actor=actor) if asked else {}
    found += [(_kinds[slug], row) for slug, each in rows.items() for row in each]
    found.sort(key=lambda pair: str(pair[1].pk))
    found.sort(key=lambda pair: pair[0].moment(pair[1]), reverse=True)
    return found[:most]


@dataclass(frozen=True)
class Line:
    """One line of a register, as it reads to her: its moment, its sentences."""

    at: datetime
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One register in her copy: its code, its title, the rows to open first, then its lines."""

    code: str
    title: Any
    rows: Sequence[Lockable] = ()
    make: Callable[[], list[Line]] = field(default=list)


_registers: list[Callable[..., Register]] = []


def keep_register(find: Callable[..., Register]) -> None:
    """Register `find(file_id, actor=…, at=…)`: one register of her copy, in no other’s."""
    _registers.append(find)


def registers(file_id: UUID, *, actor: Actor, at: datetime) -> list[Register]:
    """All of them, as they read at that moment, in the order of the folders."""
    return [find(file_id, actor=actor, at=at) for find in _registers]
