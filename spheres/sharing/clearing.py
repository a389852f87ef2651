"""Which functions say whether files may be given to somebody: what is asked, and what stands?

An undertaking of discretion signed by herself, a training at hiring, a refresher each year, where
her organisation's regime or its own rule asks for them (R-22.1, s. 38-39; design §10.16). Nothing
is given to whoever is not cleared; what was given before stays, until a stand-in answers for each
of her people and somebody says that it is withheld meanwhile (design §10.7, ADR undertakings).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from spheres.accounts.models import ATTESTING, FOLLOW, LONGEST_EXTENSION, Organisation, Role
from spheres.core.actor import NOBODY
from spheres.core.errors import NOT_CLEARED
from spheres.sharing import rules
from spheres.sharing.functions import ACTING, _function, _live

AHEAD: Final = timedelta(days=60)  # who follows somebody prepares what lapses, that long before
_ZONE: Final = "coalesce((select nullif(r.time_zone, '') from regions_region r), 'UTC')"

# The body of which an organisation is a part: an institution, for its institute and its units.
_BODY_OF = """
begin
  return (
    with recursive above as (
      select o.id, o.parent_id from accounts_organisation o where o.id = of_organisation
      union
      select o.id, o.parent_id from accounts_organisation o join above a on a.parent_id = o.id)
    select a.id from above a where a.parent_id is null);
end"""

# From when a body asks for each of the two, as known then: null, for what is not asked. A rule to
# come asks from its own day on; the law asks all of a health institution.
_ASKED_FROM = f"""
begin
  if exists (
      select from accounts_organisation o
      where o.id = of_body and o.regime = '{Organisation.Regime.HEALTH}') then
    return query select '-infinity'::timestamptz, '-infinity'::timestamptz;
    return;
  end if;
  return query
    select min(case when k.asks_undertaking then k.asked end),
      min(case when k.asks_training then k.asked end)
    from (
      (select r.asks_undertaking, r.asks_training, '-infinity'::timestamptz as asked
       from accounts_clearancerule r
       where r.organisation_id = of_body and r.starts_at <= now_at and r.said_at <= now_at
       order by r.starts_at desc limit 1)
      union all
      (select r.asks_undertaking, r.asks_training, r.starts_at
       from accounts_clearancerule r
       where r.organisation_id = of_body and r.starts_at > now_at and r.said_at <= now_at
       order by r.starts_at limit 1)) k;
end"""  # noqa: S608 -- every name is ours


def _until(*, user: str, body: str, at: str, signs: str, trains: str) -> str:
    """Until when what one person signed and learned stands, in SQL: said once, for one and for all
    who are listed."""
    return f"""
    select case when x.signed_until is null or x.trained_until is null then null
      else least(x.signed_until, x.trained_until) end as until
    from (
      select case when {signs} is null then 'infinity'
          when {signs} > {at} then greatest({signs}, s.until) else s.until end as signed_until,
        case when {trains} is null then 'infinity'
          when {trains} > {at} then greatest({trains}, t.until) else t.until end as trained_until
      from (
        select case when g.signed is not null then coalesce((
            select min(n.starts_at) from accounts_undertakingtext n
            where n.organisation_id = {body} and n.starts_at > g.signed
              and n.adopted_at <= {at}), 'infinity') end as until
        from (
          select max(w.starts_at) as signed
          from accounts_undertaking u join accounts_undertakingtext w on w.id = u.text_id
          where u.user_id = {user} and u.organisation_id = {body} and u.signed_at <= {at}) g) s,
        (select (
          select (d.trained_on + interval '1 year') at time zone {_ZONE}
          from accounts_trainingday d
          where d.user_id = {user} and d.organisation_id = {body} and d.said_at <= {at}
          order by d.said_at desc, d.id limit 1) as until) t) x"""  # noqa: S608 -- ours


_PERSON = _until(user="of_user", body="body", at="now_at", signs="signs_from", trains="trains_from")
# When what stands no longer does: never, where nothing is asked; null, of whoever never had it.
_STANDS_UNTIL = f"""
declare
  body uuid := access.body_of(of_organisation);
  signs_from timestamptz;
  trains_from timestamptz;
