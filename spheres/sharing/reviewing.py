"""Which functions say for how long each class is kept, and what has come to its day?

They look at days and keys, never at a word: how many files, of which identifiers, since when. Those
who keep the files of an organisation alone are answered; nothing that is due is destroyed by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY
from spheres.participants.queries import OVER
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _files, _function, _live_role, _vetoes
from spheres.sharing.models.held import WaitsHere
from spheres.sharing.models.keeping import KEEPERS, Sort
from spheres.vault.models import Lockable

# Those whose files follow a schedule of the Archives Act.
PUBLIC_KINDS: Final = ("institution", "institute")
REGISTERS_AFTER: Final = 3  # years that registers outlive the follow-up (civil prescription)
# Which of the region's rules proposes for how long each class is kept.
PROPOSED: Final = {
    Sort.FOLLOW_UP: "case when is_public then 'followup_institution' else 'followup' end",
    Sort.THERAPY: "'therapy'",
    Sort.REGISTER: "'consent_register'",
}

KEEPS = _live_role(frozenset(KEEPERS))
IS_OFFICER = _live_role(frozenset({Role.PRIVACY_OFFICER}))
OVER_STATUSES = ", ".join(f"'{status}'" for status in sorted(OVER))
# Two files of one person, joined now, are one: nothing goes while she is accompanied by either.
IS_OVER = f"""(select bool_and(s.status in ({OVER_STATUSES})) from participants_followupstatus s
       where s.file_id = any(access.same_person({{file}})))"""  # noqa: S608 -- every name is ours
DAY_NOW = "(for_at at time zone (select r.time_zone from regions_region r))::date"

# Whom one let in, and who let one in: two accounts that one human may hold. Of the two who decide
# together, neither is one of these for the other.
_LET_IN = f"""{ACTING}
begin
  return array(
    select case for_user when i.user_id then i.vouched_by else i.user_id end
    from accounts_invitation i
    where i.used_at is not null and for_user in (i.user_id, i.vouched_by));
end"""  # noqa: S608 -- every name is ours
# The files one has no hand in, even for a task of the office that reads none of their texts.
_NO_HAND_IN = f"""{ACTING}
begin
  return array{_vetoes(vetoes=rules.BY_NAME)};
end"""


def statements(all_models: Iterable[Any]) -> Iterator[str]:
    """The years of each class, and what has come to its day."""
    table = "participants_followupstatus"
    yield f"create policy gate_keeps on {table} for select to gate using (true)"
    yield f"grant select (file_id, status, status_at) on {table} to gate"
    yield "create policy gate_vouches on accounts_invitation for select to gate using (true)"
    yield "grant select (user_id, vouched_by, used_at) on accounts_invitation to gate"
    yield from _same_person()
    yield from _held(all_models)
    yield from _years()
    yield from _last_written(all_models)
    yield from _to_review()


def named() -> Iterator[str]:
    """Who is no second person of whom, and which files an officer may name: the policies of tables
    ask them. Never that of somebody they know outside work, nor of somebody who keeps them out."""
    yield from _function("let_in", "uuid[]", _LET_IN)
    yield from _function("no_hand_in", "uuid[]", _NO_HAND_IN, callers="gate")
    yield from _function(
        "files_held",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) or not {IS_OFFICER} then
    return '{{}}';
  end if;
  return array(select f.id from participants_file f where f.holder_id = for_organisation
    except select unnest(access.no_hand_in()));
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "files_asked",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) or not {IS_OFFICER} then
    return '{{}}';
  end if;
  return array(
    select q.file_id from sharing_erasurerequest q where q.organisation_id = for_organisation
    except select unnest(access.no_hand_in()));
end""",  # noqa: S608 -- every name is ours
    )


def _same_person() -> Iterator[str]:
    """A file and those joined to it now."""
    now = "j.starts_at <= for_at and (j.ends_at is null or j.ends_at > for_at)"
    yield from _function(
        "same_person(of_file uuid)",
        "uuid[]",
        f"""{ACTING}
  kept uuid := coalesce(
    (select j.kept_id from sharing_joined j where j.joined_id = of_file and {now}), of_file);
begin
  return array(
    select kept union
    select j.joined_id from sharing_joined j where j.kept_id = kept and {now});
end""",  # noqa: S608 -- every name is ours
        callers="gate, eraser",
    )


def _held(all_models: Iterable[Any]) -> Iterator[str]:
    """What may not be destroyed now: what a hold keeps; and, where a demand waits to be answered,
    every file with which nobody walks. Whoever walks with somebody is asked, and says so."""
    waiting = [
        model.waits_here
        for model in all_models
        if isinstance(vars(model).get("waits_here"), WaitsHere)
    ]
    for said in waiting:
        for table, columns in said.reads.items():
            yield f"create policy gate_waits_here on {table} for select to gate using (true)"
            yield f"grant select ({', '.join(columns)}) on {table} to gate"
    where = " union ".join(said.organisations for said in waiting)
    # As any grant counts it: given since her stay began, and neither known nor kept out by name.
    kept_out = " union all ".join(
        _files(veto, f"'{rules.RELATION}'", "a.user_id", f"'{ORDINARY}'") for veto in rules.BY_NAME
    )
    alone = f"""
    union
    select f.id from participants_file f
    where f.holder_id in ({where})
      and not exists (
        select from participants_assignment a
        where a.file_id = f.id and a.starts_at <= for_at
          and (a.ends_at is null or a.ends_at > for_at)
          and access.is_here(a.user_id, f.holder_id, for_at)
          and a.starts_at >= access.given_since(a.user_id, f.holder_id, for_at)
          and not exists (select from ({kept_out}) v(file_id) where v.file_id = f.id))"""  # noqa: S608 -- every name is ours
    yield from _function(
        "held_now",
        "uuid[]",
        f"""
declare
  for_at timestamptz := (access.context())[5]::timestamptz;
begin
  return array(
    select f from sharing_hold h, unnest(access.same_person(h.file_id)) f
    where h.ended_at is null{alone if waiting else ""});
end""",  # noqa: S608 -- every name is ours
        callers="gate, eraser",
    )


