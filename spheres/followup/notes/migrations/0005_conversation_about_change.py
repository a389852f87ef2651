from django.db import migrations, models

import spheres.vault.models


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0004_towards'),
    ]

    operations = [
        migrations.AddField(
            model_name='note',
            name='given_back',
            field=spheres.vault.models.LockedText(db_default=b'', default=b''),
        ),
        migrations.AddField(
            model_name='note',
            name='guide',
            field=models.CharField(max_length=16, null=True),
        ),
    ]
