"""Close the journal's tables; number, date and chain its events inside the database."""

from django.db import migrations

from spheres.core.row_security import close_tables

FOUNDATION = """
create schema access;
grant usage on schema access to app, gate, eraser, owner;
grant create on schema access to gate, eraser;

-- The two pads of the context's signature (spheres/core/context.py); `app` cannot read them.
create table access.context_key (
  one boolean primary key default true check (one),
  ipad bytea not null,
  opad bytea not null
);
grant select on access.context_key to gate;

-- What was written stays as it was written; only erasing, which owns its function, passes, and a
-- data migration that says so (core/row_security.py, unforced).
create function access.keep_as_written() returns trigger language plpgsql
set search_path = pg_catalog as $$
begin
  if current_user = 'eraser' and tg_op = 'DELETE' then
    return old;
  end if;
  if current_user = 'owner' and current_setting('spheres.unforced', true) = 'yes' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'rows of % are kept as written', tg_table_name using errcode = '42501';
end $$;
"""

CHAIN = """
create sequence audit_event_number;
grant usage on sequence audit_event_number to gate;
grant select on audit_event to gate;
grant select, insert on audit_link to gate;
grant select, insert, update on audit_head to gate;

create function access.stamp_event() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  new.transaction := (pg_current_xact_id()::text)::bigint;
  new.number := nextval('audit_event_number');
  return new;
end $$;

-- The one form in which an event is hashed; the stand-alone verifier writes the same.
create function access.canonical(e audit_event) returns bytea language sql immutable
set search_path = pg_catalog as $$
  select convert_to(concat_ws(E'\\x1f', e.id,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.chain, e.chain_id, e.actor_id, e.organisation_id, array_to_string(e.roles, ','),
    e.purpose, e.action, array_to_string(e.sections, ','), array_to_string(e.record_ids, ','),
    encode(e.digest, 'hex'), e.basis, e.session, e.network), 'UTF8')
$$;

-- At commit, all events of the transaction are linked at once, chain after chain in one order:
-- no head row is locked while a page is made, and two transactions cannot wait on each other.
create function access.link_events() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  e audit_event;
  h audit_head;
begin
  if exists (select from audit_link where event_id = new.id) then
    return null;
  end if;
  for e in
    select * from audit_event v where v.transaction = new.transaction
      and not exists (select from audit_link l where l.event_id = v.id)
    order by v.chain_id, v.number
  loop
    if h.chain_id is distinct from e.chain_id then
      insert into audit_head (chain_id, position, hash)
        values (e.chain_id, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
      select * into strict h from audit_head where chain_id = e.chain_id for update;
    end if;
    h.position := h.position + 1;
    h.hash := sha256(h.hash || access.canonical(e));
    insert into audit_link (event_id, chain_id, position, hash)
      values (e.id, e.chain_id, h.position, h.hash);
    update audit_head set position = h.position, hash = h.hash where chain_id = h.chain_id;
  end loop;
  return null;
end $$;

create trigger stamp before insert on audit_event
  for each row execute function access.stamp_event();
create constraint trigger link after insert on audit_event
  deferrable initially deferred for each row execute function access.link_events();

revoke all on function access.stamp_event(), access.link_events(), access.canonical(audit_event)
  from public;
alter function access.stamp_event() owner to gate;
alter function access.canonical(audit_event) owner to gate;
alter function access.link_events() owner to gate;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(FOUNDATION, migrations.RunSQL.noop),
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
        close_tables("audit_event", "audit_link", "audit_head", "audit_checkpoint"),
    ]
