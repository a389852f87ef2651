"""Which functions say whose right to speak for her is suspended, and who looks at it again?

A suspension is of one file; of two files of one person, joined now, it holds in both: which
representative is said on the other one, and nothing else of it. Who looks at it again is the
privacy officer of the organisation; where nobody else there can, the coordination at the region's
desk: neither reads of whom it is (ADR representatives).
"""

from __future__ import annotations

from collections.abc import Iterator

from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live_role

COLUMNS = {
    "participants_suspension": "id, file_id, who, ended_at",
    "participants_suspensionreason": "id, organisation_id, user_id",
    "participants_suspensionreview": "id, outcome",
}
_OFFICERS = ", ".join(f"'{role}'" for role in sorted(rules.OFFICERS))


def statements() -> Iterator[str]:
    """`suspended_beside`, `suspensions_known` and `suspensions_to_look`."""
    for table, names in COLUMNS.items():
        yield f"create policy gate_speaks on {table} for select to gate using (true)"
        yield f"grant select ({names}) on {table} to gate"
    yield from _function(
        "suspended_beside(of_file uuid)",
        "text[]",
        f"""{ACTING}
  others uuid[] := array(
    select case j.kept_id when of_file then j.joined_id else j.kept_id end from sharing_joined j
    where of_file in (j.kept_id, j.joined_id)
      and j.starts_at <= for_at and (j.ends_at is null or j.ends_at > for_at));
begin
  -- Nearly every file stands alone: nothing more is asked then.
  if cardinality(others) = 0 or not of_file = any(access.readable_legal_files()) then
    return '{{}}';
  end if;
  return array(
    select distinct s.who::text from participants_suspension s
    where s.file_id = any(others) and s.ended_at is null and not exists (
      select from participants_suspensionreview r where r.id = s.id and r.outcome = 'ENDED')
    order by 1);
end""",  # noqa: S608 -- every name is ours
    )
    # Those of the organisation; at the desk, those that nobody else of a partner's can look at.
    yield from _function(
        "suspensions_known",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) then
    return '{{}}';
  end if;
  return array(
    select r.id from participants_suspensionreason r
    where r.organisation_id = for_organisation
    union
    select r.id from participants_suspensionreason r
    where access.at_the_desk() and not exists (
      select from accounts_membership m join accounts_user u on u.id = m.user_id
      where m.organisation_id = r.organisation_id and m.role in ({_OFFICERS}) and u.is_active
        and m.user_id <> r.user_id
        and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)));
end""",  # noqa: S608 -- every name is ours
    )
    # Of these, those that one looks at again: never one's own.
    yield from _function(
        "suspensions_to_look",
        "uuid[]",
        f"""{ACTING}
begin
  return array(
    select r.id from participants_suspensionreason r
    where r.id = any(access.suspensions_known()) and r.user_id <> for_user
      and (r.organisation_id <> for_organisation or access.at_the_desk()
           or {_live_role(rules.OFFICERS)}));
end""",  # noqa: S608 -- every name is ours
    )
