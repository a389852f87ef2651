"""How are accompaniments, their steps and what leaves with them found?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import clock, context, states
from spheres.core.actor import Actor
from spheres.directory import queries as directory
from spheres.directory.models import Resource
from spheres.followup.accompaniments.models import (
    OPEN,
    Accompaniment,
    AccompanimentStatus,
    Course,
    OutgoingReferral,
    OutgoingStatus,
    Reply,
    Step,
)
from spheres.participants import queries as participants
from spheres.records import registry
from spheres.records.between import gathering, places, serving
from spheres.records.between.serving import Wanted
from spheres.regions import queries as regions

SOON: Final = timedelta(days=3)
ASKED_FOR: Final = timedelta(days=60)  # afterwards, it is asked about no more
MOST: Final = 10  # on one day's page
MOST_UNDER_WAY: Final = 40
STILL_OPEN: Final = "accompaniments"
COMING: Final = f"""
select json_build_object('record_id', c.record_id, 'file_id', c.file_id, 'kind', a.kind,
  'next_on', c.next_on)
from accompaniments_course c
join accompaniments_accompaniment a on a.id = c.record_id
join accompaniments_accompanimentstatus s on s.record_id = c.record_id
where c.status in ({", ".join(f"'{status}'" for status in sorted(OPEN))}) and s.status = 'SIGNED'
  and c.next_on between (%(at)s)::date - {ASKED_FOR.days} and (%(at)s)::date + {SOON.days + 1}
  and not exists (
    select from participants_followupstatus e
    where e.file_id = c.file_id and e.status_at >= c.status_at
      and e.status in ({", ".join(f"'{status}'" for status in sorted(participants.OVER))}))
order by c.next_on desc, c.record_id limit {MOST}"""  # noqa: S608 -- every name is ours

# Asked with the rest of her plan.
UNDER_WAY, COURSES, LAST_STEPS = (
    "accompaniments under way", "where accompaniments are", "last steps of accompaniments",
)  # fmt: skip
FOR_SOMETHING: Final = ", ".join(f"'{status}'" for status in (*OPEN, Course.Status.OBTAINED))
OF_PLAN: Final = {
    UNDER_WAY: (
        Accompaniment,
        f"""
select a.* from accompaniments_accompaniment a
join accompaniments_accompanimentstatus s on s.record_id = a.id
join accompaniments_course c on c.record_id = a.id
where a.file_id = %(file)s and s.status = 'SIGNED' and c.status in ({FOR_SOMETHING})
  and (%(since)s::timestamptz is null or a.written_at >= %(since)s)
order by a.occurred_at desc, a.id limit {MOST_UNDER_WAY}""",  # noqa: S608 -- every name is ours
    ),
    COURSES: (Course, "select c.* from accompaniments_course c where c.file_id = %(file)s"),
    LAST_STEPS: (
        Step,
        """
select distinct on (t.record_id) t.* from accompaniments_step t where t.file_id = %(file)s
order by t.record_id, t.written_at desc, t.id""",
    ),
}
# The needs that they are for: going on, or obtained.
ANSWERED: Final = f"""
select a.file_id, n.need, case c.status when 'OBTAINED' then c.status_at end
from accompaniments_accompaniment a
join accompaniments_accompanimentstatus s on s.record_id = a.id
join accompaniments_course c on c.record_id = a.id, unnest(a.needs) as n(need)
where s.status = 'SIGNED' and c.status in ({FOR_SOMETHING})"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Coming:
    """The next step of one accompaniment, without what was said of it."""

    record_id: UUID
    file_id: UUID
    kind: str
    next_on: date


@dataclass(frozen=True)
class Offered:
    """What the writing page offers to choose from: of the directory, of her plan, of her needs."""

    resources: Sequence[tuple[str, str]] = ()
    wanted: Sequence[Wanted] = ()
    urgent: Sequence[tuple[str, str]] = ()


