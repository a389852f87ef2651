"""What do hand-overs put on one's day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from spheres.accounts.models import User
from spheres.core.actor import Actor
from spheres.records.between import places
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


ON_MY_DAY: Final = "hand-overs"
ROLES = ", ".join(f"'{role}'" for role in sorted(ACCOMPANYING))
DAY: Final = f"""
select json_build_object('what', 'given', 'id', h.id, 'file_id', h.file_id, 'faces', h.faces,
  'who', r.from_user_id, 'name', u.name, 'at', h.starts_at)
from sharing_handedover h
join handing_over_relay r on r.handed_id = h.id and r.kind = 'GIVEN' and r.user_id = %(user)s
join accounts_user u on u.id = r.from_user_id
where h.user_id = %(user)s and h.starts_at <= %(at)s and (h.ends_at is null or h.ends_at > %(at)s)
  and not exists (select from handing_over_relay d where d.handed_id = h.id
                  and d.kind = 'DECLINED' and d.user_id = %(user)s)
union all
select json_build_object('what', 'named', 'id', h.id, 'file_id', h.file_id, 'faces', h.faces,
  'who', h.lead_id, 'name', u.name, 'at', h.starts_at)
from sharing_handedover h join accounts_user u on u.id = h.lead_id
where h.user_id = %(user)s and h.starts_at <= %(at)s and (h.ends_at is null or h.ends_at > %(at)s)
union all
select json_build_object('what', 'declined', 'id', h.id)
from sharing_handedover h
join handing_over_relay d on d.handed_id = h.id and d.kind = 'DECLINED' and d.user_id = %(user)s
  and d.from_user_id <> %(user)s
where not exists (
  select from handing_over_choice c
  where c.file_id = h.file_id and c.id <> h.id and c.written_at >= h.starts_at)
union all
select json_build_object('what', 'gone', 'who', v.for_user_id, 'name', u.name)
from sharing_cover v join accounts_user u on u.id = v.for_user_id
where v.user_id = %(user)s and v.organisation_id = %(here)s and v.elsewhere_id is null
  and v.starts_at <= %(at)s and v.ends_at > %(at)s
  and not exists (
    select from accounts_membership m
    where m.user_id = v.for_user_id and m.organisation_id = %(here)s and u.is_active
      and m.role in ({ROLES})
      and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s))
union all
select json_build_object('what', 'leaves', 'at', max(m.ends_at))
from accounts_membership m
where m.user_id = %(user)s and m.organisation_id = %(here)s
  and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s)
having count(*) = count(m.ends_at) and count(*) > 0"""  # noqa: S608 -- every name is ours


def day(*, actor: Actor, at: datetime) -> Day:
    """What is handed to me, what came back, for whom who is gone I answer, when I leave."""
    rows = places.rows_of_day(ON_MY_DAY, actor=actor, at=at)

    def of(what: str) -> list[dict[str, Any]]:
        return [row for row in rows if row["what"] == what]

    return Day(
        received=[
            Received(
                UUID(row["id"]), UUID(row["file_id"]), tuple(row["faces"]), UUID(row["who"]),
                row["name"], is_named=row["what"] == "named",
            )
            for row in sorted(
                of("given") + of("named"), key=lambda row: (row["at"], row["id"])
            )
        ],
        declined=len(of("declined")),
        left={UUID(row["who"]): row["name"] for row in of("gone")},
        ends_at=next((datetime.fromisoformat(row["at"]) for row in of("leaves")), None),
    )  # fmt: skip
