"""How are planned meetings found: of one file, of a day, of a worker's week?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from spheres.core import clock, context, states
from spheres.core.actor import Actor
from spheres.followup.meetings import policy
from spheres.followup.meetings.models import STOPPED, MeetingStatus, PlannedMeeting
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between import places
from spheres.regions import queries as regions

Status = MeetingStatus.Status
WEEK: Final = timedelta(days=7)
FARTHEST: Final = timedelta(days=2 * 366)  # one turns the weeks two years ahead, and back
MOST = 30  # on one day’s page, or in one block
LISTED = 200  # on the page of one file’s meetings
ASKED = 3  # a day: one asks when the moment is right, not to empty a list


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[PlannedMeeting]:
    """Those of one file that the database lets this actor read, the latest first."""
    context.require(actor)
    return (
        PlannedMeeting.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-starts_at", "pk")
    )


def still_planned(file_id: UUID, *, actor: Actor) -> list[PlannedMeeting]:
    """What is planned with her and nobody has answered for, the soonest first; still locked."""
    return list(_going_on(of_file(file_id, actor=actor)).order_by("starts_at", "pk")[:MOST])


MEETINGS: Final = "meetings"
TODAY: Final = (
    f"((date_trunc('day', %(at)s at time zone '{settings.TIME_ZONE}') {{}})"
    f" at time zone '{settings.TIME_ZONE}')"
)
OF_TODAY: Final = f"""
select json_build_object('id', m.id, 'file_id', m.file_id, 'kind', m.kind,
  'starts_at', m.starts_at, 'worker_id', m.worker_id, 'worker', u.name)
from meetings_plannedmeeting m
join meetings_meetingstatus s on s.meeting_id = m.id
left join accounts_user u on u.id = m.worker_id
where s.status = 'PLANNED' and m.starts_at < {TODAY.format("+ interval '1 day'")}
  and (m.starts_at >= {TODAY.format("")} or m.worker_id = %(user)s
       and m.starts_at >= %(at)s - interval '{policy.ASKED_FOR.days} days')
  and not exists (
    select from participants_followupstatus e
    where e.file_id = m.file_id and e.status_at >= m.written_at
      and e.status in ({", ".join(f"'{status}'" for status in STOPPED)}))
order by m.starts_at desc, m.id limit {MOST}"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Coming:
    """A planned meeting as a day shows it: nothing of it is opened."""

    id: UUID
    file_id: UUID
    kind: str
    starts_at: datetime
    worker_id: UUID
    worker: str

    @property
    def kind_label(self) -> str:
        return regions.label("contact_kinds", self.kind)


@dataclass(frozen=True)
class Today:
    """What is planned today, in order; and the last few that nobody has answered for."""

    planned: list[Coming]
    asked: list[Coming]


def today(*, at: datetime, actor: Actor) -> Today:
    """Today in the files of this actor, hers and her colleagues'; of the days before, her own."""
    found = [
        Coming(
            id=UUID(row["id"]),
            file_id=UUID(row["file_id"]),
            kind=row["kind"],
            starts_at=datetime.fromisoformat(row["starts_at"]),
            worker_id=UUID(row["worker_id"]),
            worker=row["worker"] or "",
        )
        for row in places.rows_of_day(MEETINGS, actor=actor, at=at)
    ]
    found.sort(key=lambda one: (one.starts_at, one.id))
    today = clock.day_of(at)
    return Today(
        [one for one in found if clock.day_of(one.starts_at) == today],
        [one for one in found if clock.day_of(one.starts_at) < today][::-1][:ASKED],
    )


def of_week(monday: date, *, actor: Actor) -> list[PlannedMeeting]:
    """This actor's own meetings of seven days, whatever became of them, in order."""
    context.require(actor)
    begins, ends = span(monday, monday + WEEK)
    return list(
        _not_stopped(PlannedMeeting.objects.select_related("standing"))
        .filter(worker_id=actor.user_id, starts_at__gte=begins, starts_at__lt=ends)
        .exclude(standing__status=Status.MOVED)
        .order_by("starts_at", "pk")
    )


@dataclass(frozen=True)
class Day:
    """One day of a week: whom one meets, in the order of the hours."""

    on: date
    is_today: bool
    lines: list[tuple[PlannedMeeting, str]]


def my_week(monday: date, *, today: date, actor: Actor) -> list[Day]:
    """Seven days of this actor's own meetings; the names are opened in one event of a list."""
    rows = of_week(monday, actor=actor)
    names = dict(participants.names({row.file_id for row in rows}, actor=actor))
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        Day(
            day,
            day == today,
            [
                (row, names[row.file_id])
                for row in rows
                if clock.day_of(row.starts_at) == day and row.file_id in names
            ],
        )
        for day in days
    ]


def monday_of(written: str, *, today: date) -> date:
    """The Monday of the week that an address names by one of its days; else of this week."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = today
    if abs(day - today) > FARTHEST:
        day = today
    return day - timedelta(days=day.weekday())


def history(meeting: PlannedMeeting, *, actor: Actor) -> list[PlannedMeeting]:
    """What this meeting was before it was moved, the first plan first; still locked."""
    context.require(actor)
    before: list[PlannedMeeting] = []
    rows = {row.pk: row for row in of_file(meeting.file_id, actor=actor)}
    earlier = meeting.instead_of_id
    while earlier is not None and earlier in rows:
        before.append(rows[earlier])
        earlier = rows[earlier].instead_of_id
    return before[::-1]


def after(meeting: PlannedMeeting, *, actor: Actor) -> PlannedMeeting | None:
    """What it was moved to."""
    return of_file(meeting.file_id, actor=actor).filter(instead_of_id=meeting.pk).first()


def has_died(file_id: UUID, *, actor: Actor) -> bool:
    """Whether her death was noted: one press, and nothing more is planned or asked."""
    context.require(actor)
    return FollowUpStatus.objects.filter(
        file_id=file_id, status=FollowUpStatus.Status.DIED
    ).exists()


def lock(meeting_id: UUID, *, actor: Actor) -> MeetingStatus:
    """Where one meeting stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(MeetingStatus.objects.filter(pk=meeting_id))


def span(first: date, until: date) -> tuple[datetime, datetime]:
    """From the first moment of a day to the first of another, where the programme works."""
    begins, ends = (datetime.combine(day, time(), tzinfo=_zone()) for day in (first, until))
    return begins, ends


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _going_on(rows: QuerySet[PlannedMeeting]) -> QuerySet[PlannedMeeting]:
    return _not_stopped(rows).filter(standing__status=Status.PLANNED)


def _not_stopped(rows: QuerySet[PlannedMeeting]) -> QuerySet[PlannedMeeting]:
    """Without what was planned before she left, before the follow-up was closed, or she died."""
    stopped = FollowUpStatus.objects.filter(
        file_id=OuterRef("file_id"), status__in=STOPPED, status_at__gte=OuterRef("written_at")
    )
    return rows.filter(~Exists(stopped))
