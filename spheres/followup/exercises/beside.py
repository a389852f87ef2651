"""Which sheets stand beside a tool of the house, in her words and with their day? Never copied.

The file of an exercise says beside which tool; the newest sheet of it is read with that tool's
page, folded, and stays where it was written.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from psycopg import sql

from spheres.core.actor import Actor
from spheres.followup.exercises import drawing, queries
from spheres.followup.exercises.models import SLUGS, TABLES, Sheet
from spheres.records.between import gathering
from spheres.records.between.places import Block, Locked
from spheres.sharing.rules import PLAN, SAFETY

COURSE: Final = "staying_on_course"
ASKED: Final = {PLAN: "sheets of her plan beside it", SAFETY: "sheets of safety beside it"}


def of_plan() -> str:
    return _newest(PLAN)


def of_safety() -> str:
    return _newest(SAFETY)


def _newest(section: str) -> str:
    """SQL: of each exercise that stands beside the tool, the newest sheet of one section."""
    model, status = (each._meta.db_table for each in TABLES[section])
    slugs = sorted({one.slug for one in queries.all_versions().values() if _is_beside(one)})
    named = ", ".join(sql.quote(slug) for slug in slugs) or "null"
    return f"""
select distinct on (t.exercise) t.* from {model} t join {status} s on s.record_id = t.id
where t.file_id = %(file)s and s.status = 'SIGNED' and t.exercise in ({named})
order by t.exercise, t.occurred_at desc, t.written_at desc, t.id"""  # noqa: S608 -- ours, quoted


def _is_beside(one: queries.Exercise) -> bool:
    return one.asks.beside == COURSE


def course(file_id: UUID, *, actor: Actor) -> Locked:
    """Beside what keeps her on course: what she wrote of what helps, and of what holds her back."""
    rows: list[Sheet] = [
        row for asked in ASKED.values() for row in gathering.rows(asked, file_id, actor=actor)
    ]

    def block() -> Block | None:
        sheets = [_told(row) for row in rows]
        return Block("exercises/beside.html", {"sheets": sheets}) if sheets else None

    return Locked(rows, block)


def _told(sheet: Sheet) -> dict[str, Any]:
    told = queries.told(sheet, queries.version_of(sheet))
    section = next(name for name, (model, _status) in TABLES.items() if isinstance(sheet, model))
    return {
        "sheet": sheet,
        "title": queries.title_of(sheet),
        "answered": [(each, drawing.wheel(each, key=str(sheet.pk)[:8]), ()) for each in told],
        "place": f"{SLUGS[section]}:detail",
    }
