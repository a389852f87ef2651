"""A request also comes from their notebook: one more way, and nothing changes in the table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access_requests', '0004_taken_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessrequest',
            name='way',
            field=models.CharField(choices=[('VOICE', 'Said aloud, written down here'), ('PAPER', 'By letter, or handed over on paper'), ('NOTEBOOK', 'From their notebook'), ('OTHER', 'Another way')], max_length=8),
        ),
    ]
