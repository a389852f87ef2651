"""Who was asked whether somebody of a partner may answer, and needs nobody to."""

import django.db.models.deletion
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participants', '0003_her_words_of_herself'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoNeed',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('cover_id', models.UUIDField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
            options={
                'indexes': [models.Index(fields=['cover_id'], name='covering_noneed_cover')],
            },
        ),
        close_tables("covering_noneed"),
    ]
