"""Which functions say that nobody walks with somebody, and let a team lead name a worker for her?

A worker alone in her organisation withdraws; a stand-in knows the person of whom she should answer;
somebody comes back, and what she was given before is not given back: nobody opens the file. Whoever
leads the team learns that there is one, since when, in which language, and never whose it is. Whom
she names is handed the person by the database alone (ADR nobody-beside).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY
from spheres.sharing import functions, rules
from spheres.sharing.functions import ACTING, _files, _function, told

# Where an episode stands when somebody must be able to open the file: not over, not of the dead.
GOES_ON: Final = ("ACTIVE", "RETURNED", "PAUSED", "TRANSITION", "LEFT")
# The door is open, and nobody reaches out.
DOOR_OPEN: Final = "LEFT"
CANNOT, CHANGED, NAMED = "CANNOT", "CHANGED", "NAMED"


@dataclass(frozen=True)
class Peace:
    """When somebody is left in peace, in SQL about {file}: nobody new is told of her."""

    name: str
    query: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at


@dataclass(frozen=True)
class Unanswered:
    """What somebody left in their notebook and nobody answered, in SQL about {file}."""

    name: str
    query: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at


@dataclass(frozen=True)
class Unregistered:
    """When somebody asked what the law dates, and that no register holds, in SQL about {file}."""

    name: str
    query: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at


PEACES: dict[str, Peace] = {}
UNANSWERED: dict[str, Unanswered] = {}
UNREGISTERED: dict[str, Unregistered] = {}


def leave_in_peace(peace: Peace) -> None:
    """An upper area registers when a person it knows of is not to be reached out to."""
    PEACES[peace.name] = peace


def wait_for_answer(unanswered: Unanswered) -> None:
    """An upper area registers what of hers waits for her workers to answer."""
    UNANSWERED[unanswered.name] = unanswered


def wait_for_register(unregistered: Unregistered) -> None:
    """An upper area registers what she asked by law, and is in no register yet."""
    UNREGISTERED[unregistered.name] = unregistered


# Whoever leads a team of the police is told of nobody, and refused nothing; whoever coordinates
# there is told of nobody either.
_NOBODY_AT_THE_POLICE = """
begin
  if access.holds(array['team_lead']) and access.is_walled_off(for_organisation) then
    return;
  end if;"""
_WHO_SEES_TO_IT: Final = f"""
begin
  if access.is_walled_off(for_organisation)
      or not (access.leads() or {functions._live_role(frozenset({Role.COORDINATOR}))}) then
    return;
  end if;"""
_WHO_IS_IN_CHARGE: Final = f"""
begin
  if access.is_walled_off(for_organisation)
      or not {functions._live_role(frozenset({Role.PRIVACY_OFFICER}))} then
    return;
  end if;"""
_ONLY_A_LEAD = """
  if not access.leads() then
    raise exception 'only a team lead asks this' using errcode = '42501';
  end if;"""


def _live(row: str) -> str:
    return f"{row}.starts_at <= for_at and ({row}.ends_at is null or {row}.ends_at > for_at)"


def _vetoed(user: str, file: str) -> str:
    """Whether this person must never see this file, as every grant asks it (`rules.VETOES`).

    Asked of one file: each veto is looked up by it, here and for the other file of one person.
    """
    face, purpose = f"'{rules.RELATION}'", f"'{ORDINARY}'"
    vetoed = " union all ".join(_files(veto, face, user, purpose) for veto in rules.VETOES)
    other = f"case {file} when o.kept_id then o.joined_id else o.kept_id end"
    return f"""(
        exists (select from ({vetoed}) v(file_id) where v.file_id = {file})
        or exists (
          select from sharing_joined o
          where {file} in (o.kept_id, o.joined_id) and {_live("o")}
            and exists (select from ({vetoed}) v(file_id) where v.file_id = {other})))"""  # noqa: S608 -- ours


def _works_here(user: str) -> str:
    workers = ", ".join(f"'{role}'" for role in sorted(rules.WORKERS))
    return f"""exists (
          select from accounts_membership m join accounts_user u on u.id = m.user_id
          where m.user_id = {user} and m.organisation_id = for_organisation and u.is_active
            and m.role in ({workers}) and {_live("m")})"""


# By the newest of who walked with her, which names nobody: the files of this organisation that go
# on, and that no worker opens. Of a colleague who is gone, somebody is named for all of hers first
# (`left_behind`).
def _nobody_beside() -> str:
    peace = "".join(f" and not ({one.query.format(file='f.id')})" for one in PEACES.values())
    return f"""
    with stay as materialized (  -- once for each colleague, not once for each person
      select k.user_id, access.is_here(k.user_id, for_organisation, for_at) as is_here,
        access.since(k.user_id, for_organisation, for_at) as since
      from (select distinct m.user_id from accounts_membership m
            where m.organisation_id = for_organisation) k)
    select n.id as token, f.id as file, s.status = '{DOOR_OPEN}' as is_open, n.since
    from participants_file f
    cross join lateral (
      select a.id, case when a.ends_at <= for_at then a.ends_at end as since
      from participants_assignment a where a.file_id = f.id
      order by a.starts_at desc, a.id limit 1) n
    left join lateral (
      select e.status from participants_followupstatus e where e.file_id = f.id
      order by e.status_at desc, e.status limit 1) s on true
    where f.holder_id = for_organisation
      and (s.status in ({", ".join(f"'{one}'" for one in GOES_ON)})
           -- Not admitted yet: as long as the coordination watches how it stands.
           or (s.status is null and exists (
             select from sharing_handler h
             where h.matter_id = f.id and h.kind = 'WATCH' and {_live("h")}){peace}))
      and not exists (
        select from sharing_joined j where j.joined_id = f.id and {_live("j")})
      and not exists (
        select from participants_assignment a left join stay t on t.user_id = a.user_id
        where a.file_id = f.id and {_live("a")}
          and case when t.is_here
            then a.starts_at >= t.since and not {_vetoed("a.user_id", "f.id")}
            else not exists (
                select from sharing_cover v
                where v.for_user_id = a.user_id and v.organisation_id = for_organisation
                  and v.elsewhere_id is null
                  and v.kind = 'STAND_IN' and v.starts_at <= for_at and v.ends_at > for_at
                  and {_works_here("v.user_id")})
              or exists (
                select from sharing_cover v join stay w on w.user_id = v.user_id
                where v.for_user_id = a.user_id and v.organisation_id = for_organisation
                  and v.elsewhere_id is null
                  and v.kind = 'STAND_IN' and v.starts_at <= for_at and v.ends_at > for_at
                  and v.starts_at >= w.since
                  and {_works_here("v.user_id")} and not {_vetoed("v.user_id", "f.id")})
            end)"""  # noqa: S608 -- every name is ours


# Of this organisation, those who wait for an answer that no worker of hers would read today, nor
# whoever stands in for one of those: a number, and never whose it is. Whose files are withheld
# reads none; whoever was named for a lapse answers only while it has lapsed.
def _unread() -> str:
    waits = " or ".join(f"({one.query.format(file='f.id')})" for one in UNANSWERED.values())
    goes_on = ", ".join(f"'{one}'" for one in GOES_ON)
    return f"""
    with stay as materialized (  -- once for each colleague, not once for each person
      select k.user_id, access.is_here(k.user_id, for_organisation, for_at) as is_here,
        access.since(k.user_id, for_organisation, for_at) as since,
        access.given_since(k.user_id, for_organisation, for_at) as given_since
      from (select distinct m.user_id from accounts_membership m
            where m.organisation_id = for_organisation) k),
    answering as materialized (
      select distinct v.for_user_id, v.user_id
      from sharing_cover v join stay w on w.user_id = v.user_id
      where v.organisation_id = for_organisation and v.elsewhere_id is null
        and v.starts_at <= for_at and v.ends_at > for_at and v.starts_at >= w.given_since
        and (v.kind = 'STAND_IN' or v.kind = 'LAPSE'
          and not access.is_cleared(v.for_user_id, for_organisation, for_at))
        and {_works_here("v.user_id")})
    select count(*) from participants_file f
    where f.holder_id = for_organisation and ({waits or "false"})
      and not exists (
        select from sharing_joined j where j.joined_id = f.id and {_live("j")})
      and coalesce((
        select e.status from participants_followupstatus e where e.file_id = f.id
        order by e.status_at desc, e.status limit 1) in ({goes_on}), true)
      and not exists (
        select from participants_assignment a left join stay t on t.user_id = a.user_id
        where a.file_id = f.id and {_live("a")} and (
          (t.is_here and a.starts_at >= t.given_since and not {_vetoed("a.user_id", "f.id")})
          or ((t.is_here is not true or a.starts_at >= t.since) and exists (
            select from answering v
            where v.for_user_id = a.user_id and not {_vetoed("v.user_id", "f.id")}))))"""  # noqa: S608 -- ours


# Of this organisation, when each was asked: a moment, and never whose it is, nor what it asks. What
# is over is counted too: the law's day runs whether or not somebody is still accompanied.
def _in_no_register() -> str:
    asked = " union all ".join(one.query.format(file="f.id") for one in UNREGISTERED.values())
    none = "select null::timestamptz where false"
    return f"""
    select a.asked_at from participants_file f
    cross join lateral ({asked or none}) a(asked_at)
    where f.holder_id = for_organisation"""  # noqa: S608 -- ours


def _columns_read() -> dict[str, set[str]]:
    """What is looked at to say all of it, table by table."""
    columns: dict[str, set[str]] = {
        "participants_followupstatus": {"file_id", "status", "status_at"},
        "participants_identity": {"file_id", "language", "written_at"},
    }
    all_of_it: list[Peace | Unanswered | Unregistered] = [
        *PEACES.values(), *UNANSWERED.values(), *UNREGISTERED.values(),
    ]  # fmt: skip
    for one in all_of_it:
        for table, names in one.reads.items():
            columns.setdefault(table, set()).update(names)
    return columns


def statements() -> Iterator[str]:
    """`nobody_beside`, `unread_beside_nobody`, `in_no_register`, `name_worker`, and the columns
    they look at."""
    for table, columns in _columns_read().items():
        yield f"create policy gate_names on {table} for select to gate using (true)"
        yield f"grant select ({', '.join(sorted(columns))}) on {table} to gate"
    nobody = _nobody_beside()
    yield from _function(
        "nobody_beside",
        "table(of_token uuid, of_language text, of_since timestamptz, is_open boolean, "
        "of_asked uuid, has_answered boolean)",
        f"""{ACTING}{_NOBODY_AT_THE_POLICE}{_ONLY_A_LEAD}
  return query
    select n.token, i.language::text, n.since, coalesce(n.is_open, false), h.user_id,
      h.ends_at is not null and h.ends_at <= for_at
    from ({nobody}) n
    left join lateral (
      select w.language from participants_identity w where w.file_id = n.file
      order by w.written_at desc limit 1) i on true
    left join lateral (
      select o.user_id, o.ends_at from sharing_handedover o
      where o.file_id = n.file and (o.lead_id is not null or {_live("o")})
      order by o.starts_at desc, o.id limit 1) h on true;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "unread_beside_nobody",
        "table(how_many bigint)",
        f"""{ACTING}{_WHO_SEES_TO_IT}
  return query {_unread()};
end""",
    )
    yield from _function(
        "in_no_register",
        "table(asked_at timestamptz)",
        f"""{ACTING}{_WHO_IS_IN_CHARGE}
  return query {_in_no_register()};
end""",
    )
    says = told("worker.named", record="new_id")
    brief = ", ".join(f"'{face}'" for face in sorted(rules.BRIEF))
    yield from _function(
        "name_worker(of_token uuid, of_user uuid, new_id uuid)",
        "text",
        f"""{ACTING}
  of_file uuid;
begin{_ONLY_A_LEAD}
  if of_user = for_user then
    raise exception 'whoever leads the team reads no file' using errcode = '42501';
  end if;
  -- Two leads at the same instant: the second sees whom the first has named.
  perform pg_advisory_xact_lock(hashtextextended(of_token::text, 0));
  select n.file into of_file from ({nobody}) n where n.token = of_token;
  if of_file is null then
    return '{CHANGED}';
  end if;
  if exists (select from sharing_handedover o where o.id = new_id and o.file_id = of_file) then
    return '{NAMED}';
  end if;
  if not {_works_here("of_user")} or {_vetoed("of_user", "of_file")}
     or not access.is_cleared(of_user, for_organisation, for_at) then
    return '{CANNOT}';
  end if;
  update sharing_handedover set ends_at = for_at where file_id = of_file and ends_at is null;
  insert into sharing_handedover (id, file_id, user_id, faces, starts_at, lead_id)
    values (new_id, of_file, of_user, array[{brief}], for_at, for_user);{says}
  return '{NAMED}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
