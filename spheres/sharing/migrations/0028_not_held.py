"""A meeting that is not held stays, and says so; each change has its number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0027_if_it_lapses'),
    ]

    operations = [
        migrations.AddField(
            model_name='committeemeeting',
            name='cancelled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='committeemeeting',
            name='cancelled_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='committeemeeting',
            name='times_moved',
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddConstraint(
            model_name='committeemeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='sharing_committeemeeting_cancelled_by_whom'),
        ),
    ]
