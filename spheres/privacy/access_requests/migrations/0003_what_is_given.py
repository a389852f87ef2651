"""A decision names what is given, one text after the other: nothing written since goes with it."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('access_requests', '0002_as_the_letter_says'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='given',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(
                condition=Q(outcome__in=('WHOLE', 'PART')) | Q(given=[]),
                name='access_requests_gives_when_granted_alone',
            ),
        ),
    ]
