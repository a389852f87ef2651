"""How many different files one person opens in a day, when an organisation says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_ended_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='reads_alert',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='reads_stop',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
