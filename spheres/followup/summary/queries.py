"""How is her page found, and the pages it was before?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.summary.models import Line, Version
from spheres.records.between import gathering
from spheres.regions import queries as regions

HEADINGS = "summary_headings"
LINE = ("id", "file_id", "written_by", "written_at", "heading", "whose", "text")
# By hand, because it is asked with each file: the newest version and its lines in one statement.
CURRENT = f"""
select v.number, v.written_at, {", ".join(f"l.{column}" for column in LINE)}
from (select * from summary_version where file_id = %s order by number desc limit 1) v
left join summary_line l on l.id = any(v.lines)
order by array_position(v.lines, l.id)"""  # noqa: S608 -- our own names


# The same, asked with what else stands on the first page of a file.
NEWEST_PAGE, LINES_OF_PAGE = "her page", "lines of her page"
NEWEST: Final = """
select v.* from summary_version v where v.file_id = %(file)s order by v.number desc limit 1"""
LINES: Final = f"""
select l.* from ({NEWEST}) v join summary_line l on l.id = any(v.lines)
order by array_position(v.lines, l.id)"""  # noqa: S608 -- our own names


@dataclass(frozen=True)
class Summary:
    """Her page at one moment; its lines are locked until the vault opens them."""

    number: int = 0
    written_at: datetime | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def in_order(self) -> list[Line]:
        """By heading, as the region orders them; what has none comes last."""
        codes = [code for code, _label in regions.choices(HEADINGS)]
        rank = {code: place for place, code in enumerate(codes)}
        return sorted(self.lines, key=lambda line: rank.get(line.heading, len(rank)))

    def line(self, line_id: UUID) -> Line | None:
        """One line, when it stands on this page."""
        return next((line for line in self.lines if line.pk == line_id), None)


@dataclass(frozen=True)
class Told:
    """One version, as the list of versions says it."""

    version: Version
    author: str


def current(file_id: UUID, *, actor: Actor) -> Summary:
    """Her page of today; without a line when nothing was written yet, or nothing is visible."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [file_id])
        rows = cursor.fetchall()
    if not rows:
        return Summary()
    number, written_at, *_first = rows[0]
    lines = [Line.from_db("default", LINE, values) for _, _, *values in rows if values[0]]
    return Summary(number, written_at, lines)


def with_file(file_id: UUID, *, actor: Actor, since: datetime | None) -> Summary:
    """The same, read with the first page of her file."""
    newest: list[Version] = gathering.rows(NEWEST_PAGE, file_id, actor=actor, since=since)
    found: list[Line] = gathering.rows(LINES_OF_PAGE, file_id, actor=actor, since=since)
    return Summary(newest[0].number, newest[0].written_at, found) if newest else Summary()


def lines(file_id: UUID, *, actor: Actor) -> QuerySet[Line]:
    """Every line ever written on one file's page, still locked."""
    context.require(actor)
    return Line.objects.filter(file_id=file_id).order_by("written_at", "pk")


def versions(file_id: UUID, *, actor: Actor) -> QuerySet[Version]:
    """Every version of one file's page, the newest first."""
    context.require(actor)
    return Version.objects.filter(file_id=file_id).order_by("-number")


def told(file_id: UUID, *, actor: Actor) -> list[Told]:
    """Every version with the name of who wrote it."""
    found = list(versions(file_id, actor=actor))
    names = dict(
        User.objects.filter(pk__in={row.written_by for row in found}).values_list("pk", "name")
    )
    return [Told(row, names.get(row.written_by, "")) for row in found]


def as_it_was(version: Version, *, actor: Actor) -> Summary:
    """The page as one version left it."""
    context.require(actor)
    found = {
        line.pk: line for line in Line.objects.filter(file_id=version.file_id, pk__in=version.lines)
    }
    return Summary(
        version.number,
        version.written_at,
        [found[line_id] for line_id in version.lines if line_id in found],
    )
