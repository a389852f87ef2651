"""A stand-in named ahead, who answers only while what is asked of the other has lapsed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0026_own_pages'),
    ]

    operations = [
        migrations.AlterField(
            model_name='cover',
            name='kind',
            field=models.CharField(choices=[('STAND_IN', 'Stand-in'), ('ON_CALL', 'On call'), ('LAPSE', 'Stand-in, only if it lapses')], max_length=8),
        ),
    ]
