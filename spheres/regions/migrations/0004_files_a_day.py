"""How many different files one person opens in a day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0003_outing_grace'),
    ]

    operations = [
        migrations.AddField(
            model_name='region',
            name='reads_alert',
            field=models.PositiveSmallIntegerField(db_default=40),
        ),
        migrations.AddField(
            model_name='region',
            name='reads_stop',
            field=models.PositiveSmallIntegerField(db_default=80),
        ),
    ]
