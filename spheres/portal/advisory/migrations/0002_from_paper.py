"""Sheets typed in from paper are told from those of notebooks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advisory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='given',
            name='from_paper',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sheet',
            name='from_paper',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
    ]
