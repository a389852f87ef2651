"""What do hand-overs put on one's day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.rules import ACCOMPANYING


@dataclass(frozen=True)
class Received:
    """A person handed to me, by whom, and what she lets pass; or, when nobody walks with her, whom
    a team lead asks me to tell, without knowing who she is."""

    handed_id: UUID
    file_id: UUID
    faces: tuple[str, ...]
    given_by: UUID
    giver: str
    is_named: bool = False


@dataclass(frozen=True)
class Day:
    """What hand-overs put on one's day."""

    received: list[Received] = field(default_factory=list)
    declined: int = 0  # of those I handed over, how many came back to me
    left: dict[UUID, str] = field(
        default_factory=dict
    )  # colleagues who are gone, for whom I answer
    ends_at: datetime | None = None


def live(at: datetime) -> Q:
    """Begun, and not over."""
    return Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))


def names_of(users: Iterable[UUID]) -> dict[UUID, str]:
    users = set(users)
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name")) if users else {}


def handed(handed_id: UUID, *, actor: Actor, at: datetime) -> Received | None:
    """One person handed to me, as long as we have not met and I have not declined."""
    return next((one for one in received(actor=actor, at=at) if one.handed_id == handed_id), None)


def received(*, actor: Actor, at: datetime) -> list[Received]:
    """Those handed to me, the oldest first."""
    return day(actor=actor, at=at).received


# By hand, because it is asked with each day: one statement, not five.
DAY = """
select 'given', h.id, h.file_id, h.faces, r.from_user_id, u.name, h.starts_at
from sharing_handedover h
join handing_over_relay r on r.handed_id = h.id and r.kind = 'GIVEN' and r.user_id = %(me)s
join accounts_user u on u.id = r.from_user_id
where h.user_id = %(me)s and h.starts_at <= %(at)s and (h.ends_at is null or h.ends_at > %(at)s)
  and not exists (select from handing_over_relay d where d.handed_id = h.id
                  and d.kind = 'DECLINED' and d.user_id = %(me)s)
union all
select 'named', h.id, h.file_id, h.faces, h.lead_id, u.name, h.starts_at
from sharing_handedover h join accounts_user u on u.id = h.lead_id
where h.user_id = %(me)s and h.starts_at <= %(at)s and (h.ends_at is null or h.ends_at > %(at)s)
union all
select 'declined', h.id, h.file_id, null, null, '', h.starts_at
from sharing_handedover h
join handing_over_relay d on d.handed_id = h.id and d.kind = 'DECLINED' and d.user_id = %(me)s
  and d.from_user_id <> %(me)s
where not exists (
  select from handing_over_choice c
  where c.file_id = h.file_id and c.id <> h.id and c.written_at >= h.starts_at)
union all
select 'gone', v.id, null, null, v.for_user_id, u.name, v.starts_at
from sharing_cover v join accounts_user u on u.id = v.for_user_id
where v.user_id = %(me)s and v.organisation_id = %(here)s
  and v.starts_at <= %(at)s and v.ends_at > %(at)s
  and not exists (
    select from accounts_membership m
    where m.user_id = v.for_user_id and m.organisation_id = %(here)s and u.is_active
      and m.role = any(%(accompanying)s)
      and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s))
union all
select 'leaves', null, null, null, null, '', max(m.ends_at)
from accounts_membership m
where m.user_id = %(me)s and m.organisation_id = %(here)s
  and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s)
having count(*) = count(m.ends_at)
order by 7, 2"""


def day(*, actor: Actor, at: datetime) -> Day:
    """What is handed to me, what came back, for whom who is gone I answer, when I leave."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            DAY,
            {
                "me": actor.user_id,
                "here": actor.organisation_id,
                "at": at,
                "accompanying": sorted(ACCOMPANYING),
            },
        )
        rows = cursor.fetchall()
    return Day(
        received=[
            Received(row_id, file_id, tuple(faces), giver_id, giver, is_named=what == "named")
            for what, row_id, file_id, faces, giver_id, giver, _at in rows
            if what in {"given", "named"}
        ],
        declined=sum(row[0] == "declined" for row in rows),
        left={row[4]: row[5] for row in rows if row[0] == "gone"},
        ends_at=next((row[6] for row in rows if row[0] == "leaves"), None),
    )
