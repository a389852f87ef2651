"""A colleague lets somebody go on, whom the day’s limit of files stopped."""

import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0006_exceptional_access'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lifted',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('lifted_on', models.DateField()),
                ('lifted_by', models.UUIDField()),
                ('lifted_at', models.DateTimeField()),
                ('reason', spheres.vault.models.LockedText(default=b'')),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'lifted_on'], name='sharing_lifted_who')],
            },
        ),
        close_tables("sharing_lifted"),
    ]
