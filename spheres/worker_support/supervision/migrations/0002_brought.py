"""Notes of a file, copied for one supervisor and one meeting."""

import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0030_supervised'),
        ('supervision', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Brought',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('supervised_id', models.UUIDField()),
                ('slot_id', models.UUIDField()),
                ('for_at', models.DateTimeField()),
                ('file_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('kind', models.CharField(max_length=16)),
                ('occurred_at', models.DateTimeField()),
                ('written_by', models.UUIDField()),
                ('text', spheres.vault.models.LockedText(default=b'')),
                ('brought_by', models.UUIDField()),
                ('brought_at', models.DateTimeField()),
                ('goes_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'brought',
                'indexes': [models.Index(fields=['slot_id'], name='supervision_brought_to'), models.Index(fields=['file_id'], name='supervision_brought_file')],
            },
        ),
        close_tables("supervision_brought"),
    ]
