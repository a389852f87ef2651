"""The rows that were there are looked at while pages read and write."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0032_transfer'),
    ]

    operations = [
        ValidateConstraint(
            model_name='disclosure',
            name='sharing_disclosure_transfer_is_theirs',
        ),
    ]
