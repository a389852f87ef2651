from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_chain'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkpoint',
            name='number',
            field=models.BigIntegerField(default=0, unique=True),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='SealedPlace',
            fields=[
                ('pk', models.CompositePrimaryKey('chain_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('chain_id', models.UUIDField()),
                ('position', models.BigIntegerField()),
                ('checkpoint', models.BigIntegerField()),
            ],
        ),
    ]
