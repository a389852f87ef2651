"""Which functions count the files somebody opens in a day, stop there, and say who is stopped?

One trigger of the journal, so that no page asks more: the event that opens a file is refused when
too many others were opened that day, and without the event nothing opens. What protects is neither
counted nor stopped: a safe way to reach her, her safety, an hour's access, whoever is on call, a
referral that is nobody's file yet (security.md §2.7, ADR who-opened-what).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import EXCEPTIONAL, NOTEBOOK
from spheres.core.errors import READING_STOPPED
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live, _live_role

READING: Final = ("open", "shared.opened")
# What a page says of itself when it opens more than what protects, and protects all the same.
PROTECTS: Final = "protects"
# The service that looks each night at who opened what.
LOOKOUT: Final = "service:lookout"
STOPPED: Final = "reading.stopped"
# What somebody chose to tell one person, once and for all: the only way to the police.
TOLD: Final = "disclosure.opened"
_ZONE = "coalesce(nullif(r.time_zone, ''), 'UTC')"


def file_of(event: str) -> str:
    """Which file a line of the journal opened, in SQL: what a psychotherapist opens is in her own
    chain, and names the file before its rows."""
    return f"case when {event}.chain = 'FILE' then {event}.chain_id else {event}.record_ids[1] end"


def counted(event: str) -> str:
    """Whether an event opened a file, of those that are counted; SQL, of one row of the journal."""
    actions = ", ".join(f"'{action}'" for action in READING)
    protecting = ", ".join(f"'{face}'" for face in rules.EMERGENCY)
    return f"""{event}.chain in ('FILE', 'ACTOR') and {event}.action in ({actions})
      and {event}.basis <> '{PROTECTS}' and {event}.purpose not in ('{EXCEPTIONAL}', '{NOTEBOOK}')
      and not {event}.sections::text[] <@ array[{protecting}]
      and exists (select from participants_file k where k.id = {file_of(event)})
      and not exists (
        select from sharing_cover v
        where v.user_id = {event}.actor_id and v.organisation_id = {event}.organisation_id
          and v.elsewhere_id is null and v.kind = 'ON_CALL'
          and v.starts_at <= {event}.at and v.ends_at > {event}.at)"""  # noqa: S608 -- ours


# A day is the region's own: of 23 hours or of 25 when its clocks change.
_WATCH = f"""
declare
  cap integer;
  today date;
  begins timestamptz;
  until timestamptz;
begin
  if not ({counted("new")}) then
    return new;
  end if;
  select coalesce(o.reads_stop, r.reads_stop), (new.at at time zone {_ZONE})::date,
      date_trunc('day', new.at at time zone {_ZONE}) at time zone {_ZONE},
      (date_trunc('day', new.at at time zone {_ZONE}) + interval '1 day') at time zone {_ZONE}
    into cap, today, begins, until
    from regions_region r left join accounts_organisation o on o.id = new.organisation_id;
  -- A file that was open today stays so: nothing that somebody is writing is ever lost.
  if cap is null or exists (
      select from audit_event e
      where e.chain_id in (new.actor_id, {file_of("new")}) and e.actor_id = new.actor_id
        and e.at >= begins and e.at < until and {counted("e")}
        and {file_of("e")} = {file_of("new")}) then
    return new;
  end if;
  if cap <= (
      select count(distinct {file_of("e")}) from audit_event e
      where e.actor_id = new.actor_id and e.at >= begins and e.at < until and {counted("e")})
    and not exists (
      select from sharing_lifted l
      where l.user_id = new.actor_id and l.organisation_id = new.organisation_id
        and l.lifted_on = today) then
    raise exception 'reading stopped' using errcode = '{READING_STOPPED}';
  end if;
  return new;
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`today`, `stopped_today`, `many_today`, and the trigger."""
    yield from _function(
        "today",
        "date",
        f"""
