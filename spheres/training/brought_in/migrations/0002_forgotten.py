"""Once a list was brought in, its lines bear no name (docs/adr/2026-11-28-a-list-forgets.md)."""

from uuid import UUID

from django.db import migrations, models
from django.db.models import Q

from spheres.core.row_security import unforced

OUTSIDE = UUID(int=0)
# What became an attestation keeps its link; of a list that is done, the other lines go.
NAMELESS = """
  update brought_in_pastattendance p set standing = 'ADDED', name = '', organisation = ''
  where exists (select from attestations_attestation a where a.id = p.id)
    and exists (select from brought_in_pastlist l
                where l.id = p.past_list_id and l.status <> 'READ')"""
GONE = """
  delete from brought_in_pastattendance p where p.standing <> 'ADDED'
    and exists (select from brought_in_pastlist l
                where l.id = p.past_list_id and l.status in ('BROUGHT', 'UNDONE', 'LEFT'))"""
LEFT_OVER = """
  select count(*) from brought_in_pastattendance p join brought_in_pastlist l
    on l.id = p.past_list_id
  where l.status in ('BROUGHT', 'UNDONE', 'LEFT') and (p.name <> '' or p.standing <> 'ADDED')"""


def forget_names(apps, schema_editor):
    """Names go from the lines of lists that were brought in before."""
    with unforced(schema_editor.connection), schema_editor.connection.cursor() as cursor:
        cursor.execute(NAMELESS)
        cursor.execute(GONE)
        cursor.execute(LEFT_OVER)
        assert cursor.fetchone() == (0,)


class Migration(migrations.Migration):
    dependencies = [
        ("brought_in", "0001_initial"),
        ("attestations", "0002_brought_and_given"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pastattendance",
            name="standing",
            field=models.CharField(
                choices=[
                    ("NEW", "To be added"),
                    ("KNOWN", "Known already"),
                    ("TWICE", "Twice in the list"),
                    ("ADDED", "Added"),
                ],
                max_length=5,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="pastattendance", name="brought_in_named_only_outside"
        ),
        migrations.RunPython(forget_names, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="pastattendance",
            constraint=models.CheckConstraint(
                condition=(Q(user_id=OUTSIDE) & ~Q(standing="ADDED") & ~Q(name=""))
                | ((~Q(user_id=OUTSIDE) | Q(standing="ADDED")) & Q(name="", organisation="")),
                name="brought_in_named_only_outside",
            ),
        ),
    ]
