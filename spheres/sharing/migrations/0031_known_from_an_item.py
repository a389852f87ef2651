"""Whoever recognises somebody in an item of a committee: of which file, the database alone knows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0030_supervised'),
    ]

    operations = [
        migrations.AddField(
            model_name='conflict',
            name='is_unseen',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
