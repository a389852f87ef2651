"""In how many days somebody who asks from their notebook is answered, when the law sets none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0007_advice_answer_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='region',
            name='notebook_answer_days',
            field=models.PositiveSmallIntegerField(db_default=7),
        ),
    ]
