"""A matter is left at one desk, once: nobody leaves it again at another, or reopens it there."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='handler',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'DESK')), fields=('matter_id',), name='sharing_handler_one_desk_a_matter'),
        ),
    ]
