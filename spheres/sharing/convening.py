"""How does somebody stand to a committee, and to what is brought there; and who steps out?

A vignette is read by those who sit there. Whoever is spoken of with their agreement is known to
those to whom something was told for that very meeting (`disclosing.py`), and to nobody else. Of
either, whoever must learn nothing of the person steps out: a personal conflict, her restriction,
what is sealed. The file of which an item speaks is asked here, and shown to no one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY
from spheres.sharing import rules
from spheres.sharing.disclosing import _OPEN, _TO_ME, _step
from spheres.sharing.functions import ACTING, _function, _live, _live_role, _vetoes, told

# To a committee: SITTING there now; CHAIRING it; BRINGING something to it.
SEATS: Final = ("SITTING", "CHAIRING", "BRINGING")
# To what is brought: its words are OPEN to me, at the meeting; I am CHAIRING it; I BROUGHT it; I am
# READING its words, for one of these, but those of somebody whom I only chair about; I am not kept
# from it (UNBARRED), whatever else; and, where I lead, nobody is named in it (LED).
STANDINGS: Final = ("OPEN", "CHAIRING", "BROUGHT", "READING", "UNBARRED", "LED")
# Those who lead an organisation, and see to what its people took on.
LEADING: Final = frozenset({Role.TEAM_LEAD, Role.ORGANISATION_MANAGER, Role.CLINICAL_DIRECTOR})
# Of the police, who may sit: those of its programme, and whoever steers.
OF_THE_POLICE: Final = frozenset({Role.POLICE_MEMBER, Role.STEERING_MEMBER})
ON_THE_AGENDA: Final = "i.status in ('PLACED', 'HELD')"
IS_HELD: Final = "g.cancelled_at is null"

# A partner of the programme, or a part of one: a unit, an institute.
_IS_OF_PARTNER: Final = """
begin
  return exists (
    with recursive above as (
      select o.is_partner, o.parent_id from accounts_organisation o where o.id = of_organisation
      union
      select o.is_partner, o.parent_id
      from accounts_organisation o join above a on a.parent_id = o.id)
    select from above where is_partner);
end"""

# One sits for the organisation one acts for, as long as one works there and it is a partner, or a
# part of one.
SEAT: Final = f"""
        select s.committee_id from sharing_committeemember s
        where s.user_id = for_user and s.organisation_id = for_organisation
          and access.is_of_partner(for_organisation)
          and s.starts_at <= for_at and (s.ended_at is null or s.ended_at > for_at)
          and {_live("true")}"""  # noqa: S608 -- every name is ours
# Whoever chairs sees what is brought there; the police, only what was told to them (design §10.3).
CHAIR: Final = f"{SEAT} and s.is_chair and not access.is_walled_off(for_organisation)"

_COMMITTEES: Final = f"""{ACTING}
begin
  if c[4] <> '{ORDINARY}' then
    return '{{}}';
  end if;
  return array(
    select t.committee_id from ({SEAT}) t where as_what && array['SITTING', 'BRINGING']
    union
    select t.committee_id from ({CHAIR}) t where 'CHAIRING' = any(as_what)
    union
    -- Whoever accompanies people at a partner brings what they meet to the clinical committee.
    select k.id from regions_committee k
    where 'BRINGING' = any(as_what) and k.kind = 'CLINICAL'
      and access.is_of_partner(for_organisation) and not access.is_walled_off(for_organisation)
      and {_live_role(rules.ACCOMPANYING)});
end"""  # noqa: S608 -- every name is ours

# Of which a person must never learn anything: whatever part of the file they are kept from; and
# the items in which they said that they recognised somebody, whether or not a file is marked there.
_BARRED_ITEMS: Final = f"""
begin
  return array(
    select b.id from sharing_itemabout b
    where b.file_id = any(array(
      select v.file_id from unnest(array[{", ".join(f"'{face}'" for face in rules.FACES)}]) f(face)
      cross join lateral {_vetoes("f.face")} v(file_id)))
    union
    select c.file_id from sharing_conflict c where c.user_id = for_user);
end"""  # noqa: S608 -- every name is ours

# What is on the agenda of a committee where one sits: a subject and a vignette, to all who sit; of
# somebody who agrees, to whom something is told of them for that day, until its end. A meeting that
# is not held any more opens nothing.
_OPEN_ITEMS: Final = f"""
declare
  is_police boolean := access.is_walled_off(for_organisation);
  barred uuid[] := access.barred_items(for_user, for_organisation, for_at);
begin
  return array(
    select i.id from sharing_committeeitem i
    join sharing_committeemeeting g on g.id = i.meeting_id and {IS_HELD}
    where i.committee_id in ({SEAT}) and {ON_THE_AGENDA} and i.id <> all(barred)
      and (i.mode <> 'CONSENT' or exists (
        select from sharing_itemabout b join sharing_disclosure d on d.file_id = b.file_id
        where b.id = i.id and d.purpose = 'MEETING' and d.meeting_on = g.held_on
          and {_TO_ME} and {_OPEN})));
