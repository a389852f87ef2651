"""Somebody of a partner answers during an absence, and each person agrees to it or not."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0010_custody'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='cover_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='cover',
            name='elsewhere_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('cover_id__isnull', True), models.Q(('sections__contained_by', ['identity', 'contact', 'summary']), ('user_id__isnull', False)), _connector='OR'), name='sharing_consent_of_an_absence_is_brief'),
        ),
    ]
