"""Who explains, in an organisation, what a restriction or a refusal changes?"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_it_shares'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='explains',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), null=True, size=None),
        ),
    ]
