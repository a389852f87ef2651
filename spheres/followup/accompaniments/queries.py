"""How are accompaniments, their steps and what leaves with them found?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import clock, context, states
from spheres.core.actor import Actor
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
from spheres.records import places, registry
from spheres.regions import queries as regions

SOON: Final = timedelta(days=3)
ASKED_FOR: Final = timedelta(days=60)  # afterwards, it is asked about no more
MOST: Final = 10  # on one day's page
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


@dataclass(frozen=True)
class Coming:
    """The next step of one accompaniment, without what was said of it."""

    record_id: UUID
    file_id: UUID
    kind: str
    next_on: date


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Accompaniment]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Accompaniment.objects.select_related("standing", "course")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def still_open(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Accompaniment]:
    """What is not over in one file, the nearest step first; still locked."""
    rows = of_file(file_id, actor=actor).filter(
        course__status__in=OPEN, standing__status=AccompanimentStatus.Status.SIGNED
    )
    if since is not None:
        rows = rows.filter(written_at__gte=since)
    return sorted(rows[:MOST], key=lambda one: (one.course.next_on or date.max, one.pk))


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


def steps(record: Accompaniment, *, actor: Actor) -> QuerySet[Step]:
    """Each step that was taken, the newest first; still locked."""
    context.require(actor)
    return Step.objects.filter(record_id=record.root).order_by("-written_at", "pk")


def last_steps(records: list[Accompaniment], *, actor: Actor) -> dict[UUID, Step]:
    """The newest step of each of these, by the identifier on which steps hang; still locked."""
    context.require(actor)
    rows = (
        Step.objects.filter(record_id__in=[one.root for one in records])
        .distinct("record")
        .order_by("record", "-written_at", "pk")
    )
    return {row.record_id: row for row in rows}


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
