"""Whether she agreed that a file begins there; and that it is not possible there."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('therapy_requests', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='therapyrequest',
            name='opens_there',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='therapyrequestday',
            name='what',
            field=models.CharField(choices=[('ACCEPTED', 'Accepted'), ('FIRST', 'First appointment'), ('ENDED', 'Ended'), ('DECLINED', 'Not possible here')], max_length=8),
        ),
    ]
