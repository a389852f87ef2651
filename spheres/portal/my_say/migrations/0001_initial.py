"""What she asks from her notebook, and what is answered."""

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
            name='Ask',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('BAR', 'Somebody should not open their file'), ('SHARE', 'Sharing something, or sharing it otherwise'), ('CORRECT', 'Commenting on what was written, or having it corrected'), ('READ', 'Reading their file'), ('COPY', 'A copy of their file'), ('ERASE', 'Having something erased'), ('RESEARCH', 'Refusing that research uses anything of theirs'), ('NAME', 'Changing their name, their pronouns, or the words they use'), ('REACH', 'Changing how they are reached'), ('REFERRAL', 'Seeing what was said when they were referred'), ('SURVIVOR', 'A meeting with somebody who lived through it'), ('TOOK_BACK', 'They took back something they shared: it is over already')], max_length=12)),
                ('words', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('stands', models.CharField(choices=[('TAKEN_UP', 'I take care of it'), ('DONE', 'It is done, or settled with them')], max_length=12)),
                ('words', spheres.vault.models.LockedText(default=b'')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.file')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='my_say.ask')),
            ],
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['file', '-written_at'], name='my_say_ask_newest'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('ask', 'stands'), name='my_say_answer_said_once'),
        ),
        close_tables("my_say_ask", "my_say_answer"),
    ]
