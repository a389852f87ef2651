"""With which key a colleague locks what she writes for herself alone."""

from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0017_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('begun_at', models.DateTimeField()),
                ('sealed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('sealed_at__isnull', True)), fields=('user_id', 'organisation_id'), name='sharing_stay_one_at_a_time')],
            },
        ),
        close_tables("sharing_stay"),
    ]
