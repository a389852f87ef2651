"""Which functions let a partner leave the programme, count what that means, and prove the rest?

Its manager asks, the programme's coordination confirms and, weeks later, ends it: two people of two
organisations. Nothing of it is erased, and nothing ends before each person was asked: what must be
seen to first is counted here, and the last press refuses as long as one number is not zero. The
files of the others are compared, before and after, by whoever finds the rows of every file: a
digest leaves, never a row (ADR a-partner-leaves).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from spheres.accounts.models import Role
from spheres.sharing.functions import ACTING, _function, _live_role

ASKED, ALREADY, DESK, PARTS, UNKNOWN = "ASKED", "ALREADY", "DESK", "PARTS", "UNKNOWN"
ENDED, WAITS, TOO_SOON = "ENDED", "WAITS", "TOO_SOON"
MOVED: Final = "SP001"  # what the database says when a row of another's file changed meanwhile
LONGEST: Final = 366  # days between the day it is asked and the last one


@dataclass(frozen=True)
class Measure:
    """One number of what a partner leaves, in SQL about {organisation}, at {at}, for {departure},
    which is null before it is asked. Never an identifier, never a text.

    What `waits` must be seen to before the end: as long as it is not zero, nothing ends.
    """

    name: str
    query: str
    waits: bool = False
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


MEASURES: dict[str, Measure] = {}


def measure(one: Measure) -> None:
    """An upper area registers what a partner that leaves must know, or see to."""
    if MEASURES.setdefault(one.name, one) != one:
        raise ValueError(f"Two measures are called {one.name!r}.")


def live(row: str) -> str:
    """Begun and not over, at {at}."""
    return f"{row}.starts_at <= {{at}} and ({row}.ends_at is null or {row}.ends_at > {{at}})"


# Those who work there today, with an open account.
WORKS_THERE: Final = f"""
  select m.user_id from accounts_membership m join accounts_user u on u.id = m.user_id
  where m.organisation_id = {{organisation}} and u.is_active and {live("m")}"""  # noqa: S608 -- ours
GOES_ON: Final = "c.ends_at > {at} and (c.withdrawn_at is null or c.withdrawn_at > {at})"

for _one in (
    Measure("ACCOUNTS", f"select count(distinct w.user_id) from ({WORKS_THERE}) w"),  # noqa: S608 -- ours
    Measure(
        "ELSEWHERE",
        f"""
  select count(distinct w.user_id) from ({WORKS_THERE}) w join accounts_membership m
    on m.user_id = w.user_id and m.organisation_id <> {{organisation}} and {live("m")}""",  # noqa: S608 -- ours
    ),
    Measure(
        "SHARED_BY",
        f"""
  select count(*) from sharing_consent c join participants_file f on f.id = c.file_id
  where f.holder_id = {{organisation}} and {GOES_ON}""",  # noqa: S608 -- ours
    ),
    Measure(
        "SHARED_WITH",
        f"select count(*) from sharing_consent c "  # noqa: S608 -- ours
        f"where c.organisation_id = {{organisation}} and {GOES_ON}",
    ),
    # A life may be in danger at this moment.
    Measure(
        "OPEN_NOW",
        "select count(*) from sharing_exceptionalaccess e "
        "where e.organisation_id = {organisation} and e.ends_at > {at}",
        waits=True,
    ),
    Measure(
        "TO_REVIEW",
        "select count(*) from sharing_exceptionalaccess e "
        "where e.organisation_id = {organisation} and e.reviewed_at is null",
        waits=True,
    ),
    # What was prepared there to be told, and that nobody has decided: it would wait for ever.
    Measure(
        "TO_DECIDE",
        """
  select count(*) from sharing_disclosure d
  where d.organisation_id = {organisation} and not d.is_refused
    and (d.ends_at > {at} or d.made_at is not null)
    and not exists (select from sharing_disclosurestep s where s.disclosure_id = d.id
      and s.kind in ('APPROVED', 'REFUSED', 'WITHDRAWN'))""",
        waits=True,
    ),
    # What was approved to be told to somebody outside, and never was: nobody would hand it over.
    Measure(
        "TO_HAND",
        """
  select count(*) from sharing_disclosure d
  where d.organisation_id = {organisation} and d.to_organisation_id is null
    and d.made_at is null and d.ends_at > {at}
    and exists (select from sharing_disclosurestep s
      where s.disclosure_id = d.id and s.kind = 'APPROVED')
    and not exists (select from sharing_disclosurestep s
      where s.disclosure_id = d.id and s.kind in ('HANDED', 'WITHDRAWN'))""",
        waits=True,
    ),
    # Referrals on offer to those who work there and nowhere else: the desk takes them back.
    Measure(
        "OFFERED",
        f"""
  select count(distinct h.matter_id) from sharing_handler h
  where h.kind = 'OFFERED' and {live("h")} and h.user_id in ({WORKS_THERE})
    and not exists (select from accounts_membership m where m.user_id = h.user_id
      and m.organisation_id <> {{organisation}} and {live("m")})""",  # noqa: S608 -- ours
        waits=True,
    ),
):
    measure(_one)


def columns() -> dict[str, tuple[str, ...]]:
    """What `gate` looks at to count: the columns of each table, of what upper areas registered."""
    found: dict[str, set[str]] = {}
    for one in MEASURES.values():
        for table, names in one.reads.items():
            found.setdefault(table, set()).update(names)
    return {table: tuple(sorted(names)) for table, names in sorted(found.items())}


def _at(query: str, organisation: str, departure: str) -> str:
    return query.format(organisation=organisation, departure=departure, at="for_at")


_MANAGES = _live_role(frozenset({Role.ORGANISATION_MANAGER}))
_LIVE = "cancelled_at is null and ended_at is null"


def statements(all_models: Iterable[Any]) -> Iterator[str]:
    """Who sees a departure, its numbers, its moves, and the digest of the others' files."""
    for table, names in columns().items():
        yield f"create policy gate_parts on {table} for select to gate using (true)"
        yield f"grant select ({', '.join(names)}) on {table} to gate"
    yield from _function(
        "sees_departure(of_organisation uuid)",
        "boolean",
        f"""{ACTING}
begin
  return access.at_the_desk() or (of_organisation = for_organisation and {_MANAGES});
end""",
    )
    yield from _numbers()
    yield from _moves()
    yield from _digest(all_models)
    yield from _end()


