"""Once a matter is answered, a seat at it reads no more than who she is, and the matter itself."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0022_an_hour_more'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='narrowed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
