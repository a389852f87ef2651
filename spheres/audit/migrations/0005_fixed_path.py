"""Fix the search path of the journal's functions to its end: no temporary table comes before ours."""

from django.db import migrations

FIXED_PATH = """
set local role gate;
alter function access.stamp_event() set search_path = pg_catalog, public, pg_temp;
alter function access.link_events() set search_path = pg_catalog, public, pg_temp;
alter function access.canonical(audit_event) set search_path = pg_catalog, pg_temp;
reset role;
alter function access.keep_as_written() set search_path = pg_catalog, pg_temp;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seal")]

    operations = [migrations.RunSQL(FIXED_PATH, migrations.RunSQL.noop)]
