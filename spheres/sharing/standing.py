"""Which functions say where somebody stands, and since when? The wall, the desk, the stay."""

from __future__ import annotations

from collections.abc import Iterator

from spheres.accounts.models import Role
from spheres.core.actor import CUSTODY, SEAT
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live, _live_role, _vetoes

# A police service, or a part of one.
_IS_WALLED_OFF = f"""
begin
  return exists (
    with recursive above as (
      select o.kind, o.parent_id from accounts_organisation o where o.id = of_organisation
      union
      select o.kind, o.parent_id from accounts_organisation o join above a on a.parent_id = o.id)
    select from above where kind = '{rules.WALLED_OFF}');
end"""  # noqa: S608 -- every name is ours

# Since when somebody accompanies people in an organisation, without a break: the beginning of the
# last membership that no other one, held until then, continues.
_SINCE = f"""
begin
  return (
    select max(m.starts_at) from accounts_membership m
    where m.user_id = of_user and m.organisation_id = of_organisation and m.starts_at <= until_at
      and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.ACCOMPANYING))})
      and not exists (
        select from accounts_membership b
        where b.user_id = of_user and b.organisation_id = of_organisation
          and b.role in ({", ".join(f"'{role}'" for role in sorted(rules.ACCOMPANYING))})
          and b.starts_at < m.starts_at and (b.ends_at is null or b.ends_at >= m.starts_at)));
end"""  # noqa: S608 -- every name is ours


# Whether somebody accompanies people in an organisation now, with an open account.
_IS_HERE = f"""
begin
  return exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.user_id = of_user and m.organisation_id = of_organisation and u.is_active
      and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.ACCOMPANYING))})
      and m.starts_at <= now_at and (m.ends_at is null or m.ends_at > now_at));
end"""


def _accompany(roles: frozenset[str], where: str) -> str:
    """Those who hold one of these roles today, with an open account, anywhere but at the police."""
    wanted = ", ".join(f"'{role}'" for role in sorted(roles))
    return f"""
declare
  c text[] := access.context();
  at_moment timestamptz := c[5]::timestamptz;
begin
  return array(
    select distinct m.user_id from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.role in ({wanted}) and {where} and u.is_active
      and m.starts_at <= at_moment and (m.ends_at is null or m.ends_at > at_moment)
      and not access.is_walled_off(m.organisation_id));
end"""  # noqa: S608 -- every name is ours


# Whether somebody works for the police today, wherever else they work.
_IS_OF_POLICE = """
begin
  return exists (
    select from accounts_membership m
    where m.user_id = of_user and m.starts_at <= now_at
      and (m.ends_at is null or m.ends_at > now_at)
      and access.is_walled_off(m.organisation_id));
end"""
# Whether somebody has held an office that may sit, there, since before a seat was given: whoever
# stops, and comes back, is given anew what they are to open.
_SITS_SINCE = f"""
begin
  return exists (
    select from accounts_membership m
    where m.user_id = of_user and m.organisation_id = of_organisation
      and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.SITTERS))})
      and m.starts_at <= given_at and m.starts_at <= now_at
      and (m.ends_at is null or m.ends_at > now_at))
    and not access.is_of_police(of_user, now_at);
end"""
# The matters at which one sits now, on the pages made for them and on no other.
_SEATED_AT = f"""{ACTING}
begin
  if c[4] <> '{SEAT}' or access.is_walled_off(for_organisation)
     or not {_live_role(rules.SITTERS)} then
    return '{{}}';
  end if;
  return array(
    select s.matter_id from sharing_seat s join participants_file f on f.id = s.file_id
    where s.user_id = for_user and f.holder_id = for_organisation and s.kind = of_kind
      and s.starts_at <= for_at and s.ends_at > for_at
      and (s.ended_at is null or s.ended_at > for_at)
      and access.sits_since(for_user, for_organisation, s.starts_at, for_at));
end"""  # noqa: S608 -- every name is ours

