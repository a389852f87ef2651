"""What she approved of asking for a psychotherapy, and the days of it."""

import django.db.models.deletion
import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participants', '0003_her_words_of_herself'),
    ]

    operations = [
        migrations.CreateModel(
            name='TherapyRequest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('summary', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
            options={
                'indexes': [models.Index(fields=['file'], name='therapy_requests_of_file')],
            },
        ),
        migrations.CreateModel(
            name='TherapyRequestDay',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('ACCEPTED', 'Accepted'), ('FIRST', 'First appointment'), ('ENDED', 'Ended')], max_length=8)),
                ('on', models.DateField()),
                ('said_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='therapy_requests.therapyrequest')),
            ],
            options={
                'indexes': [models.Index(fields=['request', 'said_at'], name='therapy_requests_days')],
            },
        ),
        close_tables("therapy_requests_therapyrequest", "therapy_requests_therapyrequestday"),
    ]
