"""What a partner reads of its own part, and says of what comes next."""

import django.db.models.deletion
from django.db import migrations, models

import spheres.vault.models
from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0004_suspensions'),
        ('parts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnPart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('part_id', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('organisation_id', models.UUIDField()),
                ('is_shown', models.BooleanField()),
                ('is_from_there', models.BooleanField(default=False)),
                ('since_on', models.DateField(null=True)),
                ('next_on', models.DateField(null=True)),
                ('what', spheres.vault.models.LockedText(default=b'')),
                ('next_step', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id'], name='parts_own_of')],
                'constraints': [models.UniqueConstraint(fields=('file', 'part_id', 'number'), name='parts_own_one_text_a_number')],
            },
        ),
        close_tables('parts_ownpart'),
    ]
