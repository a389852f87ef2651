"""Drafts are locked with the file's key from now on (docs/adr/2026-11-26-drafts.md)."""

from django.db import migrations

from spheres.core.row_security import unforced


def forget(apps, schema_editor):
    """What was begun under its author's key goes with that key, in old copies too."""
    with unforced(schema_editor.connection), schema_editor.connection.cursor() as cursor:
        cursor.execute("select count(*) from records_draft")
        (found,) = cursor.fetchone()
        cursor.execute("delete from records_draft")
        assert cursor.rowcount == found
        cursor.execute("delete from keys.vault_datakey where kind = 'DRAFT'")


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_initial'),
        ('vault', '0003_generations_and_tombstones'),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
