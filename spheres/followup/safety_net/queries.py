"""How are her three sheets found, and what calls for looking at them again?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, takewhile
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from spheres.accounts.models import User
from spheres.core import clock, context, states
from spheres.core.actor import Actor
from spheres.followup.safety_net import asking
from spheres.followup.safety_net.models import (
    NEW_WORKER,
    Look,
    Part,
    Rhythm,
    Sheet,
    SheetStatus,
)
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord
from spheres.records.between import gathering, places

CURRENT: Final = "safety sheets"
STANDS: Final = """
select distinct on (t.part) t.* from safety_net_sheet t where t.file_id = %(file)s
order by t.part, t.number desc"""
# What each sheet is called where an exercise says which tool keeps it.
TOOLS: Final = {
    Part.NET: "safety_net",
    Part.CRISIS: "crisis_plan",
    Part.COURSE: "staying_on_course",
}
AGAIN: Final = "safety to look at again"
WAYS = """select %(file)s = any(access.readable_safety_files()),
  %(file)s = any(access.appendable_safety_files())"""
# What happened since the net or the plan was last written; the newest alone is said.
SINCE = """
select s.file_id, w.why, w.at
from (select file_id, max(written_at) as at from safety_net_sheet
      where part in ('NET', 'CRISIS') and file_id in ({files}) group by file_id) s
cross join lateral (
  select e.why, e.at from (
    select l.why, l.written_at as at from safety_net_look l where l.file_id = s.file_id
    union all
    select '{new_worker}', a.starts_at from participants_assignment a
    where a.file_id = s.file_id and (a.ends_at is null or a.ends_at > {moment})
    union all
    select c.why, c.at from ({contexts}) c(file_id, why, at) where c.file_id = s.file_id) e
  where e.at > s.at and e.at <= {moment} order by e.at desc limit 1) w
where w.why <> 'FITS'"""
MOMENT = "(select access.moment())"


# When contacts are spaced, as she agreed: the version that stands, and the last time they met.
SPACED: Final = "spaced contacts"
APART: Final[dict[str, dict[str, int]]] = {
    Rhythm.TWO_WEEKS: {"days": 14},
    Rhythm.MONTH: {"months": 1},
    Rhythm.TWO_MONTHS: {"months": 2},
    Rhythm.SEASON: {"months": 3},
}
# Around that day: said from a few days before, and no more two weeks after.
BEFORE, AFTER = timedelta(days=3), timedelta(days=14)


@dataclass(frozen=True)
class Sign:
    """A sign of life that she agreed to, around a day. It is never late."""

    file_id: UUID
    around: date


@dataclass(frozen=True)
class Ways:
    """Whether one reads her safety, and whether one writes it."""

    reads: bool
    writes: bool


@dataclass(frozen=True)
class Again:
    """What calls for looking again at her net or her plan; nothing is ever late."""

    file_id: UUID
    why: str
    at: datetime


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Sheet]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Sheet.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def current(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> dict[str, Sheet]:
    """The version of each sheet that stands, by part; still locked.

    Read with her plan, when this page has asked it for the same `since`; whatever that is.
    """
    rows = gathering.rows(CURRENT, file_id, actor=actor, since=since)
    return {row.part: row for row in rows}


def number_of(file_id: UUID, part: str, *, actor: Actor) -> int:
    """The number of the version that stands; nought when none was written."""
    context.require(actor)
    rows = Sheet.objects.filter(file_id=file_id, part=part).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def versions(file_id: UUID, part: str, *, actor: Actor) -> list[tuple[Sheet, str]]:
    """Every version of one sheet with the name of who wrote it, the newest first; locked."""
    context.require(actor)
    rows = list(Sheet.objects.filter(file_id=file_id, part=part).order_by("-number"))
    names = dict(
        User.objects.filter(pk__in={row.written_by for row in rows}).values_list("pk", "name")
    )
    return [(row, names.get(row.written_by, "")) for row in rows]


def ways(file_id: UUID, *, actor: Actor) -> Ways:
    """What the rule table lets one do with her safety."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(WAYS, {"file": file_id})
        return Ways(*map(bool, cursor.fetchone()))