end"""  # noqa: S608 -- every name is ours

_ITEMS: Final = f"""{ACTING}
  barred uuid[] := access.barred_items(for_user, for_organisation, for_at);
begin
  if c[4] <> '{ORDINARY}' then
    return '{{}}';
  end if;
  return array(
    select unnest(access.open_items(for_user, for_organisation, for_roles, for_at))
    where as_what && array['OPEN', 'READING']
    union
    select i.id from sharing_committeeitem i
    where ('CHAIRING' = any(as_what) or ('READING' = any(as_what) and i.mode <> 'CONSENT'))
      and i.status <> 'TAKEN_BACK' and i.id <> all(barred)
      and i.committee_id in ({CHAIR})
    union
    select i.id from sharing_committeeitem i
    where as_what && array['BROUGHT', 'READING'] and i.written_by = for_user
      and i.organisation_id = for_organisation and i.id <> all(barred) and {_live("true")}
    union
    select i.id from sharing_committeeitem i
    where 'UNBARRED' = any(as_what) and i.id <> all(barred)
    union
    select i.id from sharing_committeeitem i
    where 'LED' = any(as_what) and i.mode <> 'CONSENT' and i.id <> all(barred)
      and {_live_role(LEADING)});
end"""  # noqa: S608 -- every name is ours

# The agenda, for whoever sits there: what is closed to them is a line in its place, and nothing of
# it is said.
_AGENDA: Final = f"""{ACTING}
  mine uuid[] := access.items('{{OPEN,CHAIRING,BROUGHT}}');
begin
  return query
    select case when i.id = any(mine) then i.id end
    from sharing_committeeitem i
    join sharing_committeemeeting g on g.id = i.meeting_id and {IS_HELD}
    where i.meeting_id = of_meeting and {ON_THE_AGENDA}
      and i.committee_id = any(access.committees('{{SITTING}}'))
    order by i.position, i.written_at, i.id;
end"""  # noqa: S608 -- every name is ours

# Of what one chairs: who of the committee stays, and who steps out. Never why.
_AT_THE_TABLE: Final = f"""{ACTING}
  chaired uuid[] := access.items('{{CHAIRING}}');
  chairs uuid[] := access.committees('{{CHAIRING}}');
begin
  return query
    -- Each of them is asked once, however long the agenda.
    with t as materialized (
      select s.committee_id, s.user_id, s.organisation_id, n.open, n.barred,
        s.is_chair and not access.is_walled_off(s.organisation_id) as is_chair
      from sharing_committeemember s
      join accounts_user u on u.id = s.user_id and u.is_active
      cross join lateral (
        select array_agg(m.role::text) as held from accounts_membership m
        where m.user_id = s.user_id and m.organisation_id = s.organisation_id
          and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)) r
      cross join lateral (
        select access.open_items(s.user_id, s.organisation_id, r.held, for_at) as open,
          access.barred_items(s.user_id, s.organisation_id, for_at) as barred) n
      where r.held is not null and access.is_of_partner(s.organisation_id) and s.starts_at <= for_at
        and (s.ended_at is null or s.ended_at > for_at)
        and s.committee_id = any(chairs))
    select i.id, t.user_id, t.organisation_id,
      i.id = any(t.open) or (i.id <> all(t.barred)
        and (t.is_chair or (i.written_by = t.user_id and i.organisation_id = t.organisation_id)))
    from sharing_committeeitem i join t on t.committee_id = i.committee_id
    where i.meeting_id = of_meeting and i.id = any(chaired);
end"""  # noqa: S608 -- every name is ours

_FOR_THAT_DAY: Final = (
    "d.file_id = b.file_id and d.purpose = 'MEETING' and d.meeting_on = g.held_on"
)

# Where an agreement stands, for whoever chairs or brought it: never to whom, nor of whom.
_AGREEMENTS: Final = f"""{ACTING}
begin
  return query
    select i.id, case
      when bool_or({_step("APPROVED")} and {_OPEN}) then 'STANDS'
      when bool_or({_step("WITHDRAWN")}) then 'WITHDRAWN'
      when bool_or({_step("APPROVED")}) then 'OVER'
      when count(d.id) > 0 then 'WAITS'
      else 'NONE' end
    from sharing_committeeitem i
    join sharing_committeemeeting g on g.id = i.meeting_id
    left join sharing_itemabout b on b.id = i.id
    left join sharing_disclosure d on {_FOR_THAT_DAY} and not d.is_refused
      and not {_step("REFUSED")}
    where i.meeting_id = of_meeting and i.mode = 'CONSENT'
      and i.id = any(access.items('{{CHAIRING,BROUGHT}}'))
    group by i.id;