begin
  select a.signs, a.trains into signs_from, trains_from from access.asked_from(body, now_at) a;
  if signs_from is null and trains_from is null then
    return 'infinity';
  end if;
  return ({_PERSON});
end"""  # noqa: S608 -- every name is ours

# The same, with what the privacy officer extended. What never stood is extended by nobody.
_LAPSES_AT = """
declare
  until timestamptz := access.stands_until(of_user, of_organisation, now_at);
begin
  if until is null or until > now_at then
    return until;
  end if;
  return greatest(until, (
    select max(e.ends_at) from accounts_extension e
    where e.user_id = of_user and e.organisation_id = access.body_of(of_organisation)
      and e.said_at <= now_at));
end"""

# Her files are withheld: not cleared, and the stand-in named since it lapsed answers now.
_IS_WITHHELD = """
begin
  return exists (
      select from sharing_withheld w join sharing_cover v on v.id = w.cover_id
      where w.user_id = of_user and w.organisation_id = of_organisation
        and w.withheld_at <= now_at
        and w.withheld_at >= coalesce(
          access.lapses_at(of_user, of_organisation, now_at), '-infinity')
        and v.starts_at <= now_at and v.ends_at > now_at)
    and not access.is_cleared(of_user, of_organisation, now_at);
end"""

# A stand-in of one's organisation answers for her now, and reaches each of her people: whoever that
# person knows, or is barred from, would be left with nobody.
_ANSWERS_FOR_ALL = f"""
declare
  her_since timestamptz := access.since(of_user, of_organisation, now_at);
  who uuid := (
    select v.user_id from sharing_cover v
    where v.id = of_cover and v.organisation_id = of_organisation and v.for_user_id = of_user
      and v.elsewhere_id is null and v.kind in ('STAND_IN', 'LAPSE')
      and v.starts_at <= now_at and v.ends_at > now_at);
begin
  return who is not null and not exists (
    select a.file_id from participants_assignment a
    join participants_file f on f.id = a.file_id
    where a.user_id = of_user and f.holder_id = of_organisation and a.starts_at >= her_since
      and a.starts_at <= now_at and (a.ends_at is null or a.ends_at > now_at)
    except
    select access.reach(who, of_organisation,
      array[{", ".join(f"'{role}'" for role in sorted(rules.WORKERS))}], 'ordinary', now_at,
      'read', 'contact'));
end"""  # noqa: S608 -- every name is ours

_ACCOMPANYING = ", ".join(f"'{role}'" for role in sorted(rules.ACCOMPANYING))
_LISTED = _until(user="q.user_id", body="q.body", at="for_at", signs="k.signs", trains="k.trains")
# Of those at work in one organisation, or in every one, those to whom something may be given there.
# A police account learns nothing of the others.
_WHO_IS_CLEAR = f"""{ACTING}
  everywhere boolean := of_organisation is distinct from for_organisation
    and access.is_staff() and not access.is_walled_off(for_organisation);
begin
  return query
    with place as (
      select o.id, access.body_of(o.id) as body from accounts_organisation o
      where (o.id = for_organisation or (everywhere and not access.is_walled_off(o.id)))
        and o.id = coalesce(of_organisation, o.id)),
    asking as (
      select b.body, a.signs, a.trains from (select distinct p.body from place p) b
      cross join lateral access.asked_from(b.body, for_at) a),
    present as (
      select distinct m.user_id, p.id, p.body from accounts_membership m
      join place p on p.id = m.organisation_id
      where m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at))
    select q.user_id, q.id from present q join asking k on k.body = q.body
    cross join lateral ({_LISTED}) s
    where s.until > for_at or (s.until is not null and exists (
      select from accounts_extension e
      where e.user_id = q.user_id and e.organisation_id = q.body
        and e.said_at <= for_at and e.ends_at > for_at));
