"""The key of her private pages, locked with both her numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0025_told_by_a_psychotherapist'),
    ]

    operations = [
        migrations.AddField(
            model_name='notebookkey',
            name='pages',
            field=models.BinaryField(default=b''),
            preserve_default=False,
        ),
    ]
