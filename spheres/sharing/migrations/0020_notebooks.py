"""Her notebook: what it opens, what it is opened with, who is inside."""

import django.contrib.postgres.fields
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0019_along'),
    ]

    operations = [
        migrations.CreateModel(
            name='NotebookSession',
            fields=[
                ('key_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('file_id', models.UUIDField(unique=True)),
                ('sealed', models.BinaryField()),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Notebook',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('level', models.CharField(choices=[('PRACTICAL', 'Appointments, and a word for their worker'), ('READ', 'Reading what they allowed too'), ('WRITE', 'Writing there too')], max_length=12)),
                ('faces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('agreed', models.CharField(choices=[('HERSELF', 'The young person'), ('PARENT', 'The person having parental authority, and the young person'), ('TUTOR', 'The tutor, and the young person'), ('EXCEPTION', 'The young person, by an exception whose reason is written')], max_length=12)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('lowered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='sharing_notebook_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('faces__contained_by', ['identity', 'contact', 'summary', 'plan', 'safety', 'steps', 'legal', 'relation', 'journal']), ('faces__contains', ['identity'])), name='sharing_notebook_only_what_may_be_shown'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'PRACTICAL'), _negated=True), ('faces__contained_by', ['identity', 'contact']), _connector='OR'), name='sharing_notebook_practical_is_little'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='sharing_notebook_ended_by_whom'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('file_id',), name='sharing_notebook_one_a_file')],
            },
        ),
        migrations.CreateModel(
            name='NotebookKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('digest', models.BinaryField(unique=True)),
                ('salt', models.BinaryField()),
                ('verifier', models.BinaryField()),
                ('wrong_tries', models.PositiveSmallIntegerField(default=0)),
                ('given_by', models.UUIDField()),
                ('given_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['file_id', '-given_at'], name='sharing_notebookkey_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong_tries__lte', 5)), name='sharing_notebookkey_tries_are_few')],
            },
        ),
        close_tables("sharing_notebook", "sharing_notebookkey", "sharing_notebooksession"),
    ]
