"""What differs between the rows a file asks for and the rows that stand?

Some rows go away with their entry; others outlive it. What was done under their name stays, so one
that no file says any more is shown no more, and kept: said again, it is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models

from spheres.regions.registry import Change, Kind, Loading

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Difference(Generic[Row]):
    """Rows to add, rows to change with the fields that differ, rows no file asks for."""

    model: type[Row]
    added: list[Row]
    changed: list[tuple[Row, tuple[str, ...]]]
    gone: list[Row]

    def changes(self, name: Callable[[Row], str], *, gone: Kind) -> list[Change]:
        """The same, as a preview says it."""
        return [
            *(Change(Kind.ADDED, name(row)) for row in self.added),
            *(Change(Kind.CHANGED, name(row), fields) for row, fields in self.changed),
            *(Change(gone, name(row)) for row in self.gone),
        ]

    def write(self) -> None:
        """Add and change. What to do with the rows that are gone is the caller's business."""
        self.model._base_manager.bulk_create(self.added)
        fields = sorted({field for _, differing in self.changed for field in differing})
        if fields:
            self.model._base_manager.bulk_update([row for row, _ in self.changed], fields)

    def remove(self) -> None:
        """Take away the rows that no file asks for."""
        if self.gone:
            self.model._base_manager.filter(pk__in=[row.pk for row in self.gone]).delete()

    def hide(self, shown: str) -> None:
        """Keep the rows that no file asks for, and show them no more: `shown` is the field."""
        gone = [row.pk for row in self.gone]
        self.model._base_manager.filter(pk__in=gone).update(**{shown: False})


def difference(
    wanted: Sequence[Row],
    standing: Iterable[Row],
    model: type[Row],
    *,
    ignoring: Iterable[str] = (),
) -> Difference[Row]:
    """Compare by identifier, field by field, but for those that belong to someone else."""
    ignored = {*ignoring, model._meta.pk.attname}
    fields = [each.attname for each in model._meta.concrete_fields if each.attname not in ignored]
    stand = {row.pk: row for row in standing}
    asked = {row.pk for row in wanted}
    changed = []
    for row in wanted:
        if row.pk in stand:
            before = stand[row.pk]
            differing = tuple(f for f in fields if getattr(row, f) != getattr(before, f))
            if differing:
                changed.append((row, differing))
    return Difference(
        model,
        added=[row for row in wanted if row.pk not in stand],
        changed=changed,
        gone=[row for pk, row in stand.items() if pk not in asked],
    )


def difference_of_kept(
    wanted: Sequence[Row], standing: Iterable[Row], model: type[Row], *, shown: str
) -> Difference[Row]:
    """Of rows that outlive their entry: what was hidden before, and is asked for by none, is no
    difference."""
    asked = {row.pk for row in wanted}
    seen = [row for row in standing if getattr(row, shown) or row.pk in asked]
    return difference(wanted, seen, model)


@dataclass(frozen=True)
class Kept(Generic[Row]):
    """The rows of one section that outlive their entry. Each has a `slug`, by which it is known as
    a `kind` of thing; `shown` is the field that says whether it is shown; a preview calls it by
    its `name`."""

    section: str
    kind: str
    model: type[Row]
    shown: str
    name: Callable[[Row], str] = str

    def found(self, loading: Loading) -> Difference[Row]:
        rows: list[Any] = loading.said[self.section]
        for row in rows:
            row.id = loading.id(self.kind, row.slug)
        standing = self.model._base_manager.order_by("pk")
        return difference_of_kept(rows, standing, self.model, shown=self.shown)

    def plan(self, loading: Loading) -> list[Change]:
        return self.found(loading).changes(self.name, gone=Kind.KEPT)

    def apply(self, loading: Loading) -> None:
        differing = self.found(loading)
        differing.write()
        differing.hide(self.shown)