def _years() -> Iterator[str]:
    """What the organisation said of itself; else what the region proposes."""
    proposed = "\n    union all ".join(
        f"select '{sort}' as sort, {code} as code" for sort, code in PROPOSED.items()
    )
    yield from _function(
        "keep_years",
        "table(of_sort text, years integer, is_own boolean)",
        f"""{ACTING}
  is_public boolean := (
    select o.kind in ({", ".join(repr(kind) for kind in PUBLIC_KINDS)}) from accounts_organisation o
    where o.id = for_organisation);
begin
  return query
    with own as (
      select distinct on (k.sort) k.sort, k.keep_years::integer as years
      from sharing_keepingrule k where k.organisation_id = for_organisation
      order by k.sort, k.said_at desc, k.id),
    region as (
      select p.sort, coalesce(r.keep_years, ceil(r.keep_days / 365.0))::integer as years
      from ({proposed}) p join regions_retentionrule r on r.code = p.code),
    said as (
      select g.sort, coalesce(o.years, g.years) as years, o.years is not null as is_own
      from region g left join own o on o.sort = g.sort)
    select s.sort::text,
      -- What says to whom she agreed outlives her follow-up, unless it was said otherwise.
      case when s.sort = '{Sort.REGISTER}' and not s.is_own
        then greatest(s.years, {REGISTERS_AFTER} + (
          select f.years from said f where f.sort = '{Sort.FOLLOW_UP}'))
        else s.years end, s.is_own
    from said s;
end""",  # noqa: S608 -- every name is ours
    )


def _last_written(all_models: Iterable[Any]) -> Iterator[str]:
    """A service given after the end was written: it was the last one."""
    written = " union all ".join(
        f"select max(t.written_at) as at from {model._meta.db_table} t where t.file_id = of_file"  # noqa: S608 -- ours
        for model in all_models
        if issubclass(model, Lockable)
        and {"file_id", "written_at"} <= {field.column for field in model._meta.concrete_fields}
        and model.KIND != Sort.REGISTER
    )
    yield from _function(
        "last_written(of_file uuid)",
        "timestamptz",
        f"begin return (select max(w.at) from ({written}) w); end",  # noqa: S608 -- ours
        owner="eraser",
        callers="gate",
    )


def _to_review() -> Iterator[str]:
    """What has come to its day, and which classes of a file there are."""
    yield from _function(
        "to_review",
        "table(of_file uuid, of_sort text, last_on date, years integer, is_own boolean, "
        "sealed_until date)",
        f"""{ACTING}
  today date := {DAY_NOW};
  zone text := (select r.time_zone from regions_region r);
begin
  if access.is_walled_off(for_organisation) or not {KEEPS} then
    return;
  end if;
  return query
    with over as (
      select f.id, max(s.status_at) as at
      from participants_file f join participants_followupstatus s on s.file_id = f.id
      where f.holder_id = for_organisation group by f.id
      having bool_and(s.status in ({OVER_STATUSES}))),
    past as (
      select o.id, r.of_sort, r.years, r.is_own, o.at
      from over o cross join access.keep_years() r
      where o.at + make_interval(years => r.years) <= for_at and exists (
        select from vault_datakey k where k.owner_id = o.id and k.kind = r.of_sort)
        and coalesce({IS_OVER.format(file="o.id")}, false)),
    dated as (
      select p.*, (greatest(p.at, access.last_written(p.id)) at time zone zone)::date as day
      from past p)
    select d.id, d.of_sort, d.day, d.years, d.is_own, (
      select max(e.until_on) from sharing_ending e
      where e.file_id = d.id and e.exit = 'SEALED' and e.confirmed_at is not null
        and e.lifted_at is null and d.of_sort = any(e.sorts))
    from dated d
    where d.day + make_interval(years => d.years) <= today
      and not exists (
        select from sharing_ending e
        where e.file_id = d.id and e.withdrawn_at is null and d.of_sort = any(e.sorts)
          and ((e.confirmed_at is null)
            or (e.exit = 'DESTROYED')
            or (e.exit = 'SEALED' and e.lifted_at is null and e.until_on > today)))
    order by 3, 1, 2;
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "sorts_of(of_file uuid)",
        "text[]",
        f"""{ACTING}
begin
  if not {KEEPS} or access.is_walled_off(for_organisation) or not exists (
       select from participants_file f
       where f.id = of_file and f.holder_id = for_organisation) then
    return null;
  end if;
  return array(
    select distinct k.kind::text from vault_datakey k
    where k.owner_id = of_file and k.kind in ({", ".join(f"'{sort}'" for sort in Sort)})
    order by 1);
end""",  # noqa: S608 -- every name is ours
    )
