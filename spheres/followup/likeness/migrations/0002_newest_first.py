"""The traces of one digest, in the order in which they are read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('likeness', '0001_traces'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='trace',
            name='likeness_trace_digest',
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(fields=['digest', 'kind', '-left_at', 'id'], include=('file_id',), name='likeness_trace_newest'),
        ),
    ]
