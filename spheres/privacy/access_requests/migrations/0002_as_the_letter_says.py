"""A letter that was shown says what stands on its paper and by which day it is answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access_requests', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='passed',
            name='is_neutral',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='passed',
            name='due_on',
            field=models.DateField(null=True),
        ),
    ]
