"""What a person takes along to another programme; held by the database as theirs to agree to."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0031_known_from_an_item'),
    ]

    operations = [
        migrations.AlterField(
            model_name='disclosure',
            name='purpose',
            field=models.CharField(choices=[('MEETING', 'A committee meeting, that day only'), ('SURVIVOR', 'To meet someone who has lived through it'), ('SERVICE', 'So that a service receives or helps them'), ('TRANSFER', 'To go on with another programme'), ('COMPLAINT', 'A statement or a complaint they choose to make'), ('SAFETY', 'To protect somebody from a danger'), ('PROTECTION', 'So that youth protection can act'), ('ORDER', 'To answer what the law requires'), ('ATTENDANCE', 'To attest that they come, for an authority'), ('OTHER', 'Something else that was asked')], max_length=12),
        ),
        AddConstraintNotValid(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'TRANSFER'), _negated=True), models.Q(('ground', 'CONSENT'), ('to_organisation_id', None)), _connector='OR'), name='sharing_disclosure_transfer_is_theirs'),
        ),
    ]
