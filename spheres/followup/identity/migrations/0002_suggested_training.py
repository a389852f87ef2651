"""Which training the region suggests beside what she said of her nations."""

from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestedTraining',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('slug', models.SlugField(unique=True)),
                ('title_fr', models.CharField(max_length=120)),
                ('title_en', models.CharField(max_length=120)),
                ('given_by_fr', models.CharField(max_length=120)),
                ('given_by_en', models.CharField(max_length=120)),
                ('length_fr', models.CharField(max_length=60)),
                ('length_en', models.CharField(max_length=60)),
                ('web', models.URLField(blank=True)),
                ('verification', models.CharField(choices=[('verified', 'Verified'), ('to_verify', 'To verify')], max_length=12)),
                ('verified_on', models.DateField(null=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        close_tables("identity_suggestedtraining"),
    ]
