"""By which act, explained by whom, was this refused?"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('restrictions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='refusal',
            name='notice_id',
            field=models.UUIDField(null=True),
        ),
    ]
