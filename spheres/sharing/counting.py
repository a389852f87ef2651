"""Which functions count what nobody may read? An upper area registers its question; no text leaves.

Each belongs to `gate`, answers those it names in the signed context, and gives numbers alone, one
word, or which of the asker's own are alike. The role `gate` may look at the columns it names and at
no other: never a text, a name or a way to reach someone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spheres.accounts.models import Role
from spheres.accounts.policy import MANAGERS
from spheres.participants.queries import OVER
from spheres.sharing import destroying, functions, rules


@dataclass(frozen=True)
class Counting:
    """One question of numbers, with {span}, {zone}, {from_at} and {until_at} in its SQL.

    It gives, in this order: the first day of each month or quarter, the organisation, what is
    counted, of which kind, and how many.
    """

    name: str
    service: str
    query: str
    reads: Mapping[str, tuple[str, ...]]  # table: the columns it looks at


@dataclass(frozen=True)
class Answering:
    """One question that anybody may ask of what they hold the digest of; it gives one word.

    Its SQL finds at most one row, by {held}: nothing can be listed, and what is unknown costs and
    answers the same as what is forgotten.
    """

    name: str
    query: str
    reads: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Feeding:
    """What one service is given, for whoever holds a secret of which it has the digest.

    Its body finds at most what one holder may have, by the rule function; it gives identifiers,
    moments and codes, and never looks at a text.
    """

    name: str
    service: str
    asks: str  # its arguments, and their types
    gives: str
    declares: str
    does: str
    reads: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Load:
    """One thing that is counted of each worker, for whoever leads them: a number, never which.

    Its SQL is one number, of {worker} in {organisation} at {moment}.
    """

    measure: str
    label: Any
    query: str
    reads: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Finding:
    """One question of what is alike among what the asker handles; it gives identifiers and codes.

    Its SQL may name {one}: the matter or the file asked about, null for all. `asked_by` says, in
    SQL, who may ask; it narrows the answer to theirs by itself.
    """

    name: str
    asked_by: str
    gives: str  # columns and their types, each called of_…
    query: str
    reads: Mapping[str, tuple[str, ...]]


# What `left_behind` looks at, besides who walks with whom.
LEFT_BEHIND: dict[str, tuple[str, ...]] = {"participants_followupstatus": ("file_id", "status")}
COUNTINGS: dict[str, Counting] = {}
FEEDINGS: dict[str, Feeding] = {}
LOADS: dict[str, Load] = {}
ANSWERINGS: dict[str, Answering] = {}
FINDINGS: dict[str, Finding] = {}


def find(finding: Finding) -> None:
    """An upper area registers what the database compares for those who may not read it."""
    FINDINGS[finding.name] = finding


def answer(answering: Answering) -> None:
    """An upper area registers the one word it gives to whoever holds a receipt."""
    ANSWERINGS[answering.name] = answering


def feed(feeding: Feeding) -> None:
    """An upper area registers what its service is given for one holder."""
    FEEDINGS[feeding.name] = feeding


def weigh(load: Load) -> None:
    """An upper area registers what it gives a worker to carry, in the order of the page."""
    LOADS[load.measure] = load


def register(counting: Counting) -> None:
    """Two areas may not give one name to two questions."""
    if COUNTINGS.get(counting.name, counting) != counting:
        raise ValueError(f"Two countings are called {counting.name!r}.")
    COUNTINGS[counting.name] = counting


def columns() -> dict[str, tuple[str, ...]]:
    """What `gate` looks at to count and is given nowhere else: the columns of each table."""
    found = {table: set(names) for table, names in LEFT_BEHIND.items()}
    questions: list[Counting | Answering | Feeding | Load | Finding] = [
        *COUNTINGS.values(), *ANSWERINGS.values(), *FEEDINGS.values(), *LOADS.values(),
        *FINDINGS.values(),
    ]  # fmt: skip
    for question in questions:
        for table, names in question.reads.items():
            if table not in rules.GATE_READS:
                found.setdefault(table, set()).update(names)
    return {table: tuple(sorted(names)) for table, names in sorted(found.items())}


def answerings() -> Iterator[str]:
    """The one-word functions: before the tables, whose policies may ask one of them."""
    for answering in ANSWERINGS.values():
        yield from functions._function(
            f"{answering.name}(held bytea)",
            "text",
            f"begin perform access.context(); return ({answering.query.format(held='held')}); end",
        )


def statements() -> Iterator[str]:
    """The counting functions, with the least rights they need."""
    for table, names in columns().items():
        yield f"create policy gate_counts on {table} for select to gate using (true)"
        # Quoted: a day may be called «on», which is a word of the database’s own.
        quoted = ", ".join(f'"{name}"' for name in names)
        yield f"grant select ({quoted}) on {table} to gate"
    for counting in COUNTINGS.values():
        yield from functions._function(
            f"{counting.name}(in_span text, in_zone text, from_at timestamptz, "
            "until_at timestamptz)",
            "table(begins_on date, of_organisation uuid, of_measure text, of_kind text, "
            "counted bigint)",
            _body(counting),
        )
    for feeding in FEEDINGS.values():
        yield from functions._function(
            f"{feeding.name}({feeding.asks})",
            feeding.gives,
            f"declare {feeding.declares}\n"
            f"begin {destroying.only(feeding.service)}{feeding.does}\nend",
        )
    for finding in FINDINGS.values():
        yield from functions._function(
            f"{finding.name}(of_one uuid)",
            f"table({finding.gives})",
            f"begin\n  if not {finding.asked_by} then\n"
            "    raise exception 'not yours to compare' using errcode = '42501';\n  end if;\n"
            f"  return query {finding.query.format(one='of_one')};\nend",
        )
    yield from _files_carried()
    yield from _accompanied()
    yield from _left_behind()
    yield from _sharing_ends()
    if LOADS:
        yield from _workload()
        yield from _workload_then()


def _body(counting: Counting) -> str:
    question = counting.query.format(
        span="in_span", zone="in_zone", from_at="from_at", until_at="until_at"
    )
    return f"begin {destroying.only(counting.service)}\n  return query {question};\nend"


def _files_carried() -> Iterator[str]:
    """A number, no identifier: what a manager must know before a colleague's access ends."""
    yield from functions._function(
        "files_carried(of_user uuid)",
        "bigint",
        f"""{functions.ACTING}
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


def _accompanied() -> Iterator[str]:
    """A number for each worker, no identifier of a file: so that whoever offers burdens nobody."""
    yield from functions._function(
        "accompanied(of_workers uuid[])",
        "table(of_worker uuid, counted bigint)",
        """
declare
  at_moment timestamptz := (access.context())[5]::timestamptz;
begin
  if not access.at_the_desk() then
    raise exception 'only the desk asks this' using errcode = '42501';
  end if;
  return query
    select a.user_id, count(distinct a.file_id) from participants_assignment a
    where a.user_id = any(of_workers)
      and a.starts_at <= at_moment and (a.ends_at is null or a.ends_at > at_moment)
    group by a.user_id;
end""",
    )


def _left_behind() -> Iterator[str]:
    """Of each colleague who no longer accompanies people here, how many she still accompanied: no
    identifier of a file, so that a team lead names somebody without reading who they are.

    Whose follow-up is over is not left behind; who has none yet, or came back, is.
    """
    over = ", ".join(f"'{status}'" for status in sorted(OVER))
    yield from functions._function(
        "left_behind",
        "table(of_user uuid, counted bigint)",
        f"""
declare
  for_organisation uuid := (access.context())[2]::uuid;
  for_at timestamptz := (access.context())[5]::timestamptz;
begin
  if access.holds(array['team_lead']) and access.is_walled_off(for_organisation) then
    return;
  end if;
  if not access.leads() then
    raise exception 'only a team lead asks this' using errcode = '42501';
  end if;
  return query
    select a.user_id, count(distinct a.file_id) from participants_assignment a
      join participants_file f on f.id = a.file_id
    where f.holder_id = for_organisation
      and a.starts_at <= for_at and (a.ends_at is null or a.ends_at > for_at)
      and not access.is_here(a.user_id, for_organisation, for_at)
      and (select coalesce(bool_or(s.status not in ({over})), true)
        from participants_followupstatus s where s.file_id = a.file_id)
    group by a.user_id;
end""",  # noqa: S608 -- every name is ours
    )


def _sharing_ends() -> Iterator[str]:
    """How many things that persons of one's own organisation share end tonight, within a week, then
    within thirty days: numbers for its coordination, whose and with whom is their workers'."""
    yield from functions._function(
        "sharing_ends",
        "table(tonight bigint, in_week bigint, in_month bigint)",
        f"""{functions.ACTING}
begin
  if access.is_walled_off(for_organisation)
     or not {functions._live_role(frozenset({Role.COORDINATOR}))} then
    return;
  end if;
  return query
    with ends as (
      select c.ends_at, ((c.ends_at - interval '1 microsecond') at time zone r.time_zone)::date
          = (for_at at time zone r.time_zone)::date as is_tonight
      from sharing_consent c join participants_file f on f.id = c.file_id
      cross join regions_region r
      where f.holder_id = for_organisation and c.cover_id is null
        and c.organisation_id = any(access.recipients())
        and c.starts_at <= for_at and c.ends_at > for_at
        and c.ends_at <= for_at + interval '30 days'
        and (c.withdrawn_at is null or c.withdrawn_at > for_at))
    select count(*) filter (where e.is_tonight),
      count(*) filter (where not e.is_tonight and e.ends_at <= for_at + interval '7 days'),
      count(*) filter (where not e.is_tonight and e.ends_at > for_at + interval '7 days')
    from ends e;
end""",  # noqa: S608 -- every name is ours
    )


def _workload() -> Iterator[str]:
    """What each worker carries, in numbers: those of one's own organisation, and all at the desk.

    A worker is counted where she accompanies people; the police never.
    """
    counted = "\n    union all ".join(
        f"select '{load.measure}', "
        + load.query.format(worker="w.user_id", organisation="w.organisation_id", moment="for_at")
        for load in LOADS.values()
    )
    workers = ", ".join(f"'{role}'" for role in sorted(rules.WORKERS))
    yield from functions._function(
        "workload",
        "table(of_user uuid, of_organisation uuid, of_measure text, counted bigint)",
        f"""{functions.ACTING}
  is_desk boolean := access.at_the_desk();
begin
  if not {functions._live_role(frozenset({Role.TEAM_LEAD, Role.COORDINATOR}))} then
    raise exception 'only who leads workers asks this' using errcode = '42501';
  end if;
  return query
    select w.user_id, w.organisation_id, x.measure, x.number from (
      select distinct m.user_id, m.organisation_id
      from accounts_membership m join accounts_user u on u.id = m.user_id
      where m.role in ({workers}) and u.is_active and m.starts_at <= for_at
        and (m.ends_at is null or m.ends_at > for_at)
        and (is_desk or m.organisation_id = for_organisation)
        and not access.is_walled_off(m.organisation_id)) w
    cross join lateral ({counted}) x(measure, number);
end""",  # noqa: S608 -- every name is ours
    )


def _workload_then() -> Iterator[str]:
    """How many were accompanied on the first day of each of the last four quarters, by how many
    workers: of one's own organisation, and of all at the desk. No identifier of either."""
    yield from functions._function(
        "workload_then",
        "table(of_organisation uuid, of_day date, accompanied bigint, workers bigint)",
        f"""{functions.ACTING}
  is_desk boolean := access.at_the_desk();
begin
  if not {functions._live_role(frozenset({Role.TEAM_LEAD, Role.COORDINATOR}))} then
    raise exception 'only who leads workers asks this' using errcode = '42501';
  end if;
  return query
    select f.holder_id, q.here::date, count(distinct a.file_id), count(distinct a.user_id)
    from regions_region r
    cross join lateral (select date_trunc('quarter', for_at at time zone r.time_zone) as here) n
    cross join lateral generate_series(
      n.here - interval '9 months', n.here, interval '3 months') q(here)
    join participants_assignment a on a.starts_at <= q.here at time zone r.time_zone
      and (a.ends_at is null or a.ends_at > q.here at time zone r.time_zone)
    join participants_file f on f.id = a.file_id
    where (is_desk or f.holder_id = for_organisation)
      and not access.is_walled_off(f.holder_id)
    group by f.holder_id, q.here;
end""",  # noqa: S608 -- every name is ours
    )