declare at_moment timestamptz := (access.context())[5]::timestamptz;
begin
  return coalesce(
    (select (at_moment at time zone {_ZONE})::date from regions_region r), at_moment::date);
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function(
        "today_begins",
        "timestamptz",
        f"""
begin
  return coalesce(
    (select access.today()::timestamp at time zone {_ZONE} from regions_region r),
    access.today()::timestamptz);
end""",  # noqa: S608 -- every name is ours
        callers="gate",
    )
    # Colleagues whom the limit stopped today, and whom nobody let go on yet; never oneself.
    yield from _function(
        "stopped_today",
        "uuid[]",
        f"""{ACTING}
begin
  if access.is_walled_off(for_organisation) or not {_live_role(rules.LIFTERS)} then
    return '{{}}';
  end if;
  return array(
    select distinct m.user_id from accounts_membership m
    where m.organisation_id = for_organisation and m.user_id <> for_user
      and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
      and exists (
        select from audit_event e
        where e.chain_id = m.user_id and e.actor_id = m.user_id and e.action = '{STOPPED}'
          and e.organisation_id = for_organisation and e.at >= access.today_begins()
          and e.at <= for_at)
      and not exists (
        select from sharing_lifted l
        where l.user_id = m.user_id and l.organisation_id = for_organisation
          and l.lifted_on = access.today())
    order by 1);
end""",  # noqa: S608 -- every name is ours
    )
    # Of each who opened many files here today, how many: a number, of nobody's file.
    yield from _function(
        "many_today",
        "table(of_user uuid, counted bigint)",
        f"""{ACTING}
begin
  if not {_live(f"m.role = '{Role.PRIVACY_OFFICER}'")} then
    raise exception 'only the privacy officer asks this' using errcode = '42501';
  end if;
  return query
    select e.actor_id, count(distinct {file_of("e")}) from audit_event e
    where e.organisation_id = for_organisation and e.at >= access.today_begins() and e.at <= for_at
      and e.actor_id in (
        select m.user_id from accounts_membership m where m.organisation_id = for_organisation)
      and {counted("e")}
    group by e.actor_id
    having count(distinct {file_of("e")}) >= (
      select coalesce(o.reads_alert, r.reads_alert) from regions_region r, accounts_organisation o
      where o.id = for_organisation);
end""",  # noqa: S608 -- every name is ours
    )
    # Of the files held here, since when: what police accounts read (none, as it must be), and what
    # somebody chose to tell one of them, that was opened. Two numbers, of nobody's file.
    yield from _function(
        "read_by_police(since timestamptz)",
        "table(read bigint, told bigint)",
        f"""{ACTING}
begin
  if not {_live(f"m.role = '{Role.PRIVACY_OFFICER}'")} then
    raise exception 'only the privacy officer asks this' using errcode = '42501';
  end if;
  return query
    select count(*) filter (where e.action <> '{TOLD}'), count(*) filter (where e.action = '{TOLD}')
    from audit_event e
    join participants_file f on f.id = {file_of("e")} and f.holder_id = for_organisation
    where e.actor_id in (
        select m.user_id from accounts_membership m where access.is_walled_off(m.organisation_id))
      and access.is_walled_off(e.organisation_id)
      and (cardinality(e.sections) > 0 or e.action = '{TOLD}') and e.at >= since and e.at <= for_at;
end""",  # noqa: S608 -- every name is ours
    )
    # How many files somebody had open between two moments: of oneself; of a colleague here, for the
    # privacy officer, when a device is lost. A number, of nobody's file.
    yield from _function(
        "opened_meanwhile(of_user uuid, since timestamptz, until timestamptz)",
        "bigint",
        f"""{ACTING}
begin
  if of_user <> for_user and not ({_live(f"m.role = '{Role.PRIVACY_OFFICER}'")} and exists (
      select from accounts_membership m
      where m.user_id = of_user and m.organisation_id = for_organisation
        and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at))) then
    raise exception 'only oneself and the privacy officer ask this' using errcode = '42501';
  end if;
  return (
    select count(distinct {file_of("e")}) from audit_event e
    where e.actor_id = of_user and cardinality(e.sections) > 0
      and (e.chain = 'FILE' or exists (
        select from participants_file k where k.id = {file_of("e")}))
      and e.at >= since and e.at <= until
      and (of_user = for_user or e.organisation_id = for_organisation));
end""",  # noqa: S608 -- every name is ours
    )
    # Whose openings one looks at: one's own organisation's; all of them, for the service.
    yield from _function(
        "overseen",
        "uuid[]",
        f"""{ACTING}
begin
  if '{LOOKOUT}' = any(for_roles) then
    return array(select o.id from accounts_organisation o order by o.slug);
  end if;
  return array(
    select for_organisation where {_live(f"m.role = '{Role.PRIVACY_OFFICER}'")});
end""",  # noqa: S608 -- every name is ours
    )
    yield from _function("watch_reading", "trigger", _WATCH, volatility="volatile", callers="")
    # The trigger is made by whoever owns the table, who must be let to name the function.
    yield "set local role gate"
    yield "grant execute on function access.watch_reading() to owner"
    yield "reset role"
    # After `stamp`, which says who opens and when: triggers go in the order of their names.
    yield (
        "create trigger watched before insert on audit_event "
        "for each row execute function access.watch_reading()"
    )
