"""What she writes for herself alone."""

from django.db import migrations, models

import spheres.vault.models
from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OwnPage',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('participant_id', models.UUIDField()),
                ('title', spheres.vault.models.HerText(room=320)),
                ('text', spheres.vault.models.HerText(room=16000)),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_on', models.DateField()),
                ('given_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['participant_id'], name='own_pages_hers')],
            },
        ),
        close_tables("own_pages_ownpage"),
    ]
