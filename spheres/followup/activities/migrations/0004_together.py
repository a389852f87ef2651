"""An outing with another organisation, and what a person lets a worker there know."""

import django.db.models.deletion
import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0003_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('seat_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('name', spheres.vault.models.LockedText(default=b'')),
                ('needs', spheres.vault.models.LockedText(default=b'')),
                ('contact', spheres.vault.models.LockedText(default=b'')),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('goes_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['seat_id'], name='activities_card_of'), models.Index(fields=['file_id'], name='activities_card_file')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('host_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('invited_by', models.UUIDField()),
                ('invited_at', models.DateTimeField()),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.activity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'organisation_id'), name='activities_guest_once')],
            },
        ),
        close_tables("activities_card", "activities_guest"),
    ]
