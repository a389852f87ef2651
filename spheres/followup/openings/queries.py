"""Who is stopped today, who let whom go on, what was looked at, and what stood out?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Max

from spheres.accounts.models import Organisation, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.openings.looking import GROUNDS, WEEK
from spheres.followup.openings.models import Look, Unusual
from spheres.sharing.models import Lifted
from spheres.vault import actions as vault

SHOWN_FOR: Final = timedelta(days=90)
A_YEAR: Final = timedelta(days=365)
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
# A look each night: past this, the last one did not run. The longest day has 25 hours.
LATE: Final = timedelta(hours=30)


@dataclass(frozen=True)
class Many:
    """Of somebody who opened many files today, how many; of whom, nothing is said."""

    who: str
    number: int


@dataclass(frozen=True)
class LetGoOn:
    """Who let whom go on, when and why."""

    who: str
    by: str
    at: datetime
    reason: str


def stopped(*, actor: Actor) -> list[UUID]:
    """Colleagues whom the day's limit stopped, and whom nobody let go on yet; never oneself."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.stopped_today()")
        return list(cursor.fetchone()[0])


def stopped_by_name(*, actor: Actor) -> list[tuple[UUID, str]]:
    """The same, by name."""
    people = stopped(actor=actor)
    return list(User.objects.filter(pk__in=people).order_by("name", "pk").values_list("pk", "name"))


def many(*, actor: Actor) -> list[Many]:
    """Those who opened today as many files as the organisation asks about, the most first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select u.name, m.counted from access.many_today() m "
            "join accounts_user u on u.id = m.of_user order by m.counted desc, u.name, u.id"
        )
        return [Many(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class ByPolice:
    """What police accounts read of the files held here, and what they were told, in a year."""

    read: int
    told: int


def by_police(*, actor: Actor, at: datetime) -> ByPolice:
    """How many readings, of nobody's file: none, as it must be; and openings of what was told."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.read_by_police(%s)", [at - A_YEAR])
        return ByPolice(*cursor.fetchone())


def let_go_on(*, actor: Actor, at: datetime) -> list[LetGoOn]:
    """Who let whom go on in the last months, the newest first."""
    context.require(actor)
    rows = list(Lifted.objects.filter(lifted_at__gt=at - SHOWN_FOR).order_by("-lifted_at", "pk"))
    vault.open(rows, by=actor, sections=(), action="list")
    people = {one.user_id for one in rows} | {one.lifted_by for one in rows}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return [
        LetGoOn(
            names.get(one.user_id, ""),
            names.get(one.lifted_by, ""),
            one.lifted_at,
            one.opened.reason,
        )
        for one in rows
    ]


# For the service that looks.


@dataclass(frozen=True)
class WithoutGround:
    """One reading across organisations that nothing allowed at that moment."""

    event_id: UUID
    number: int
    holder_id: UUID
    reader_id: UUID
    user_id: UUID
    at: datetime
    sections: list[str]


@dataclass(frozen=True)
class StoodOut:
    """Of one worker, in one week, what stood out, in numbers."""

    organisation_id: UUID
    user_id: UUID
    kind: str
    files: int
    times: int
    first_at: datetime
    last_at: datetime


def overseen(*, actor: Actor) -> list[UUID]:
    """The organisations whose openings are looked at: all of them, for the service."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.overseen()")
        return list(cursor.fetchone()[0])


def looked_until(what: Look.What, *, actor: Actor) -> datetime:
    """Until when it was looked at already; the beginning of time, when it never was."""
    context.require(actor)
    last: datetime | None = Look.objects.filter(what=what).aggregate(at=Max("until_at"))["at"]
    return last or EARLIEST


def read_across(
    begins: datetime, ends: datetime, *, actor: Actor
) -> tuple[list[WithoutGround], dict[UUID, int]]:
    """The readings without a ground; and by holder, how many readings there were in all."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select * from access.{GROUNDS.name}(%s, %s)", [begins, ends])  # noqa: S608 -- ours
        rows = cursor.fetchall()
    seen = {row[2]: row[-1] for row in rows if row[0] is None}
    return [WithoutGround(*row[:-1]) for row in rows if row[0] is not None], seen


def unusual(begins: datetime, ends: datetime, *, actor: Actor) -> list[StoodOut]:
    """What stood out from one moment to another."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select * from access.{WEEK.name}(%s, %s, %s)",  # noqa: S608 -- our own name
            [begins, ends, settings.TIME_ZONE],
        )
        return [StoodOut(*row) for row in cursor.fetchall()]


def weeks_to_look_at(*, actor: Actor, at: datetime) -> list[tuple[datetime, datetime]]:
    """The weeks that are over and were not looked at; at first, the last one. From midnight of a
    Monday to the next one: the week when clocks change has an hour more, or less."""
    context.require(actor)
    zone = ZoneInfo(settings.TIME_ZONE)
    today = at.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    until = looked_until(Look.What.WEEK, actor=actor)
    first = monday - timedelta(days=7) if until == EARLIEST else until.astimezone(zone).date()
    found = []
    while first < monday:
        after = first + timedelta(days=7)
        begins, ends = (datetime.combine(day, time(), tzinfo=zone) for day in (first, after))
        found.append((begins, ends))
        first = after
    return found


# For whoever guards privacy.


@dataclass(frozen=True)
class Checked:
    """The last look of one kind, and what it found; no moment: it never ran."""

    at: datetime | None
    since: datetime | None
    seen: int
    found: int
    is_late: bool


def checked(what: Look.What, *, actor: Actor, at: datetime) -> Checked:
    """When it was looked at for the last time, and what was found; whether a night was missed."""
    context.require(actor)
    mine = Look.objects.filter(what=what, organisation_id=actor.organisation_id)
    last = mine.order_by("-until_at", "pk").first()
    if last is None:
        return Checked(None, None, 0, 0, is_late=True)
    return Checked(last.looked_at, last.from_at, last.seen, last.found, at - last.looked_at > LATE)


@dataclass(frozen=True)
class Question:
    """One line that stood out, as whoever guards privacy reads it."""

    row: Unusual
    who: str
    where: str  # of what was read at another organisation's, at which

    @property
    def what(self) -> str:
        return str(self.row.get_kind_display())

    @property
    def outcome(self) -> str:
        return str(self.row.get_outcome_display()) if self.row.outcome else ""


def questions(*, actor: Actor, at: datetime) -> list[Question]:
    """Those that wait, oldest first; then those answered in the last months, the newest first."""
    context.require(actor)
    mine = Unusual.objects.filter(organisation_id=actor.organisation_id)
    waiting = list(mine.filter(outcome="").order_by("first_at", "pk"))
    said = list(mine.filter(outcome_at__gt=at - SHOWN_FOR).order_by("-outcome_at", "pk"))
    rows = [*waiting, *said]
    names = dict(User.objects.filter(pk__in={r.user_id for r in rows}).values_list("pk", "name"))
    others = {row.reader_id for row in rows if row.reader_id != row.organisation_id}
    where = {one.pk: one.name for one in Organisation.objects.filter(pk__in=others)}
    return [Question(row, names.get(row.user_id, ""), where.get(row.reader_id, "")) for row in rows]