def offered(
    file_id: UUID,
    *,
    actor: Actor,
    since: datetime | None = None,
    corrects: Accompaniment | None = None,
) -> Offered:
    """All of it; what a corrected one said may be said again, wherever it stands now."""
    resources = directory.choices(actor=actor)
    kept, towards = (corrects.resource_id, corrects.towards_id) if corrects else (None, None)
    if kept and str(kept) not in dict(resources):
        resource = directory.resource(kept, actor=actor)
        resources = [*([(str(kept), resource.name)] if resource else []), *resources]
    return Offered(
        resources,
        serving.to_choose(file_id, actor=actor, since=since, kept=towards),
        urgent_needs(file_id, actor=actor),
    )


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Accompaniment]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Accompaniment.objects.select_related("standing", "course")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def under_way(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Accompaniment]:
    """What is not over in one file, and what was obtained, the nearest step first; still locked."""
    courses = {
        row.record_id: row for row in gathering.rows(COURSES, file_id, actor=actor, since=since)
    }
    rows = gathering.rows(UNDER_WAY, file_id, actor=actor, since=since)
    for row in rows:
        row.course = courses[row.pk]
    return sorted(rows, key=lambda one: (one.course.next_on or date.max, one.pk))


def still_open(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Accompaniment]:
    """What is not over in one file, the nearest step first; still locked."""
    rows = under_way(file_id, actor=actor, since=since)
    return [row for row in rows if row.course.status in OPEN][:MOST]


def coming(*, actor: Actor, at: datetime) -> list[Coming]:
    """The steps of these days in the files of this actor, the nearest first: nothing is opened."""
    found = [
        Coming(
            UUID(row["record_id"]),
            UUID(row["file_id"]),
            row["kind"],
            date.fromisoformat(row["next_on"]),
        )
        for row in places.rows_of_day(STILL_OPEN, actor=actor, at=at)
    ]
    near = [one for one in found if one.next_on <= clock.day_of(at) + SOON]
    return sorted(near, key=lambda one: (one.next_on, one.record_id))


def resource_of(record: Accompaniment, *, actor: Actor) -> Resource | None:
    """The resource of the directory it goes towards, also when that is offered no more."""
    if record.resource_id is None:
        return None
    return directory.resource(record.resource_id, actor=actor)


def steps(record: Accompaniment, *, actor: Actor) -> QuerySet[Step]:
    """Each step that was taken, the newest first; still locked."""
    context.require(actor)
    return Step.objects.filter(record_id=record.root).order_by("-written_at", "pk")


def last_steps(
    records: list[Accompaniment], file_id: UUID, *, actor: Actor, since: datetime | None
) -> dict[UUID, Step]:
    """The newest step of each of these, by the identifier on which steps hang; still locked."""
    wanted = {one.root for one in records}
    rows = gathering.rows(LAST_STEPS, file_id, actor=actor, since=since)
    return {row.record_id: row for row in rows if row.record_id in wanted}


def referrals(record: Accompaniment, *, actor: Actor) -> QuerySet[OutgoingReferral]:
    """What was agreed to leave with this one, the newest first; still locked."""
    context.require(actor)
    return (
        OutgoingReferral.objects.select_related("standing")
        .filter(record_id=record.root)
        .order_by("-written_at", "pk")
    )


def referral(file_id: UUID, referral_id: UUID, *, actor: Actor) -> OutgoingReferral | None:
    """One of them, in this file; still locked."""
    context.require(actor)
    return (
        OutgoingReferral.objects.select_related("standing")
        .filter(file_id=file_id, pk=referral_id)
        .first()
    )


def replies(referral_id: UUID, *, actor: Actor) -> QuerySet[Reply]:
    """What came back, the newest first; still locked."""
    context.require(actor)
    return Reply.objects.filter(referral_id=referral_id).order_by("-written_at", "pk")


def urgent_needs(file_id: UUID, *, actor: Actor) -> list[tuple[str, str]]:
    """The urgent needs of this file that wait for somebody, to be linked to; nothing is opened."""
    kind = next((one for one in registry.all_types() if one.slug == "urgent_needs"), None)
    if kind is None:
        return []
    rows = kind.rows(file_id, actor=actor).filter(
        standing__status="SIGNED", answer__status__in=("OPEN", "BEING_MET", "STILL_THERE")
    )
    return [(str(row.pk), regions.label("urgent_needs", row.need)) for row in rows[:MOST]]


def lock(record_id: UUID, *, actor: Actor) -> AccompanimentStatus:
    """Where one record stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(AccompanimentStatus.objects.filter(pk=record_id))


def lock_course(record_id: UUID, *, actor: Actor) -> Course:
    """How far one has come, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(Course.objects.filter(pk=record_id))


def lock_outgoing(referral_id: UUID, *, actor: Actor) -> OutgoingStatus:
    """Where what leaves stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(OutgoingStatus.objects.filter(pk=referral_id))
