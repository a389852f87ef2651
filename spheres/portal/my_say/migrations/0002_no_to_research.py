"""She says no to research by herself: her workers are told that it holds."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('my_say', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ask',
            name='kind',
            field=models.CharField(choices=[('BAR', 'Somebody should not open their file'), ('SHARE', 'Sharing something, or sharing it otherwise'), ('CORRECT', 'Commenting on what was written, or having it corrected'), ('READ', 'Reading their file'), ('COPY', 'A copy of their file'), ('ERASE', 'Having something erased'), ('RESEARCH', 'Refusing that research uses anything of theirs'), ('NAME', 'Changing their name, their pronouns, or the words they use'), ('REACH', 'Changing how they are reached'), ('REFERRAL', 'Seeing what was said when they were referred'), ('SURVIVOR', 'A meeting with somebody who lived through it'), ('TOOK_BACK', 'They took back something they shared: it is over already'), ('NO_RESEARCH', 'They said no to research: it holds already')], max_length=12),
        ),
    ]
