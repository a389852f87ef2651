"""Whose notes one supervisor may read, for one meeting."""

import datetime
import django.db.models.expressions
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0029_said_where_it_was_weighed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Supervised',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('user_id', models.UUIDField()),
                ('brought_by', models.UUIDField()),
                ('brought_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'ends_at'], name='sharing_supervised_to'), models.Index(fields=['file_id'], name='sharing_supervised_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('brought_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('brought_at'), '+', models.Value(datetime.timedelta(days=8))))), name='sharing_supervised_is_short'), models.CheckConstraint(condition=models.Q(('user_id', models.F('brought_by')), _negated=True), name='sharing_supervised_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='sharing_supervised_withdrawn_by_somebody')],
            },
        ),
        close_tables("sharing_supervised"),
    ]