# Whoever sits at a legal demand gives there no more than they read, and for no longer: two in
# office never keep each other's seat without those who walk with her.
_MAY_SEAT = f"""{ACTING}
begin
  return of_matter = any(access.seated_at('DEMAND')) and exists (
    select from sharing_seat s
    where s.user_id = for_user and s.matter_id = of_matter and s.file_id = of_file
      and s.kind = 'DEMAND' and s.starts_at <= for_at and s.ended_at is null
      and s.narrowed_at is null and of_faces <@ s.faces::text[] and until_at <= s.ends_at);
end"""

# One's own seats; at a legal demand, those of all who sit there: the matter ends for all at once.
_SEATS_TO_END = f"""{ACTING}
begin
  return array(
    select s.id from sharing_seat s
    where s.ended_at is null
      and (s.user_id = for_user or s.matter_id = any(access.seated_at('DEMAND'))));
end"""  # noqa: S608 -- every name is ours

# Whether one coordinates, today, at the desk where the region's matters arrive.
_AT_THE_DESK = f"""{ACTING}
begin
  return for_organisation = (select r.desk_organisation_id from regions_region r)
    and not access.is_walled_off(for_organisation) and {_live(f"m.role = '{Role.COORDINATOR}'")};
end"""  # noqa: S608 -- every name is ours

# Whether one leads a team, today, in the organisation one acts for.
_LEADS = f"""{ACTING}
begin
  return not access.is_walled_off(for_organisation) and {_live(f"m.role = '{Role.TEAM_LEAD}'")};
end"""

# A matter may arrive at the desk when its identifier is nobody's: no hands, no file, no account, no
# key, nothing erased. What once arrived there may be sent again: the unique index makes it nothing.
_MAY_ARRIVE = """
begin
  perform access.context();
  return exists (select from sharing_handler h where h.matter_id = of_matter and h.kind = 'DESK')
    or not (
      exists (select from sharing_handler h where h.matter_id = of_matter)
      or exists (select from participants_file f where f.id = of_matter)
      or exists (select from accounts_user u where u.id = of_matter)
      or exists (select from vault_datakey k where k.owner_id = of_matter)
      or exists (select from vault_tombstone t where t.owner_id = of_matter));
end"""


# What was offered to oneself and ended the moment somebody else took it on, within the week: one is
# told so, and nothing else. What was declined or taken back did not end so.
_YIELDED = f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if access.is_walled_off(for_organisation) then
    return '{{}}';
  end if;
  return array(
    select h.matter_id from sharing_handler h
    where h.user_id = for_user and h.kind = 'OFFERED' and h.starts_at >= for_since
      and h.ends_at <= for_at and h.ends_at > for_at - interval '7 days'
      and {_live_role(rules.WORKERS)}
      and exists (
        select from sharing_handler e
        where e.matter_id = h.matter_id and e.kind = 'ENTRUSTED' and e.starts_at = h.ends_at
          and e.user_id <> for_user)
    except {_vetoes()});
end"""  # noqa: S608 -- every name is ours


# With whom a person may share: a partner of the programme, never a police service.
_RECIPIENTS = """
begin
  perform access.context();
  return array(
    select o.id from accounts_organisation o
    where o.is_partner and not access.is_walled_off(o.id));
end"""


def _agreed(over: str, roles: frozenset[str] = rules.ACCOMPANYING) -> str:
    """What persons agreed to share with oneself, or with those who accompany people where one acts:
    for as long as it lasts, and `over` more, so that copies are dealt with."""
    return f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if access.is_walled_off(for_organisation) or not {_live_role(roles)}
     or not access.is_cleared(for_user, for_organisation, for_at) then
    return '{{}}';
  end if;
  return array(
    select s.id from sharing_consent s
    where s.organisation_id = for_organisation
      and (s.user_id is null or (s.user_id = for_user and s.starts_at >= for_since))
      and s.starts_at <= for_at
      and least(s.ends_at, s.withdrawn_at,
            (select v.ends_at from sharing_cover v where v.id = s.cover_id))
          > for_at - interval '{over}'
      and s.file_id not in {_vetoes()});
end"""  # noqa: S608 -- every name is ours