end"""  # noqa: S608 -- every name is ours

_FOLLOWING = ", ".join(f"'{role}'" for role in sorted(FOLLOW))
# Whoever acts for the whole body follows those of its parts; whoever leads a team, hers alone.
_OF_THE_WHOLE = ", ".join(
    f"'{role}'" for role in sorted((Role.PRIVACY_OFFICER, Role.ORGANISATION_MANAGER))
)


def _followed() -> str:
    """Oneself, and those at work in the organisation, for whoever follows them; all of the body,
    for the service that says there what the programme attested."""
    return f"""{ACTING}
  follows boolean := {_live(f"m.role in ({_FOLLOWING})")};
  of_whole boolean := {_live(f"m.role in ({_OF_THE_WHOLE})")};
begin
  if '{ATTESTING}' = any(for_roles) then
    return array(
      select distinct m.user_id from accounts_membership m
      where m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
        and access.body_of(m.organisation_id) = for_organisation);
  end if;
  return array(
    select for_user
    union
    select m.user_id from accounts_membership m
    where follows and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
      and (m.organisation_id = for_organisation
           or (of_whole and access.body_of(m.organisation_id) = for_organisation)));
end"""  # noqa: S608 -- every name is ours


def _attested() -> str:
    """Whose trainings one reads: of those one follows; for the coordination, and for the service
    that says what was attested, of everybody, those outside the programme too."""
    return f"""{ACTING}
begin
  if '{ATTESTING}' = any(for_roles) or {_live(f"m.role = '{Role.COORDINATOR}'")} then
    return array(select u.id from accounts_user u union select '{NOBODY}'::uuid);
  end if;
  return access.followed();
end"""  # noqa: S608 -- every name is ours


# Where each of them stands, in the body one acts for: no text of anybody, days and names of acts.
_CLEARANCES = f"""{ACTING}
  body uuid := access.body_of(for_organisation);
begin
  return query
    select u.id, s.until, l.lapse,
      (select max(g.signed_at) from accounts_undertaking g
       where g.user_id = u.id and g.organisation_id = body and g.signed_at <= for_at),
      (select d.trained_on from accounts_trainingday d
       where d.user_id = u.id and d.organisation_id = body and d.said_at <= for_at
       order by d.said_at desc, d.id limit 1),
      w.cover, w.place, w.until, w.who, w.is_enough, w.is_withheld, w.walks
    from accounts_user u
    cross join lateral (select access.stands_until(u.id, body, for_at) as until) s
    cross join lateral (
      select o.lapse, greatest(o.lapse, for_at) as at
      from (select access.lapses_at(u.id, body, for_at) as lapse) o) l
    left join lateral (
      -- Asked of those whose clearance does not stand, or soon will not: who answers for them from
      -- then on, and for all?
      select k.organisation_id as place, v.id as cover, v.ends_at as until, v.user_id as who,
        v.id is not null and access.answers_for_all(u.id, k.organisation_id, v.id, l.at)
          as is_enough,
        access.is_withheld(u.id, k.organisation_id, for_at) as is_withheld,
        exists (
          select from participants_assignment a join participants_file f on f.id = a.file_id
          where a.user_id = u.id and f.holder_id = k.organisation_id
            and a.starts_at <= for_at and (a.ends_at is null or a.ends_at > for_at)) as walks
      from (
        select distinct m.organisation_id from accounts_membership m
        where m.user_id = u.id and access.body_of(m.organisation_id) = body
          and m.role in ({_ACCOMPANYING})
          and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)) k
      left join sharing_cover v on v.for_user_id = u.id
        and v.organisation_id = k.organisation_id and v.elsewhere_id is null
        and v.kind in ('STAND_IN', 'LAPSE') and v.starts_at <= l.at and v.ends_at > l.at
      where l.at <= for_at + interval '{AHEAD.days} days'
      order by 7 desc, 5 desc, 1 limit 1) w on true
    where u.id = any(access.followed());
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`is_cleared` and what it is made of, what gives asks, and what those who follow it read."""
    asked = "(of_user uuid, of_organisation uuid, now_at timestamptz)"
    yield from _function("body_of(of_organisation uuid)", "uuid", _BODY_OF, callers="gate")
    yield from _function(
        "body", "uuid", "begin return access.body_of((access.context())[2]::uuid); end"
    )
    yield from _function(
        "asked_from(of_body uuid, now_at timestamptz)",
        "table(signs timestamptz, trains timestamptz)",
        _ASKED_FROM,
        callers="gate",
    )
    yield from _function(f"stands_until{asked}", "timestamptz", _STANDS_UNTIL, callers="gate")
    yield from _function(f"lapses_at{asked}", "timestamptz", _LAPSES_AT, callers="gate")
    yield from _function(
        f"is_cleared{asked}",
        "boolean",
        "begin return coalesce("
        "access.lapses_at(of_user, of_organisation, now_at) > now_at, false); end",
        callers="gate",
    )
    yield from _function(f"is_withheld{asked}", "boolean", _IS_WITHHELD, callers="gate")
    # What was given counts from the beginning of her stay; withheld, nothing does.
    yield from _function(
        f"given_since{asked}",
        "timestamptz",
        "begin if access.is_withheld(of_user, of_organisation, now_at) then "
        "return 'infinity'; end if; "
        "return access.since(of_user, of_organisation, now_at); end",
        callers="gate",
    )
    # It stops what gives, whichever page it comes from; where one may not ask, it says yes.
    yield from _function(
        "may_be_given(of_user uuid, of_organisation uuid)",
        "boolean",
        f"""{ACTING}
