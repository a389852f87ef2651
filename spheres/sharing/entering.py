"""Which function lets a session in? It says who acts, for what, and signs the context."""

from __future__ import annotations

from collections.abc import Iterator

from spheres.accounts.sessions import LOCK, LOCK_SHARED, LOCK_STRICT, STRICT_ROLES
from spheres.core.context import DOOR
from spheres.sharing.functions import _function

# The door: from the hash of a session's key to a signed context, in one statement. The database
# itself says who is acting; a locked, ended or unknown session enters as nobody.
_ENTER = f"""
declare
  s accounts_session;
  o accounts_organisation;
  u accounts_user;
  pad access.context_key;
  held text[];
  body text;
  at_moment timestamptz;
  idle interval;
  just_locked boolean := false;
begin
  perform pg_advisory_xact_lock_shared({DOOR});
  select * into strict pad from access.context_key;
  if encode(sha256(pad.opad || sha256(pad.ipad || convert_to(
       concat_ws('|', 'enter', session_hash, at_text, for_purpose, expires), 'UTF8'))), 'hex')
       is distinct from mac or to_timestamp(expires::bigint) < clock_timestamp() then
    raise exception 'forged entrance' using errcode = '42501';
  end if;
  at_moment := at_text::timestamptz;
  select * into s from accounts_session
    where key_hash = session_hash and ends_at > at_moment;
  if s.user_id is null then return; end if;
  select * into u from accounts_user where id = s.user_id and is_active;
  if u.id is null then return; end if;
  select org.* into o from accounts_membership m join accounts_organisation org
      on org.id = m.organisation_id
    where m.user_id = u.id and m.starts_at <= at_moment
      and (m.ends_at is null or m.ends_at > at_moment)
    order by (m.organisation_id = s.organisation_id) desc nulls last, m.starts_at, m.id limit 1;
  if o.id is null then return; end if;
  idle := case
    when s.shared_device then interval '{int(LOCK_SHARED.total_seconds())} s'
    when exists (
      select from accounts_membership m
      where m.user_id = u.id and m.role in ({", ".join(f"'{role}'" for role in STRICT_ROLES)})
        and m.starts_at <= at_moment and (m.ends_at is null or m.ends_at > at_moment))
    then interval '{int(LOCK_STRICT.total_seconds())} s'
    else interval '{int(LOCK.total_seconds())} s' end;
  if not s.locked and s.seen_at < at_moment - idle then
    s.locked := true;
    just_locked := true;
    update accounts_session set locked = true where key_hash = session_hash;
  elsif s.seen_at < at_moment - interval '60 s' and not s.locked then
    update accounts_session set seen_at = at_moment where key_hash = session_hash;
  end if;
  held := array(
    select distinct m.role::text from accounts_membership m
    where m.user_id = u.id and m.organisation_id = o.id and m.starts_at <= at_moment
      and (m.ends_at is null or m.ends_at > at_moment) order by 1);
  if not s.locked then
    body := concat_ws('|', u.id, o.id, array_to_string(held, ','), for_purpose,
      to_char(at_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), expires);
    perform set_config('spheres.context', body || '|' || encode(sha256(pad.opad ||
      sha256(pad.ipad || convert_to(body, 'UTF8'))), 'hex'), true);
  end if;
  return query select u.id, o.id, held, u.language::text, u.name::text, o.name_fr::text,
    o.name_en::text, s.started_at, s.proved_at, s.locked, s.shared_device, s.id, just_locked;
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`enter`."""
    yield from _function(
        "enter(session_hash text, at_text text, for_purpose text, expires text, mac text)",
        "table(user_id uuid, organisation_id uuid, roles text[], language text, user_name text, "
        "organisation_fr text, organisation_en text, started_at timestamptz, "
        "proved_at timestamptz, is_locked boolean, shared_device boolean, session_id uuid, "
        "has_just_locked boolean)",
        _ENTER,
        volatility="volatile",
    )