# Who may answer for somebody of one's organisation: a colleague; or, elsewhere, a worker of a
# partner there, with an open account, never at a police service.
_MAY_ANSWER = f"""{ACTING}
begin
  if there is null then
    return of_user = any(access.colleagues())
      and access.may_be_given(of_user, for_organisation);
  end if;
  return there <> for_organisation and there = any(access.recipients()) and exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.user_id = of_user and m.organisation_id = there and u.is_active
      and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.WORKERS))})
      and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at))
    and access.may_be_given(of_user, there);
end"""

# A consent for one absence rests on it: not over, of one's organisation, answered by that very
# person there, of somebody whose the file is to look after. Of no absence, it rests on none.
_RESTS_ON = f"""{ACTING}
begin
  if of_cover is null then
    return true;
  end if;
  -- Whoever does not walk with her learns nothing by asking.
  return of_file = any(access.amendable_relation_files()) and exists (
    select from sharing_cover v join participants_assignment a on a.user_id = v.for_user_id
    where v.id = of_cover and v.organisation_id = for_organisation
      and v.user_id = of_user and v.elsewhere_id = there and v.ends_at > for_at
      and a.file_id = of_file
      and a.starts_at <= for_at and (a.ends_at is null or a.ends_at > for_at)
      and (not access.is_here(v.for_user_id, for_organisation, for_at)
           or a.starts_at >= access.since(v.for_user_id, for_organisation, for_at)));
end"""


# Whose sealed notes one reads: one's own; on the pages made for it, those that one holds for a
# colleague who left or died.
_AUTHORS = f"""{ACTING}
  for_since timestamptz := access.given_since(for_user, for_organisation, for_at);
begin
  if c[4] <> '{CUSTODY}' or not {_live_role(rules.THERAPISTS)} then
    return array[for_user];
  end if;
  return array(
    select k.author_id from sharing_custody k
    where k.custodian_id = for_user and k.organisation_id = for_organisation
      and k.starts_at >= for_since
      and k.starts_at <= for_at and (k.ended_at is null or k.ended_at > for_at)
      and not access.is_here(k.author_id, for_organisation, for_at));
end"""  # noqa: S608 -- every name is ours


# How many sealed lines each psychotherapist of an organisation left in each month of the last year,
# for its privacy officer: never of whom, nor which day.
_SEALED_LINES = f"""{ACTING}
begin
  if access.is_walled_off(for_organisation)
     or not {_live(f"m.role = '{Role.PRIVACY_OFFICER}'")} then
    return;
  end if;
  return query
    select e.actor_id, date_trunc('month', e.at at time zone r.time_zone)::date, count(*)
    from audit_event e cross join regions_region r
    where e.chain = 'ACTOR' and e.organisation_id = for_organisation
      and '{rules.THERAPY}' = any(e.sections) and e.at > for_at - interval '1 year'
      and e.actor_id in (
        select m.user_id from accounts_membership m
        where m.organisation_id = for_organisation
          and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.THERAPISTS))}))
    group by 1, 2 order by 2 desc, 1;
end"""  # noqa: S608 -- every name is ours


# Of whom one must never learn anything, whatever asks: whom one knows, who bars one from who walks
# with her, and the other file of either.
_KEPT_FROM = f"""{ACTING}
begin
  return array{_vetoes()};
end"""
_HERE_AND_NO_POLICE = (
    "m.organisation_id = c[2]::uuid and not access.is_of_police(m.user_id, at_moment)"
)


def statements() -> Iterator[str]:
    """The wall, the stay, the moment, the desk, those who accompany people, what is just left."""
    yield from STANDING