begin
  if not access.is_cleared(of_user, of_organisation, for_at) then
    raise exception 'not cleared' using errcode = '{NOT_CLEARED}';
  end if;
  return true;
end""",
    )
    # An offer goes to a worker, wherever that person may take it on.
    yield from _function(
        "may_be_offered(of_user uuid)",
        "boolean",
        f"""{ACTING}
begin
  if not exists (
      select from accounts_membership m
      where m.user_id = of_user
        and m.role in ({", ".join(f"'{role}'" for role in sorted(rules.WORKERS))})
        and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at)
        and access.is_cleared(of_user, m.organisation_id, for_at)) then
    raise exception 'not cleared' using errcode = '{NOT_CLEARED}';
  end if;
  return true;
end""",
    )
    # Asked before somebody is offered, in one question for all who are listed: whoever a list
    # leaves out is whom the database would refuse.
    yield from _function(
        "who_is_clear(of_organisation uuid)",
        "table(of_user uuid, of_place uuid)",
        _WHO_IS_CLEAR,
    )
    yield from _function("followed", "uuid[]", _followed())
    yield from _function("attested", "uuid[]", _attested())
    yield from _function(
        "may_extend(of_user uuid, until timestamptz)",
        "boolean",
        f"""{ACTING}
  lapse timestamptz := access.stands_until(of_user, for_organisation, for_at);
begin
  return lapse is not null and lapse < 'infinity'
    and until > greatest(lapse, for_at)
    and until <= lapse + interval '{LONGEST_EXTENSION.days} days';
end""",
    )
    yield from _function(
        "answers_for_all(of_user uuid, of_organisation uuid, of_cover uuid, now_at timestamptz)",
        "boolean",
        _ANSWERS_FOR_ALL,
        callers="gate",
    )
    yield from _function(
        "may_withhold(of_user uuid, of_organisation uuid, of_cover uuid)",
        "boolean",
        f"""{ACTING}
begin
  return of_user <> for_user and of_user = any(access.followed())
    and for_organisation in (of_organisation, access.body_of(of_organisation))
    and not access.is_cleared(of_user, of_organisation, for_at)
    and access.answers_for_all(of_user, of_organisation, of_cover, for_at);
end""",
    )
    yield from _function(
        "clearances",
        "table(of_user uuid, of_stands timestamptz, of_lapse timestamptz, of_signing timestamptz, "
        "of_training date, of_cover uuid, of_place uuid, of_cover_end timestamptz, "
        "of_stand_in uuid, for_all boolean, of_withheld boolean, of_walking boolean)",
        _CLEARANCES,
    )
