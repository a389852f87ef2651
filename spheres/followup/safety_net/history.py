"""How did her three sheets come to be: which version on which day, and what came just before?

What happened is said by its kind, as it was kept: never where, never with whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.safety_net import asking, queries
from spheres.followup.safety_net.models import NEW_WORKER, Look, Part, Sheet
from spheres.records.between import places
from spheres.ui import moments

MOST: Final = 24  # steps of one picture
HAPPENED: Final = """
select e.why, e.at from (
  select l.why, l.written_at from safety_net_look l where l.file_id = %(file)s
  union all
  select '{new_worker}', a.starts_at from participants_assignment a where a.file_id = %(file)s
  union all
  select c.why, c.at from ({contexts}) c(file_id, why, at) where c.file_id = %(file)s
) e(why, at) where e.why <> 'FITS' order by e.at"""


@dataclass(frozen=True)
class Step:
    """One version: which sheet, its number, its day, and what came just before it."""

    place: int
    record_id: UUID
    part: str
    number: int
    at: datetime
    because: tuple[str, ...]

    @property
    def day(self) -> str:
        return moments.day(self.at)

    @property
    def what(self) -> str:
        sheet = Part(self.part).label
        return _("%(sheet)s, version %(number)s") % {"sheet": sheet, "number": self.number}

    @property
    def why(self) -> str:
        return ", ".join(self.because) or _("Nothing kept")

    @property
    def said(self) -> str:
        return f"{self.place}. {self.day}: {self.what}; {self.why}"


@dataclass(frozen=True)
class Trail:
    """The versions, the oldest first."""

    steps: tuple[Step, ...]
    are_older: bool

    @property
    def has_reasons(self) -> bool:
        """Whether a ring is drawn: only then is it explained."""
        return any(step.because for step in self.steps)


def trail(file_id: UUID, *, actor: Actor) -> Trail:
    """Of the sheets that the database shows; two statements, however many there are."""
    context.require(actor)
    rows = list(Sheet.objects.filter(file_id=file_id).order_by("-written_at", "pk")[: MOST + 1])
    with connection.cursor() as cursor:
        asked = HAPPENED.format(new_worker=NEW_WORKER, contexts=places.contexts())
        cursor.execute(asked, {"file": file_id})
        happened: list[tuple[str, datetime]] = cursor.fetchall()
    drawn = rows[:MOST][::-1]
    last = dict.fromkeys(Part.values, drawn[0].written_at if drawn else None)
    steps = []
    for place, row in enumerate(drawn, 1):
        since, last[row.part] = last[row.part], row.written_at
        before = [why for why, at in happened if since and since < at <= row.written_at]
        because = tuple(dict.fromkeys(_words(why) for why in before))
        steps.append(Step(place, row.pk, row.part, row.number, row.occurred_at, because))
    return Trail(tuple(steps), len(rows) > MOST)


def _words(why: str) -> str:
    if why == NEW_WORKER:
        return _("Somebody new walks with them")
    return str(Look.Why(why).label)


# Between two versions.


def pair(file_id: UUID, record_id: UUID, *, actor: Actor) -> list[Sheet]:
    """One version and the one before it, still locked; one only when nothing came before."""
    context.require(actor)
    sheet = Sheet.objects.filter(file_id=file_id, pk=record_id).first()
    if sheet is None:
        return []
    same = Sheet.objects.filter(file_id=file_id, part=sheet.part, number__lte=sheet.number)
    return list(same.order_by("-number")[:2])


@dataclass(frozen=True)
class Change:
    """Of one question: the lines that came, and those that went."""

    asked: str
    came: tuple[str, ...]
    went: tuple[str, ...]


def changes(now: Sheet, before: Sheet) -> list[Change]:
    """Question by question, of two opened versions; what stayed is not said again."""
    new, old = queries.answers(now), queries.answers(before)
    found = [
        _change(asked, read(new), read(old))
        for asked, read in (
            (_("People, places, numbers"), lambda said: map(_knot, asking.knots(said))),
            *((label, _reader(name)) for name, label in _questions(now.part)),
        )
    ]
    return [each for each in found if each.came or each.went]


def _questions(part: str) -> list[tuple[str, str]]:
    levels = {q.name: level for level in asking.LEVELS for q in level.questions}
    return [
        (q.name, f"{levels[q.name].usual}: {q.label}" if q.name in levels else str(q.label))
        for q in asking.QUESTIONS[part]
    ]


def _reader(name: str) -> Any:
    return lambda said: str(said.get(name, "")).splitlines()


def _knot(knot: asking.Knot) -> str:
    return f"{knot.who} · {knot.reach}" if knot.reach else knot.who


def _change(asked: str, new: Iterable[str], old: Iterable[str]) -> Change:
    now, then = (
        dict.fromkeys(line.strip() for line in side if line.strip()) for side in (new, old)
    )
    came = tuple(line for line in now if line not in then)
    return Change(asked, came, tuple(line for line in then if line not in now))
