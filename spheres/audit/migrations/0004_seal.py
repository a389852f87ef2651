"""Hash an event without ambiguity, take who and when from the signed context, close the new table.

The first form joined fields with a separator that a field could hold, and left out the order of
writing. This one is a JSON array of every column: the verifier hashes the bytes it is given.
"""

from django.db import migrations

from spheres.core.row_security import close_tables

SEAL = """
set local role gate;

create or replace function access.stamp_event() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  c text[] := access.context();
begin
  -- Whoever can insert an event cannot choose its author, its moment, its roles or its purpose.
  new.actor_id := c[1]::uuid;
  new.organisation_id := c[2]::uuid;
  new.roles := string_to_array(c[3], ',');
  new.purpose := c[4];
  new.at := c[5]::timestamptz;
  new.transaction := (pg_current_xact_id()::text)::bigint;
  new.number := nextval('audit_event_number');
  return new;
end $$;

create or replace function access.canonical(e audit_event) returns bytea language sql stable
set search_path = pg_catalog as $$
  select convert_to(json_build_array(e.id,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.chain, e.chain_id, e.actor_id, e.organisation_id, e.roles, e.purpose, e.action, e.sections,
    e.record_ids, encode(e.digest, 'hex'), e.basis, e.session, e.network, e.transaction,
    e.number)::text, 'UTF8')
$$;

reset role;

-- The export reads as `backup`, and writes events in the very form that is hashed.
grant usage on schema access to backup;
grant select on audit_event, audit_link, audit_head, audit_sealedplace, audit_checkpoint to backup;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sealed_places")]

    operations = [
        migrations.RunSQL(SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(
            "set local role gate; grant execute on function access.canonical(audit_event) "
            "to backup; reset role",
            migrations.RunSQL.noop,
        ),
        close_tables("audit_sealedplace"),
    ]
