"""Keep wrapped keys in a schema of their own: their backups live days, the others months."""

from django.db import migrations

APART = """
create schema keys;
grant usage on schema keys to app, gate, eraser, owner;
alter table vault_datakey set schema keys;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [migrations.RunSQL(APART, "alter table keys.vault_datakey set schema public")]
