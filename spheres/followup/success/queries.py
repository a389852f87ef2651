"""How is what success is for her found; and of a year, what enough participants chose?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.success.models import NOT_SAID, ROLLUPS, Choice, ChoiceStatus, Told
from spheres.records import queries as kept
from spheres.records.between import gathering
from spheres.sharing.counting import Counting

MOST: Final = 100  # on the page of one file
SMALLEST_GROUP: Final = 5  # participants, under which nothing is told; a region may ask for more
# Of her plan the one that holds today.
NEWEST: Final = "success"
NEWEST_OF_PLAN: Final = """
select c.* from success_choice c
join success_choicestatus s on s.record_id = c.id
where c.file_id = %(file)s and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or c.written_at >= %(since)s)
order by c.occurred_at desc, c.written_at desc, c.id limit 1"""
# Of each participant what she chose last within the time, whatever she had chosen before; two
# files that are hers by her word count once. No small number leaves the database, even for the
# service: a sentence that few chose is not there.
CHOSEN: Final = Counting(
    name="success_chosen",
    service=ROLLUPS,
    query=f"""
    with whose as (
      select distinct on (x.participant) x.participant, x.statements from (
        select coalesce(k.participant_id, f.participant_id) participant, c.statements,
          c.written_at, c.id
        from success_choice c join success_choicestatus s on s.record_id = c.id
        join participants_file f on f.id = c.file_id
        left join lateral (
          select j.kept_id from sharing_joined j
          where j.joined_id = f.id and j.starts_at < {{until_at}}
            and (j.ends_at is null or j.ends_at >= {{until_at}})
          order by j.starts_at desc, j.id limit 1) j on true
        left join participants_file k on k.id = j.kept_id
        where c.written_at >= {{from_at}} and c.written_at < {{until_at}}
          and s.status = '{ChoiceStatus.Status.SIGNED}') x
      order by x.participant, x.written_at desc, x.id)
    select date_trunc({{span}}, {{from_at}} at time zone {{zone}})::date, null::uuid, 'SUCCESS',
      chosen.code::text, count(distinct w.participant)
    from whose w cross join lateral unnest(w.statements) chosen(code)
    cross join regions_region r
    where chosen.code <> '{NOT_SAID}'
    group by chosen.code, r.minimum_group
    having count(distinct w.participant) >= greatest({SMALLEST_GROUP}, r.minimum_group)""",  # noqa: S608 -- every name is ours
    reads={
        "success_choice": ("id", "file_id", "statements", "written_at"),
        "success_choicestatus": ("record_id", "status"),
        "participants_file": ("id", "participant_id"),
        "sharing_joined": ("id", "kept_id", "joined_id", "starts_at", "ends_at"),
        "regions_region": ("minimum_group",),
    },
)


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[Choice]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        Choice.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "-written_at", "pk")
    )


def standing_ones(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Choice]:
    """Those no correction has followed, the newest first; still locked.

    Of somebody who came back, only what was written since, until she asks for the rest.
    """
    rows = of_file(file_id, actor=actor).filter(standing__status=ChoiceStatus.Status.SIGNED)
    return list(kept.written_since(rows, since)[:MOST])


def newest(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Choice]:
    """What she said last, alone in its list; still locked. Read with her plan when it is shown."""
    return gathering.rows(NEWEST, file_id, actor=actor, since=since)


def lock(record_id: UUID, *, actor: Actor) -> ChoiceStatus:
    """Where one record stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(ChoiceStatus.objects.filter(pk=record_id))


def chosen(first: datetime, until: datetime, *, actor: Actor) -> dict[str, int]:
    """By sentence, how many participants chose it: of the sentences that enough chose."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select of_kind, counted from access.{CHOSEN.name}('year', %s, %s, %s)",  # noqa: S608 -- our own name
            [settings.TIME_ZONE, first, until],
        )
        return dict(cursor.fetchall())


def last_told(*, actor: Actor) -> int | None:
    """The last year that was counted."""
    context.require(actor)
    last: int | None = Told.objects.aggregate(last=Max("year"))["last"]
    return last


def told(*, actor: Actor) -> list[Told]:
    """What was told of each sentence, the newest year first, the most chosen before."""
    context.require(actor)
    rows = Told.objects.exclude(statement="")
    return list(rows.order_by("-year", "-number", "statement"))
