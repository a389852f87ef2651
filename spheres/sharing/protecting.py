"""Which functions open a file for an hour, when a life may be in danger, extend, end, review it?

Only of a person this worker can already name: one she answers for, one who said her code word to
her, one handed over to her, one of hers from which she was barred. Never across organisations:
there, whoever is on call is called. A personal conflict is never overridden; a restriction is, by a
danger to life alone, and the person is told (design §10.2, security.md §3.5, ADR
exceptional-access).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _files, _function, _live_role, _vetoes, told
from spheres.sharing.relations import ASSIGNED, COVERING, HANDED, RECOGNISED, Relation

LASTS: Final = timedelta(hours=1)
A_DAY: Final = 3  # by one person; danger to life is never counted against her
REVIEWED_WITHIN: Final = timedelta(hours=72)
OPENED, UNKNOWN, ENOUGH, TWO_NEEDED = "OPENED", "UNKNOWN", "ENOUGH", "TWO_NEEDED"
LAPSED: Final = "LAPSED"  # what is asked before files are given: an undertaking, a training
LIFE, UNREACHABLE = "LIFE", "UNREACHABLE"
# By which a worker can name somebody; of a hand-over, whatever passes.
NAMES: Final[tuple[Relation, ...]] = (ASSIGNED, COVERING, HANDED, RECOGNISED)


# The team of an access is who walks with the person, or did since it was opened: a colleague of
# theirs opened it, and somebody else looks at it again.
_BESIDE = """exists (
        select from participants_assignment a
        where a.file_id = e.file_id and a.user_id = {user} and a.starts_at <= for_at
          and (a.ends_at is null or a.ends_at > e.starts_at))"""


def statements() -> Iterator[str]:
    """`open_exceptionally`, what becomes of it, and who knows it."""
    reviewing = ", ".join(f"'{role}'" for role in sorted(rules.REVIEWERS))
    yield from _function(
        "opened_exceptionally",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) then
    return '{{}}';
  end if;
  return array(
    select e.id from sharing_exceptionalaccess e
    where e.user_id = for_user and {_live_role(rules.WORKERS)}
    union all
    select e.id from sharing_exceptionalaccess e
    where e.organisation_id = for_organisation and e.user_id <> for_user
      and {_live_role(rules.REVIEWERS)} and not {_BESIDE.format(user="for_user")}
    union all
    -- A small partner has nobody else who may look again: the programme's coordination does.
    select e.id from sharing_exceptionalaccess e
    where e.organisation_id <> for_organisation and e.user_id <> for_user
      and access.at_the_desk() and not {_BESIDE.format(user="for_user")}
      and not exists (
        select from accounts_membership m join accounts_user u on u.id = m.user_id
        where m.organisation_id = e.organisation_id and m.role in ({reviewing}) and u.is_active
          and m.user_id <> e.user_id and m.user_id is distinct from e.second_id
          and not {_BESIDE.format(user="m.user_id")}
          and m.user_id is distinct from e.extended_by
          and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)));
end""",  # noqa: S608 -- every name is ours
    )
    # What nobody looked at in three days is told to the programme, of a partner that has somebody
    # to look: how many, and since when. Never which, of whom, or by whom.
    yield from _function(
        "left_unreviewed",
        "table(of_organisation uuid, counted bigint, since timestamptz)",
        f"""{ACTING}
begin
  if not access.at_the_desk() then
    return;
  end if;
  return query
    select e.organisation_id, count(*), min(e.starts_at) from sharing_exceptionalaccess e
    where e.organisation_id <> for_organisation and e.reviewed_at is null
      and e.starts_at <= for_at - interval '{int(REVIEWED_WITHIN.total_seconds())} s'
      and not e.id = any(access.opened_exceptionally())
    group by e.organisation_id;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "close_exceptionally(of_access uuid)",
        "boolean",
        f"""{ACTING}
  of_file uuid;
begin
  update sharing_exceptionalaccess set ends_at = for_at
    where id = of_access and user_id = for_user and ends_at > for_at and starts_at <= for_at
    returning file_id into of_file;
  if of_file is null then
    return false;
  end if;{told("exceptional.closed", record="of_access")}
  return true;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _function(
        "review_exceptionally(of_access uuid, with_outcome text)",
        "boolean",
        f"""{ACTING}
  of_file uuid;
begin
  if not of_access = any(access.opened_exceptionally()) or not {_live_role(rules.REVIEWERS)} then
    return false;
  end if;
  update sharing_exceptionalaccess
    set reviewed_by = for_user, reviewed_at = for_at, outcome = with_outcome
    where id = of_access and user_id <> for_user and second_id is distinct from for_user
      and extended_by is distinct from for_user
      and reviewed_at is null and with_outcome in ('JUSTIFIED', 'LEARNED', 'UNJUSTIFIED')
    returning file_id into of_file;
  if of_file is null then
    return false;
  end if;{told("exceptional.reviewed", record="of_access", basis="with_outcome")}
  return true;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    yield from _extending()
    yield from _opening()


def _extending() -> Iterator[str]:
    """Once, before its end, by a second person of those who may review it."""
    yield from _function(
        "extend_exceptionally(of_access uuid)",
        "boolean",
        f"""{ACTING}
  of_file uuid;
begin
  if not of_access = any(access.opened_exceptionally()) or not {_live_role(rules.REVIEWERS)} then
    return false;
  end if;
  update sharing_exceptionalaccess
    set extended_by = for_user, extended_at = for_at,
      ends_at = ends_at + interval '{int(LASTS.total_seconds())} s'
    where id = of_access and user_id <> for_user and second_id is distinct from for_user
      and starts_at <= for_at and ends_at > for_at
      and extended_at is null and reviewed_at is null
    returning file_id into of_file;
  if of_file is null then
    return exists (
      select from sharing_exceptionalaccess where id = of_access and extended_by = for_user);
  end if;{told("exceptional.extended", record="of_access")}
  return true;
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )


def _opening() -> Iterator[str]:
    """What became of it, in one word."""
    face = f"'{rules.RELATION}'"
    named = "\n      union ".join(f"({_files(one, face)})" for one in NAMES)
    vetoed = _vetoes(purpose=f"case on_ground when '{LIFE}' then 'danger' else '{ORDINARY}' end")
    says = told("exceptional.opened", record="of_access", basis="on_ground")
    workers = ", ".join(f"'{role}'" for role in sorted(rules.WORKERS | {Role.TEAM_LEAD}))
    yield from _function(
        "open_exceptionally(of_file uuid, of_access uuid, on_ground text, with_second uuid)",
        "text",
        f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if on_ground not in ('{LIFE}', '{UNREACHABLE}') or access.is_walled_off(for_organisation)
     or not {_live_role(rules.WORKERS)}
     or not exists (
       select from participants_file f
       where f.id = of_file and f.holder_id = for_organisation and f.id in ({named}))
     or of_file in {vetoed} then
    return '{UNKNOWN}';
  end if;
  if exists (
       select from sharing_exceptionalaccess e
       where e.id = of_access and e.user_id = for_user and e.file_id = of_file) then
    return '{OPENED}';
  end if;
  if on_ground <> '{LIFE}' then
    -- A lapse never stands between a life in danger and what may protect it.
    if not access.is_cleared(for_user, for_organisation, for_at) then
      return '{LAPSED}';
    end if;
    if {A_DAY} <= (
         select count(*) from sharing_exceptionalaccess e
         where e.user_id = for_user and e.ground <> '{LIFE}'
           and e.starts_at > for_at - interval '1 day') then
      return '{ENOUGH}';
    end if;
    -- What nobody looked at in three days asks for two people the next time; it never asks when a
    -- life is in danger.
    if exists (
         select from sharing_exceptionalaccess e
         where e.organisation_id = for_organisation and e.reviewed_at is null
           and e.starts_at <= for_at - interval '{int(REVIEWED_WITHIN.total_seconds())} s')
       and not exists (
         select from accounts_membership m join accounts_user u on u.id = m.user_id
         where m.user_id = with_second and m.user_id <> for_user and u.is_active
           and m.organisation_id = for_organisation and m.role in ({workers})
           and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)) then
      return '{TWO_NEEDED}';
    end if;
  end if;
  insert into sharing_exceptionalaccess
      (id, user_id, organisation_id, file_id, ground, second_id, starts_at, ends_at, outcome)
    values (of_access, for_user, for_organisation, of_file, on_ground, with_second, for_at,
      for_at + interval '{int(LASTS.total_seconds())} s', '');{says}
  return '{OPENED}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
