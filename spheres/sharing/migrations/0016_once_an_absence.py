"""For one absence, a person agrees once at a time."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0015_decisions_fall'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='consent',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cover_id__isnull', False), ('withdrawn_at__isnull', True)), expressions=[('file_id', '='), ('cover_id', '='), (models.Func('starts_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='sharing_consent_once_an_absence'),
        ),
    ]