def _numbers() -> Iterator[str]:
    """To its manager and to the coordination: how many, never who."""
    counted = "\n    union all ".join(
        f"select '{one.name}'::text, ({_at(one.query, 'of_organisation', 'of_departure')})::bigint"
        for one in MEASURES.values()
    )
    yield from _function(
        "departing(of_organisation uuid)",
        "table(of_measure text, counted bigint)",
        f"""{ACTING}
  of_departure uuid;
begin
  if not access.sees_departure(of_organisation) then
    raise exception 'only its manager and the coordination ask this' using errcode = '42501';
  end if;
  select d.id into of_departure from sharing_departure d
    where d.organisation_id = of_organisation and d.cancelled_at is null
    order by d.asked_at desc limit 1;
  return query {counted};
end""",  # noqa: S608 -- every name is ours
    )


def _moves() -> Iterator[str]:
    """It is asked, confirmed, called off; its manager says that they hold what is theirs."""
    yield from _function(
        "ask_to_leave(new_id uuid, on_day date)",
        "text",
        f"""{ACTING}
begin
  if not {_MANAGES} or not exists (
       select from accounts_organisation o where o.id = for_organisation and o.is_partner)
     or on_day < for_at::date - 1 or on_day > for_at::date + {LONGEST} then
    return '{UNKNOWN}';
  end if;
  if exists (select from sharing_departure d
             where d.id = new_id and d.organisation_id = for_organisation) then
    return '{ASKED}';
  end if;
  if for_organisation = (select r.desk_organisation_id from regions_region r) then
    return '{DESK}';
  end if;
  -- A part of it that works, or is a partner by itself, leaves first.
  if exists (
       select from accounts_organisation o
       where o.parent_id = for_organisation and (o.is_partner or exists (
         select from accounts_membership m join accounts_user u on u.id = m.user_id
         where m.organisation_id = o.id and u.is_active and {live("m").format(at="for_at")}))) then
    return '{PARTS}';
  end if;
  insert into sharing_departure
      (id, organisation_id, last_on, asked_by, asked_at, digest, rows_compared)
    values (new_id, for_organisation, on_day, for_user, for_at, '', 0)
    on conflict do nothing;
  if not found then
    return '{ALREADY}';
  end if;
  return '{ASKED}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
    its_manager = f"organisation_id = for_organisation and {_MANAGES}"
    for verb, what, who, when in (
        ("confirm", "confirmed", "access.at_the_desk() and asked_by <> for_user",
         "confirmed_at is null"),
        ("call_off", "cancelled", "access.sees_departure(organisation_id)", "true"),
        ("receive", "received", its_manager, "confirmed_at is not null and received_at is null"),
    ):  # fmt: skip
        yield from _function(
            f"{verb}_departure(of_departure uuid)",
            "boolean",
            f"""{ACTING}
begin
  update sharing_departure set {what}_by = for_user, {what}_at = for_at
    where id = of_departure and {_LIVE} and {when} and {who};
  return found or exists (
    select from sharing_departure
    where id = of_departure and {what}_by = for_user and ended_at is null
      {"" if what == "cancelled" else "and cancelled_at is null"});
end""",  # noqa: S608 -- every name is ours
            volatility="volatile",
        )


def _digest(all_models: Iterable[Any]) -> Iterator[str]:
    """Every row of every file that this organisation does not hold, as one digest and one number.

    `eraser` finds the rows of every file already; a row of it never leaves this function.
    """
    tables = _of_files(all_models)
    for table in tables:
        yield f"create policy witness_finds on {table} for select to eraser using (true)"
        yield f"grant select on {table} to eraser"
    rows = "\n    union all ".join(
        f"select sha256(convert_to('{table} ' || t::text, 'UTF8')) as hash from {table} t "  # noqa: S608 -- ours
        f"where {' and '.join(f't.{column} <> all(hers)' for column in found)}"
        for table, found in tables.items()
    )
    yield from _function(
        "digest_of_files(but_of uuid)",
        "text[]",
        f"""
declare
  hers uuid[] := array(select f.id from participants_file f where f.holder_id = but_of);
begin
  return (
    select array[
      encode(sha256(coalesce(string_agg(r.hash, ''::bytea order by r.hash), ''::bytea)), 'hex'),
      count(*)::text]
    from ({rows}) r);
end""",  # noqa: S608 -- every name is ours
        owner="eraser",
        callers="gate",
    )
    yield from _function(
        "digest_of_others(of_organisation uuid)",
        "text[]",
        """
begin
  if not access.at_the_desk() then
    raise exception 'only the desk asks this' using errcode = '42501';
  end if;
  return access.digest_of_files(of_organisation);
end""",
    )


def _of_files(all_models: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """Every table whose rows are of a file, and the columns that say of which."""
    found: dict[str, tuple[str, ...]] = {}
    for model in all_models:
        names = {each.column: each for each in model._meta.concrete_fields}
        columns = tuple(
            name
            for name in ("file_id", "matter_id", "kept_id", "joined_id")
            if name in names and isinstance(_kind_of(names[name]), models.UUIDField)
        )
        if columns and not any(names[name].null for name in columns):
            found[model._meta.db_table] = columns
        elif model._meta.db_table == "participants_file":
            found[model._meta.db_table] = ("id",)
    return dict(sorted(found.items()))


def _kind_of(column: Any) -> Any:
    return getattr(column, "target_field", column)


def _end() -> Iterator[str]:
    """The last press, by the coordination, when nothing waits any more.

    What was shared from its files ends: nobody there could take it back for her. What was shared
    with it is closed by its no longer being a partner, and those rows, of other files, do not move.
    """
    waits = "\n     or ".join(
        f"({_at(one.query, 'of_organisation', 'of_departure')}) > 0"
        for one in MEASURES.values()
        if one.waits
    )
    yield from _function(
        "may_end_departure(of_departure uuid)",
        "text",
        f"""{ACTING}
  of_organisation uuid;
  last_on date;
begin
  select d.organisation_id, d.last_on into of_organisation, last_on from sharing_departure d
    where d.id = of_departure and d.cancelled_at is null and d.ended_at is null
      and d.confirmed_at is not null;
  if of_organisation is null or not access.at_the_desk() then
    return '{UNKNOWN}';
  end if;
  if for_at < last_on::timestamptz then
    return '{TOO_SOON}';
  end if;
  if exists (select from sharing_departure d where d.id = of_departure and d.received_at is null)
     or {waits} then
    return '{WAITS}';
  end if;
  return '{ENDED}';
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "end_departure(of_departure uuid, digest_before text)",
        "text",
        f"""{ACTING}
  of_organisation uuid;
  answer text;
  others text[];
begin
  -- Two presses at the same instant: the second finds it ended.
  select d.organisation_id into of_organisation from sharing_departure d
    where d.id = of_departure for update;
  if exists (select from sharing_departure d
             where d.id = of_departure and d.ended_at is not null) and access.at_the_desk() then
    return '{ENDED}';
  end if;
  answer := access.may_end_departure(of_departure);
  if answer <> '{ENDED}' then
    return answer;
  end if;
  with over as (
    update sharing_consent c
      set withdrawn_at = for_at, withdrawer = 'TEAM', withdrawn_by = for_user
      from participants_file f
      where f.id = c.file_id and f.holder_id = of_organisation
        and c.ends_at > for_at and c.withdrawn_at is null
      returning c.id, c.file_id)
  insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose,
      action, sections, record_ids, digest, basis, session, network, transaction, number)
    select gen_random_uuid(), for_at, 'FILE', o.file_id, for_user, for_organisation, '{{}}', '',
      'departure.sharing_ended', '{{}}', array[o.id], '', '', '', '', 0, 0 from over o;
  update accounts_organisation set is_partner = false, left_at = for_at
    where id = of_organisation;
  others := access.digest_of_others(of_organisation);
  if others[1] is distinct from digest_before then
    raise exception 'a row of another organisation moved' using errcode = '{MOVED}';
  end if;
  update sharing_departure set ended_by = for_user, ended_at = for_at,
      digest = others[1], rows_compared = others[2]::bigint
    where id = of_departure;
  return '{ENDED}';
end""",  # noqa: S608 -- every name is ours
        volatility="volatile",
    )
