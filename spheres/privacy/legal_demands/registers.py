"""How does what the law required, or what was refused to it, become a line of her register?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor
from spheres.privacy.legal_demands.models import Asker, Kind, Matter
from spheres.records.between.telling import NotYet
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure
from spheres.sharing.notebooks import Untold
from spheres.sharing.rules import LEGAL

ITEM: Final = "DEMAND"
CAPACITIES: Final[dict[str, str]] = {
    Asker.COURT: Disclosure.Capacity.COURT,
    Asker.PROSECUTION: Disclosure.Capacity.COURT,
    Asker.DEFENCE: Disclosure.Capacity.COURT,
    Asker.PARTY: Disclosure.Capacity.COURT,
    Asker.POLICE: Disclosure.Capacity.POLICE,
    Asker.PROTECTION: Disclosure.Capacity.YOUTH_PROTECTION,
    Asker.CORONER: Disclosure.Capacity.COURT,
    Asker.OVERSIGHT: Disclosure.Capacity.OTHER,
}
A_DAY: Final = timedelta(days=1)
# Nobody has told her of this {matter} yet, or not for now.
KEPT_FROM_HER: Final = """coalesce((
    select i.way from legal_demands_informing i
    where i.matter_id = {matter} order by i.written_at desc, i.id limit 1), 'LATER') = 'LATER'"""
# Neither who sits at it, nor what they opened: until it ended without anybody having to wait.
_KEPT: Final = f"""{KEPT_FROM_HER}
  and (exists (select from legal_demands_informing i where i.matter_id = {{matter}})
    or not exists (
      select from legal_demands_matterstatus t
      where t.matter_id = {{matter}} and t.status = 'CLOSED'))"""  # noqa: S608 -- every name is ours
# One that is another again is told, or not, as that other is.
_AS_THE_OTHER: Final = """coalesce((
    select t.same_id from legal_demands_matterstatus t where t.matter_id = {matter}), {matter})"""
MAY_NOT_BE_TOLD: Final = _KEPT.format(matter=_AS_THE_OTHER)
# Seats at demands of which she was not told. Who may not read whether she was (a psychotherapist)
# is shown none of them.
NOT_TOLD: Final = f"""
select s.user_id, s.starts_at, least(coalesce(s.ended_at, s.ends_at), s.ends_at)
from sharing_seat s
where s.file_id = %s and s.kind = 'DEMAND' and {MAY_NOT_BE_TOLD.format(matter="s.matter_id")}
order by s.starts_at, s.id"""  # noqa: S608 -- every name is ours
# In her notebook, the database names none of them, nor by the line of what went or was refused.
UNTOLD: Final = Untold(
    "DEMAND",
    MAY_NOT_BE_TOLD,
    f"""exists (
      select from legal_demands_matter m
      where m.id = {{line}} and {KEPT_FROM_HER.format(matter="m.id")})
    or exists (
      select from legal_demands_step t
      where t.id = {{line}} and {KEPT_FROM_HER.format(matter="t.matter_id")})""",  # noqa: S608 -- ours
    {
        "legal_demands_informing": ("id", "matter_id", "way", "written_at"),
        "legal_demands_matter": ("id",),
        "legal_demands_matterstatus": ("matter_id", "status", "same_id"),
        "legal_demands_step": ("id", "matter_id"),
    },
)


def told(row: Matter, *, by: Actor, at: datetime) -> bool:
    """What went, to whom, by what right; of what it held, nothing is said there twice."""
    is_required = row.kind == Kind.PROTECTION
    return sharing.prepare(
        _line(
            row, row.pk, by, at,
            ground=Disclosure.Ground.REQUIRED if is_required else Disclosure.Ground.ORDER,
            items=[ITEM], sections=[LEGAL], ends_at=at + A_DAY,
        ),
        by=by,
    )  # fmt: skip


def refused(row: Matter, line_id: UUID, *, by: Actor, at: datetime) -> bool:
    """It was demanded, and an objection was made: nothing was told."""
    return sharing.prepare(
        _line(row, line_id, by, at, items=[], sections=[], is_refused=True), by=by
    )


def _line(row: Matter, line_id: UUID, by: Actor, at: datetime, **more: object) -> Disclosure:
    return Disclosure(
        id=line_id,
        file_id=row.file_id,
        organisation_id=row.organisation_id,
        purpose=Disclosure.Purpose.ORDER,
        capacity=CAPACITIES[row.asker],
        prepared_by=by.user_id,
        prepared_at=at,
        **more,
    )


def not_told_yet(file_id: UUID, *, actor: Actor) -> list[NotYet]:
    """Who opened her file from a seat at a demand of which she may not be told yet."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(NOT_TOLD, [file_id])
        return [NotYet(*found) for found in cursor.fetchall()]
