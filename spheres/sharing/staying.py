"""When does what a colleague wrote for herself alone go? When she has left; a legal hold seals it.

The database says which stays are over and which a hold keeps: the service of expiry learns that,
and nobody else does. A hold of a file reaches whoever walked with that person, whoever answered for
such a colleague, whoever handled the referral, and those who led or supervised there (ADR own
notes, supervision between two).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from spheres.accounts.models import Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.functions import ACTING, _function
from spheres.sharing.models import Stay

EXPIRY: Final = "service:expiry"

# Gone from the organisation: no membership there goes on, or is to begin.
_IS_OVER: Final = """not exists (
  select from accounts_membership m join accounts_user u on u.id = m.user_id
  where m.user_id = s.user_id and m.organisation_id = s.organisation_id and u.is_active
    and (m.ends_at is null or m.ends_at > {at}))"""

# Those to whom the others bring what they live through with a person.
_SUPERVISING: Final = ", ".join(
    f"'{role}'" for role in (Role.TEAM_LEAD, Role.COORDINATOR, Role.CONSULTANT)
)
# A hold of the organisation that may reach what she wrote.
_IS_HELD: Final = f"""exists (
  select from sharing_hold h
  where h.organisation_id = s.organisation_id and h.ended_at is null
    and (exists (
      select from participants_assignment a
      where a.file_id = h.file_id and (a.user_id = s.user_id or exists (
        select from sharing_cover v
        where v.user_id = s.user_id and v.organisation_id = s.organisation_id
          and v.for_user_id = a.user_id)))
    or exists (
      select from sharing_handler d where d.matter_id = h.file_id and d.user_id = s.user_id)
    or exists (
      select from accounts_membership m
      where m.user_id = s.user_id and m.organisation_id = s.organisation_id
        and m.role in ({_SUPERVISING}))))"""  # noqa: S608 -- every name is ours

_SERVICE_ALONE: Final = f"""
  if not access.holds(array['{EXPIRY}']) then
    raise exception 'only {EXPIRY} may ask this' using errcode = '42501';
  end if;"""


def statements() -> Iterator[str]:
    """`my_stays`, `held_stays`, `stays_to_end`, `stays_standing`, `seal_stay`, and what `erase`
    asks."""
    yield from _function(
        "my_stays()",
        "uuid[]",
        f"""{ACTING}
begin
  return array(
    select s.id from sharing_stay s
    where s.user_id = for_user and s.organisation_id = for_organisation and s.sealed_at is null
      and not ({_IS_OVER.format(at="for_at")}));
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "held_stays()",
        "uuid[]",
        f"""
begin{_SERVICE_ALONE}
  return array(select s.id from sharing_stay s where {_IS_HELD});
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "stays_to_end()",
        "uuid[]",
        f"""{ACTING}
begin{_SERVICE_ALONE}
  return array(
    select s.id from sharing_stay s
    where (s.sealed_at is null and {_IS_OVER.format(at="for_at")})
       or (s.sealed_at is not null and not {_IS_HELD})
    order by s.id);
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "stays_standing()",
        "uuid[]",
        f"""
begin{_SERVICE_ALONE}
  return array(select s.id from sharing_stay s);
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "seal_stay(of_stay uuid)",
        "boolean",
        f"""{ACTING}
begin{_SERVICE_ALONE}
  update sharing_stay s set sealed_at = for_at
    where s.id = of_stay and s.sealed_at is null and {_IS_OVER.format(at="for_at")}
      and {_IS_HELD};
  return exists (select from sharing_stay s where s.id = of_stay and {_IS_HELD});
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "is_stay_over(of_stay uuid)",
        "boolean",
        f"""{ACTING}
begin
  return exists (
    select from sharing_stay s where s.id = of_stay
      and (s.sealed_at is not null or {_IS_OVER.format(at="for_at")}));
end""",
        callers="eraser",
    )
    yield from _function(
        "is_stay_held(of_stay uuid)",
        "boolean",
        f"""
begin
  return exists (select from sharing_stay s where s.id = of_stay and {_IS_HELD});
end""",
        callers="eraser",
    )


# What is called from above, by the service of expiry.


def to_end(*, by: Actor) -> list[UUID]:
    """The stays of those who are gone, and those that no hold keeps sealed any more."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.stays_to_end()")
        return list(cursor.fetchone()[0])


def standing(*, by: Actor) -> set[UUID]:
    """The stays that go on, or that a hold keeps sealed."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.stays_standing()")
        return set(cursor.fetchone()[0])


def seal(stay_id: UUID, *, by: Actor) -> bool:
    """Whether a hold keeps what was written there: it is then sealed, and opened to nobody."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.seal_stay(%s)", [stay_id])
        return bool(cursor.fetchone()[0])


def begun(*, by: Actor, at: datetime) -> UUID:
    """What one's own texts of here are locked with: begun with the first of them."""
    context.require(by)
    found = Stay.objects.filter(organisation_id=by.organisation_id).first()
    if found is None:
        found = Stay(
            id=uuid4(), user_id=by.user_id, organisation_id=by.organisation_id, begun_at=at
        )  # fmt: skip
        Stay.objects.bulk_create([found])
    return found.pk