end"""  # noqa: S608 -- every name is ours

# What was talked about with her agreement is a line of her register, once; nothing when no
# agreement stands any more.
_PRESENT: Final = f"""{ACTING}
  of_file uuid;
  at_committee uuid;
  on_day date;
  agreed uuid[];
begin
  select b.file_id, i.committee_id, g.held_on into of_file, at_committee, on_day
    from sharing_committeeitem i join sharing_itemabout b on b.id = i.id
    join sharing_committeemeeting g on g.id = i.meeting_id and {IS_HELD}
    where i.id = of_item and i.mode = 'CONSENT' and i.id = any(access.items('{{CHAIRING}}'));
  if of_file is null then
    return false;
  end if;
  agreed := array(
    select d.id from sharing_disclosure d
    where d.file_id = of_file and d.purpose = 'MEETING' and d.meeting_on = on_day
      and {_step("APPROVED")} and {_OPEN} order by d.id);
  if cardinality(agreed) = 0 then
    return false;
  end if;
  if not exists (select from sharing_presentation p where p.id = of_item) then
    insert into sharing_presentation (id, file_id, committee_id, held_on, organisations,
        disclosures, presented_by, presented_at)
      values (of_item, of_file, at_committee, on_day, there, agreed, for_user, for_at);
{told("committee.presented", record="of_item")}
  end if;
  return true;
end"""  # noqa: S608 -- every name is ours

# «I know this person», said of an item that is open to me, and that I did not bring: it closes, and
# so does all that there is of the file it speaks of, if it speaks of one. The answer is the same.
_STEP_OUT: Final = f"""{ACTING}
begin
  if not of_item = any(access.items('{{OPEN,CHAIRING}}')) or exists (
       select from sharing_committeeitem i
       where i.id = of_item and (i.mode = 'SUBJECT' or i.written_by = for_user)) then
    return false;
  end if;
  insert into sharing_conflict (id, user_id, file_id, declared_at, is_unseen)
    select gen_random_uuid(), for_user, b.file_id, for_at, true
    from sharing_itemabout b where b.id = of_item;
  insert into sharing_conflict (id, user_id, file_id, declared_at)
    values (said, for_user, of_item, for_at) on conflict do nothing;
  return true;
end"""  # noqa: S608 -- every name is ours

# Somebody works at a partner today; of the police, of its programme or its direction, and there
# nobody chairs.
_MAY_SIT: Final = f"""{ACTING}
begin
  return exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.user_id = of_user and m.organisation_id = there and u.is_active
      and access.is_of_partner(there)
      and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
      and (not access.is_walled_off(there)
           or (not as_chair
             and m.role in ({", ".join(f"'{role}'" for role in sorted(OF_THE_POLICE))}))));
end"""

# Of a person, to a clinical committee alone: the others read figures.
_MAY_BRING: Final = f"""{ACTING}
begin
  return exists (
    select from sharing_committeemeeting g join regions_committee k on k.id = g.committee_id
    where {IS_HELD} and g.id = to_meeting and g.committee_id = to_committee and g.ends_at > for_at
      and (in_mode = 'SUBJECT' or k.kind = 'CLINICAL'));
end"""


def statements() -> Iterator[str]:
    """`committees`, `items`, the agenda, who steps out, where agreements stand, her register; and
    `step_out`, for whoever recognises somebody."""
    someone = "for_user uuid, for_organisation uuid"
    yield from _function(
        "is_of_partner(of_organisation uuid)", "boolean", _IS_OF_PARTNER, callers="gate"
    )
    yield from _function("committees(as_what text[])", "uuid[]", _COMMITTEES)
    yield from _function(
        f"barred_items({someone}, for_at timestamptz)", "uuid[]", _BARRED_ITEMS, callers="gate"
    )
    yield from _function(
        f"open_items({someone}, for_roles text[], for_at timestamptz)",
        "uuid[]",
        _OPEN_ITEMS,
        callers="gate",
    )
    yield from _function("items(as_what text[])", "uuid[]", _ITEMS)
    yield from _function("agenda(of_meeting uuid)", "table(item uuid)", _AGENDA)
    yield from _function(
        "at_the_table(of_meeting uuid)",
        "table(item uuid, person uuid, organisation uuid, stays boolean)",
        _AT_THE_TABLE,
    )
    yield from _function(
        "agreements(of_meeting uuid)", "table(item uuid, stands text)", _AGREEMENTS
    )
    yield from _function(
        "present_item(of_item uuid, there uuid[])", "boolean", _PRESENT, volatility="volatile"
    )
    yield from _function(
        "step_out(of_item uuid, said uuid)", "boolean", _STEP_OUT, volatility="volatile"
    )
    yield from _function("may_sit(of_user uuid, there uuid, as_chair boolean)", "boolean", _MAY_SIT)
    yield from _function(
        "may_bring(to_meeting uuid, to_committee uuid, in_mode text)", "boolean", _MAY_BRING
    )
