"""Which numbers does the database give to those who may not see the rows behind them?"""

from __future__ import annotations

from collections.abc import Iterator

from spheres.accounts.policy import MANAGERS
from spheres.sharing import functions


def statements() -> Iterator[str]:
    """A number, no identifier: what a manager must know before a colleague's access ends."""
    yield from functions._function(
        "files_carried(of_user uuid)",
        "bigint",
        f"""
declare
  c text[] := access.context();
  for_user uuid := c[1]::uuid;
  for_organisation uuid := c[2]::uuid;
  for_roles text[] := string_to_array(c[3], ',');
  for_at timestamptz := c[5]::timestamptz;
begin
  if not {functions._live_role(frozenset(MANAGERS))} or not exists (
      select from accounts_membership m
      where m.user_id = of_user and m.organisation_id = for_organisation
        and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)) then
    raise exception 'not a colleague of this manager' using errcode = '42501';
  end if;
  return (
    select count(distinct a.file_id) from participants_assignment a
      join participants_file f on f.id = a.file_id
    where a.user_id = of_user and f.holder_id = for_organisation
      and a.starts_at <= for_at and (a.ends_at is null or a.ends_at > for_at));
end""",  # noqa: S608 -- every name is ours
    )
