"""A session is moved, and says when; each move has its number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='trainingsession',
            name='moved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='trainingsession',
            name='moved_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='trainingsession',
            name='times_moved',
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_at__isnull', True), ('moved_by__isnull', True)), models.Q(('moved_at__isnull', False), ('moved_by__isnull', False)), _connector='OR'), name='sessions_moved_by_whom'),
        ),
    ]
