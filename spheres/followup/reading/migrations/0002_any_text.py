from django.db import migrations, models


class Migration(migrations.Migration):
    """A mask holds to any text of a file: one answer of a sheet too."""

    dependencies = [
        ("reading", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mask",
            name="of_text",
            field=models.CharField(max_length=96),
        ),
    ]