def lock(record_id: UUID, *, actor: Actor) -> SheetStatus:
    """Where one version stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(SheetStatus.objects.filter(pk=record_id))


def is_code_word(file_id: UUID, words: str, *, actor: Actor) -> bool:
    """Whether a sign says her code word, alone or among other words: it would open her file."""
    context.require(actor)
    kept = CodeWord.objects.filter(file_id=file_id).order_by("-written_at", "pk").first()
    if kept is None or not words.strip():
        return False
    heard = words.split()
    tried = {
        " ".join(heard[start:end]).strip(".,;:!?«»“”\"'() ")
        for start in range(len(heard))
        for end in range(start + 1, min(len(heard), start + 6) + 1)
    }
    digests = (participants.code_word_digest(one) for one in tried if one)
    return any(bytes(kept.digest) == digest for digest in digests)


# When to look again.


def _since(files: str) -> str:
    return SINCE.format(
        files=files, moment=MOMENT, new_worker=NEW_WORKER, contexts=places.contexts()
    )


def on_day() -> str:
    """What my day asks, with the rest, in its one statement."""
    return (
        "select json_build_object('file_id', q.file_id, 'why', q.why, 'at', q.at) "  # noqa: S608 -- ours
        f"from ({_since(participants.MY_FILES)}) q"
    )


def again_on_day(*, actor: Actor, at: datetime) -> list[Again]:
    """Among my people, what calls for looking again; the oldest first."""
    found = [_again(row) for row in places.rows_of_day(AGAIN, actor=actor, at=at)]
    return sorted(found, key=lambda one: (one.at, one.file_id))


def again(file_id: UUID, *, actor: Actor) -> Again | None:
    """The same, of one file."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_since("%s"), [file_id])
        row = cursor.fetchone()
    return Again(*row) if row else None


def spaced_on_day() -> str:
    """What my day asks, with the rest, in its one statement: of those who spaced their contacts."""
    over = ", ".join(f"'{status}'" for status in sorted(participants.OVER))
    apart = ", ".join(f"'{rhythm}'" for rhythm in APART)
    return f"""
select json_build_object('file_id', s.file_id, 'rhythm', s.rhythm, 'agreed_on', s.agreed_on,
  'met_at', (select max(m.at) from ({places.met()}) m(file_id, at)
    where m.file_id = s.file_id and m.at <= {MOMENT}))
from (select distinct on (t.file_id) t.* from safety_net_sheet t
      where t.part = '{Part.COURSE}' and t.file_id in ({participants.MY_FILES})
      order by t.file_id, t.number desc) s
where s.rhythm in ({apart}) and not exists (
  select from participants_followupstatus e where e.file_id = s.file_id
    and e.status_at >= s.written_at and e.status in ({over}))"""  # noqa: S608 -- every name is ours


def signs(*, actor: Actor, at: datetime) -> list[Sign]:
    """Whose sign of life is around today, as she agreed; the soonest first. Nothing is opened."""
    today = clock.day_of(at)
    found = []
    for row in places.rows_of_day(SPACED, actor=actor, at=at):
        agreed_on = date.fromisoformat(row["agreed_on"])
        met_at = row["met_at"]
        met_on = clock.day_of(datetime.fromisoformat(met_at)) if met_at else agreed_on
        around = turn(max(agreed_on, met_on), row["rhythm"], today)
        if around is not None:
            found.append(Sign(UUID(row["file_id"]), around))
    return sorted(found, key=lambda one: (one.around, one.file_id))


def turn(since: date, rhythm: str, today: date) -> date | None:
    """The day around which a sign was agreed to, when it is around today; counted from `since`.

    A turn that nobody took is not asked about two weeks later: the next one comes in its time.
    """
    turns = takewhile(lambda day: day - BEFORE <= today, _turns(since, rhythm))
    newest = max(turns, default=None)
    return newest if newest is not None and today <= newest + AFTER else None


def _turns(since: date, rhythm: str) -> Iterator[date]:
    apart = APART[rhythm]
    for number in count(1):
        if days := apart.get("days"):
            yield since + timedelta(days=days * number)
        else:
            months = since.month - 1 + apart["months"] * number
            year, month = since.year + months // 12, months % 12 + 1
            yield date(year, month, min(since.day, monthrange(year, month)[1]))


def _again(row: dict[str, Any]) -> Again:
    return Again(UUID(row["file_id"]), row["why"], datetime.fromisoformat(row["at"]))


def looks(file_id: UUID, *, actor: Actor) -> QuerySet[Look]:
    context.require(actor)
    return Look.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def answers(sheet: Sheet | None) -> asking.Answers:
    """What an opened version says; nothing when there is none."""
    return asking.read(sheet.opened.answers) if sheet else {}


PARTS: Final = tuple(Part)