STANDING = (
    *_function("moment", "timestamptz", "begin return (access.context())[5]::timestamptz; end"),
    *_function(
        "desk",
        "uuid",
        "begin perform access.context(); "
        "return (select r.desk_organisation_id from regions_region r); end",
    ),
    *_function("at_the_desk", "boolean", _AT_THE_DESK),
    *_function("leads", "boolean", _LEADS),
    *_function("may_arrive(of_matter uuid)", "boolean", _MAY_ARRIVE),
    *_function("recipients", "uuid[]", _RECIPIENTS),
    *_function("may_answer(of_user uuid, there uuid)", "boolean", _MAY_ANSWER),
    *_function(
        "rests_on(of_cover uuid, of_file uuid, of_user uuid, there uuid)", "boolean", _RESTS_ON
    ),
    *_function("agreed_with_me", "uuid[]", _agreed("90 days")),
    *_function(
        "asked_for",
        "uuid[]",
        # What she agreed to, with her workers or with those with whom she did.
        "declare hers uuid[] := access.readable_legal_files(); "
        "begin return array(select s.id from sharing_consent s where s.file_id = any(hers)) "
        "|| access.agreed_now(); end",
    ),
    # The same, for a psychotherapist alone, as long as it lasts and no longer.
    *_function("agreed_now", "uuid[]", _agreed("0 days", rules.THERAPISTS)),
    *_function("sealed_lines", "table(author uuid, month date, lines bigint)", _SEALED_LINES),
    *_function("authors", "uuid[]", _AUTHORS),
    *_function(
        "psychotherapists",
        "uuid[]",
        _accompany(rules.THERAPISTS, "m.organisation_id = c[2]::uuid"),
    ),
    *_function(
        "privacy_officers",
        "uuid[]",
        _accompany(rules.OFFICERS, _HERE_AND_NO_POLICE),
    ),
    *_function(
        "sitters",
        "uuid[]",
        _accompany(rules.SITTERS, _HERE_AND_NO_POLICE),
    ),
    *_function("seated_at(of_kind text)", "uuid[]", _SEATED_AT),
    *_function(
        "may_seat(of_matter uuid, of_file uuid, of_faces text[], until_at timestamptz)",
        "boolean",
        _MAY_SEAT,
    ),
    *_function(
        "is_of_police(of_user uuid, now_at timestamptz)", "boolean", _IS_OF_POLICE, callers="gate"
    ),
    *_function(
        "sits_since(of_user uuid, of_organisation uuid, given_at timestamptz, now_at timestamptz)",
        "boolean",
        _SITS_SINCE,
        callers="gate",
    ),
    *_function("seats_to_end", "uuid[]", _SEATS_TO_END),
    *_function("kept_from", "uuid[]", _KEPT_FROM, callers="gate"),
    *_function("yielded", "uuid[]", _YIELDED),
    *_function("workers", "uuid[]", _accompany(rules.WORKERS, "true")),
    *_function(
        "colleagues", "uuid[]", _accompany(rules.ACCOMPANYING, "m.organisation_id = c[2]::uuid")
    ),
    *_function(
        "left_now",
        "uuid[]",
        # A visitor may speak of the matter she leaves, at the moment she leaves it.
        """
    declare c text[] := access.context();
    begin
      if c[3] <> 'visitor' then
        return '{}';
      end if;
      return array(
        select h.matter_id from sharing_handler h
        where h.kind = 'DESK' and h.starts_at = c[5]::timestamptz and h.ends_at is null);
    end""",
    ),
    *_function("is_walled_off(of_organisation uuid)", "boolean", _IS_WALLED_OFF, callers="gate"),
    *_function(
        "is_here(of_user uuid, of_organisation uuid, now_at timestamptz)",
        "boolean",
        _IS_HERE,
        callers="gate",
    ),
    *_function(
        "since(of_user uuid, of_organisation uuid, until_at timestamptz)",
        "timestamptz",
        _SINCE,
        callers="gate",
    ),
)
