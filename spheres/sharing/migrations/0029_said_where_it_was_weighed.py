"""What is not read to somebody for now is said where it was weighed, and nowhere else: the column
that repeated it was written by nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0028_not_held"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="sharing_disclosure_told_before_in_danger_only",
        ),
        migrations.RemoveField(
            model_name="disclosure",
            name="is_kept_from_her",
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_at", None),
                    ("ground__in", ("DANGER", "YOUTH_PROTECTION")),
                    _connector="OR",
                ),
                name="sharing_disclosure_told_before_in_danger_only",
            ),
        ),
    ]
