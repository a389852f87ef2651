"""Where does each of my people stand, as the organisation leaves; with whom may they go on?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.departure.models import Say
from spheres.followup.departure.queries.numbers import (
    NOT_REACHED,
    OVER,
    SETTLED,
    STATES,
    TO_ASK,
    TO_TRY,
    TRIES,
)
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between import places
from spheres.sharing.models import Departure
from spheres.sharing.queries import JOINED_AWAY
from spheres.sharing.rules import WORKERS
from spheres.ui.text import alphabetical

WORKER_ROLES: Final = ", ".join(f"'{role}'" for role in sorted(WORKERS))


@dataclass(frozen=True)
class Person:
    """One of my people, and where they stand."""

    file_id: UUID
    name: str
    state: str
    to: str = ""
    said_on: date | None = None
    tries: int = 0
    is_followed: bool = True

    @property
    def label(self) -> Any:
        return STATES[self.state]


def partners(*, actor: Actor) -> list[tuple[str, str]]:
    """With whom somebody may go on: partners that accompany people, and do not leave themselves."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(PARTNERS)
        rows = cursor.fetchall()
    return [(str(one), en if get_language() == "en" else fr) for one, fr, en in rows]


PARTNERS: Final = f"""
select o.id, o.name_fr, o.name_en from accounts_organisation o
where o.id = any((select access.recipients())::uuid[]) and o.id <> (select access.organisation())
  and exists (
    select from accounts_membership m
    where m.organisation_id = o.id and m.role in ({WORKER_ROLES})
      and m.starts_at <= (select access.moment())
      and (m.ends_at is null or m.ends_at > (select access.moment())))
  and not exists (
    select from sharing_departure d
    where d.organisation_id = o.id and d.cancelled_at is null and d.ended_at is null)
order by o.name_fr, o.id"""  # noqa: S608 -- every name is ours


def my_people(departure: Departure, *, actor: Actor) -> list[Person]:
    """My people by name, those to be asked first; whose follow-up was over before is left out."""
    known = participants.mine(actor=actor, without=JOINED_AWAY)
    files = [one.identity.file_id for one in known]
    names = dict(participants.names(files, actor=actor))
    said: dict[UUID, list[Say]] = {}
    for row in Say.objects.filter(departure_id=departure.pk, file__in=files).order_by(
        "written_at", "pk"
    ):
        said.setdefault(row.file_id, []).append(row)
    partner = dict(
        Organisation.objects.filter(
            pk__in={row.to_organisation_id for rows in said.values() for row in rows}
        ).values_list("pk", "name_en" if get_language() == "en" else "name_fr")
    )
    people = [
        _person(one.identity.file_id, names[one.identity.file_id], one.status, rows, partner)
        for one in known
        if one.identity.file_id in names
        and ((rows := said.get(one.identity.file_id, [])) or one.status not in participants.OVER)
    ]
    order = list(STATES)
    return sorted(
        people, key=lambda one: (order.index(one.state), alphabetical(one.name), one.file_id)
    )


def _person(
    file_id: UUID, name: str, status: str, rows: list[Say], partner: dict[UUID, str]
) -> Person:
    tries = len({row.said_on for row in rows if row.way == NOT_REACHED})
    newest = rows[-1] if rows else None
    if newest is None:
        state = TO_ASK
    elif status in participants.OVER:
        state = SETTLED
    elif newest.way == NOT_REACHED and tries < TRIES:
        state = TO_TRY
    else:
        state = str(newest.way)
    to = partner.get(newest.to_organisation_id, "") if newest and newest.to_organisation_id else ""
    on = newest.said_on if newest else None
    return Person(file_id, name, state, to, on, tries, bool(status))


def said(file_id: UUID, departure_id: UUID, *, actor: Actor) -> list[Say]:
    """What she said of it, the newest first; still locked."""
    context.require(actor)
    rows = Say.objects.filter(file_id=file_id, departure_id=departure_id)
    return list(rows.order_by("-written_at", "pk"))


def walks_with(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor walks with her now: the database lets nobody else write."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.appendable_summary_files())", [file_id])
        return bool(cursor.fetchone()[0])


def is_over(file_id: UUID, *, actor: Actor) -> bool:
    """Whether her follow-up is over: then nothing more is asked of her."""
    context.require(actor)
    newest = FollowUpStatus.objects.filter(file_id=file_id).order_by("-status_at", "status").first()
    return newest is not None and newest.status in participants.OVER


# On a worker's day: that her organisation leaves, and how many of hers are still to be asked.
ON_MY_DAY: Final = "a partner leaves"
OF_MY_DAY: Final = f"""
select json_build_object('last_on', d.last_on, 'to_ask', (
  select count(*) from ({participants.MY_FILES}) m
  where not exists (
      select from departure_say y where y.file_id = m.file_id and y.departure_id = d.id)
    and m.file_id not in ({JOINED_AWAY})
    and coalesce((select s.status not in ({OVER}) from participants_followupstatus s
      where s.file_id = m.file_id order by s.status_at desc, s.status limit 1), true)))
from sharing_departure d
where d.organisation_id = %(here)s and d.confirmed_at is not null and d.cancelled_at is null
  and d.ended_at is null"""  # noqa: S608 -- every name is ours
# With her file, in the statement that asks who may see it.
LEAVES: Final = "its holder leaves"
OF_FILE: Final = f"""
select '{LEAVES}'::text, d.id from sharing_departure d
join participants_file f on f.holder_id = d.organisation_id
where f.id = asked.file_id and d.confirmed_at is not null and d.cancelled_at is null
  and d.ended_at is null"""  # noqa: S608 -- every name is ours


def of_day(*, actor: Actor, at: Any) -> dict[str, Any] | None:
    rows = places.rows_of_day(ON_MY_DAY, actor=actor, at=at)
    return rows[0] if rows else None
