"""What she calls things, words she leaves, and what is answered."""

import django.db.models.deletion
import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participants', '0004_suspensions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('words', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('words', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
                ('word', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='notebook.word')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Naming',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('notebook', spheres.vault.models.LockedText(default=b'')),
                ('appointment', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
            options={
                'indexes': [models.Index(fields=['file', '-written_at'], name='notebook_naming_newest')],
            },
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['file', '-written_at'], name='notebook_word_newest'),
        ),
        close_tables("notebook_naming", "notebook_word", "notebook_reply"),
    ]
