"""What does the database answer to the service that looks at who opened what?

Set by set over the journal, in one statement; no row of anybody's file leaves.
"""

from __future__ import annotations

from typing import Final

from spheres.core.actor import CUSTODY
from spheres.participants.queries import ALIKE
from spheres.sharing.counting import Feeding
from spheres.sharing.watching import LOOKOUT, counted, file_of

# From which hour, until which one, where the programme works.
NIGHT: Final = (23, 6)

# A reading names sections and writes nothing; of a list, each file by the rows it named. What is
# held elsewhere than where one acts needs a ground of that very moment: her consent, which held
# these sections; what was told, approved and not over; or the matter was in one's
# hands, at the desk or on offer. What was erased has taken its grounds with it.
GROUNDS: Final = Feeding(
    "read_across",
    LOOKOUT,
    "from_at timestamptz, until_at timestamptz",
    "table(of_event uuid, of_number bigint, of_holder uuid, of_reader uuid, of_user uuid, "
    "of_moment timestamptz, of_sections text[], counted bigint)",
    "",
    """
  return query
  with read as materialized (
    select e.* from audit_event e
    where e.at >= from_at and e.at < until_at and e.chain in ('FILE', 'ACTOR')
      and cardinality(e.sections) > 0 and length(e.digest) = 0),
  named as materialized (
    select n.of_row, n.of_file from access.files_of(
      (select array_agg(distinct r) from read e cross join unnest(e.record_ids) r
       where e.chain = 'ACTOR')) n),
  files as (
    select e.id, e.chain_id as file_id from read e where e.chain = 'FILE'
    union
    select e.id, n.of_file from read e cross join unnest(e.record_ids) r
      join named n on n.of_row = r
    where e.chain = 'ACTOR'),
  across as materialized (
    select e.id, e.number, f.holder_id, e.organisation_id, e.actor_id, e.at,
      e.sections::text[] as sections,
      exists (
        select from sharing_consent c
        where c.file_id = f.id and c.organisation_id = e.organisation_id
          and (c.user_id is null or c.user_id = e.actor_id)
          and c.starts_at <= e.at and c.ends_at > e.at
          and (c.withdrawn_at is null or c.withdrawn_at > e.at)
          and (c.cover_id is null or exists (
            select from sharing_cover v
            where v.id = c.cover_id and v.starts_at <= e.at and v.ends_at > e.at))
          and e.sections::text[] <@ c.sections::text[])
      or exists (
        select from sharing_disclosure d
        where d.file_id = f.id and d.id = any(e.record_ids)
          and d.to_organisation_id = e.organisation_id
          and (d.to_user_id is null or d.to_user_id = e.actor_id)
          and d.ends_at > e.at and e.sections::text[] <@ d.sections::text[]
          and exists (
            select from sharing_disclosurestep s
            where s.disclosure_id = d.id and s.kind = 'APPROVED' and s.done_at <= e.at)
          and not exists (
            select from sharing_disclosurestep s
            where s.disclosure_id = d.id and s.kind = 'WITHDRAWN' and s.done_at <= e.at))
      or exists (
        select from sharing_along g
        where g.file_id = f.id and g.id = any(e.record_ids)
          and g.organisation_id = e.organisation_id and g.user_id = e.actor_id
          and g.starts_at <= e.at and g.ends_at > e.at
          and (g.withdrawn_at is null or g.withdrawn_at > e.at))
      or exists (
        select from sharing_handler h
        where h.matter_id = f.id and h.starts_at <= e.at
          and (h.ends_at is null or h.ends_at >= e.at)
          and (h.user_id = e.actor_id or h.organisation_id = e.organisation_id)) as has_ground
    from files r join read e on e.id = r.id join participants_file f on f.id = r.file_id
    where f.holder_id <> e.organisation_id
      and not exists (
        select from vault_tombstone t where t.owner_id = f.id and t.kind = 'FOLLOW_UP'))
  select null::uuid, null::bigint, a.holder_id, null::uuid, null::uuid, null::timestamptz,
    null::text[], count(*)
  from across a group by a.holder_id
  union all
  select a.id, a.number, a.holder_id, a.organisation_id, a.actor_id, a.at, a.sections, 1::bigint
  from across a where not a.has_ground;""",
    {},
)

# By worker and by what stands out, of one week: how many files, how many times, from when to when.
# Whoever walks with the person by the end of the week does not stand out.
WEEK: Final = Feeding(
    "unusual",
    LOOKOUT,
    "from_at timestamptz, until_at timestamptz, in_zone text",
    "table(of_organisation uuid, of_user uuid, of_kind text, of_files bigint, of_times bigint, "
    "of_first timestamptz, of_last timestamptz)",
    "",
    f"""
  return query
  with seen as materialized (
    select e.actor_id, e.organisation_id, f.id as file_id, e.at, e.purpose,
      e.at at time zone in_zone as here
    from audit_event e join participants_file f on f.id = {file_of("e")}
    where e.at >= from_at and e.at < until_at and f.holder_id = e.organisation_id
      and {counted("e")}),
  stood_out as (
    select 'NIGHT' as kind, s.* from seen s
    where extract(hour from s.here) >= {NIGHT[0]} or extract(hour from s.here) < {NIGHT[1]}
    union all
    select 'NEVER', s.* from seen s
    where s.purpose <> '{CUSTODY}' and not exists (
        select from participants_assignment a
        where a.user_id = s.actor_id and a.file_id = s.file_id and a.starts_at < until_at)
      and not exists (
        select from sharing_joined j join participants_assignment a on a.file_id = j.kept_id
        where j.joined_id = s.file_id and a.user_id = s.actor_id and a.starts_at < until_at)
    union all
    select 'ALIKE', s.* from seen s
    where exists (
      select from audit_event n
      where n.chain_id = s.actor_id and n.action = '{ALIKE}' and n.at = s.at
        and s.file_id = any(n.record_ids)))
  select o.organisation_id, o.actor_id, o.kind, count(distinct o.file_id), count(*), min(o.at),
    max(o.at)
  from stood_out o group by o.organisation_id, o.actor_id, o.kind
  union all
  select d.organisation_id, d.actor_id, 'MANY', max(d.files), sum(d.times)::bigint, min(d.first),
    max(d.last)
  from (
    select s.organisation_id, s.actor_id, count(distinct s.file_id) as files, count(*) as times,
      min(s.at) as first, max(s.at) as last
    from seen s group by s.organisation_id, s.actor_id, s.here::date) d
    join accounts_organisation o on o.id = d.organisation_id cross join regions_region r
  where d.files >= coalesce(o.reads_alert, r.reads_alert)
  group by d.organisation_id, d.actor_id;""",  # noqa: S608 -- every name is ours
    {},
)
