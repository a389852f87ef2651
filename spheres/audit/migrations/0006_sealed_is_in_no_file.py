"""What is said in psychotherapy is told in no file's chain, whatever writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_fixed_path'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('chain', 'FILE'), ('sections__contains', ['therapy']), _negated=True), name='audit_event_sealed_is_in_no_file'),
        ),
    ]
