"""What is made with her, of all tools at once? Each tool says its question; one statement asks it.

Her plan opens with what every tool registered here, so that a new tool costs it no statement; on
the tool's own page the same question is asked alone (ADR plan). The first page of her file asks in
the same way what stands there beside her words (ADR one home).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, models

from spheres.core import context
from spheres.core.actor import Actor
from spheres.records import timeline


@dataclass(frozen=True)
class Asked:
    """Rows of one model: SQL that gives whole rows, in their order; it may say %(file)s.

    It may say %(since)s too: when she came back, or nothing. What depends on the region's files is
    a function, asked with the page.
    """

    model: type[models.Model]
    query: str | Callable[[], str]

    @property
    def sql(self) -> str:
        return self.query if isinstance(self.query, str) else self.query()


# The pages that ask all at once: her plan, her file, how she stays on course, who does what, what
# she reads.
OF_PLAN, OF_FILE, OF_COURSE, OF_PARTS, OF_READING = "plan", "file", "course", "parts", "reading"
_asked: dict[str, Asked] = {}
_on: Final[dict[str, list[str]]] = {
    OF_PLAN: [],
    OF_FILE: [],
    OF_COURSE: [],
    OF_PARTS: [],
    OF_READING: [],
}


def ask(
    what: str, model: type[models.Model], query: str | Callable[[], str], *, on: str = OF_PLAN
) -> None:
    """Register a question under a name of one's own, and the page that asks it with the others."""
    question = Asked(model, query)
    if _asked.setdefault(what, question) != question:
        raise ValueError(f"Two folders ask {what!r} of a plan.")
    if what not in _on[on]:
        _on[on].append(what)


def keep_to(sections: Collection[str]) -> None:
    """For as long as the unit of work lasts, rows of these sections only: what is shared.

    What stays with those who walk with her (core/words.py) is in no section of a partner's.
    """
    context.memory("kept to")["sections"] = frozenset(sections)


def _is_kept(model: type[models.Model]) -> bool:
    sections: frozenset[str] | None = context.memory("kept to").get("sections")
    word = getattr(model, "access", None)
    section = getattr(word, "section", None)
    if sections is None or section is None:
        return True
    return section in sections and not getattr(word, "stays", False)


def read(page: str, file_id: UUID, *, actor: Actor, since: datetime | None) -> None:
    """Ask all those of one page, for as long as the unit of work lasts."""
    found = _rows(_on[page], file_id, actor, since)
    context.memory("plan").setdefault((file_id, since), {}).update(found)


def rows(what: str, file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Any]:
    """The rows of one question, still locked: read already with the page, else asked alone."""
    found: dict[str, list[Any]] = context.memory("plan").get((file_id, since), {})
    if what not in found:
        found = _rows([what], file_id, actor, since)
    return found[what]


def at_once(
    asked: Mapping[str, Asked], said: Mapping[str, Any], *, actor: Actor
) -> dict[str, list[Any]]:
    """Rows of several models in one statement, each kind in its order, still locked."""
    context.require(actor)
    parts = (
        f"select '{what}', row_number() over (), {timeline.as_json(one.model, 't')} "  # noqa: S608 -- every name is ours
        f"from ({one.sql}) t"
        for what, one in asked.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), dict(said))
        answered = sorted(cursor.fetchall(), key=lambda row: row[:2])
    found: dict[str, list[Any]] = {what: [] for what in asked}
    for what, _place, row in answered:
        found[what].append(timeline.from_json(asked[what].model, row))
    return found


def _rows(
    names: list[str], file_id: UUID, actor: Actor, since: datetime | None
) -> dict[str, list[Any]]:
    context.require(actor)
    found: dict[str, list[Any]] = {what: [] for what in names}
    if not names:
        return found
    answered = at_once(
        {what: _asked[what] for what in names}, {"file": file_id, "since": since}, actor=actor
    )
    return {what: rows if _is_kept(_asked[what].model) else [] for what, rows in answered.items()}
