"""When an organisation left the programme."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_files_a_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='left_at',
            field=models.DateTimeField(null=True),
        ),
    ]
