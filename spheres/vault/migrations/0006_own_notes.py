"""What somebody writes for herself alone has keys of its own, which go when she leaves."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0005_two_classes_more'),
    ]

    operations = [
        migrations.AlterField(
            model_name='datakey',
            name='kind',
            field=models.CharField(choices=[('REFERRAL', 'Referral'), ('FOLLOW_UP', 'Follow-up'), ('THERAPY', 'Psychotherapy notes'), ('REGISTER', 'Registers'), ('DRAFT', 'Draft'), ('ACCOUNT', 'Account'), ('INCIDENT', 'Confidentiality incident'), ('OWN', 'Own notes of a colleague')], max_length=16),
        ),
        migrations.AlterField(
            model_name='tombstone',
            name='kind',
            field=models.CharField(choices=[('REFERRAL', 'Referral'), ('FOLLOW_UP', 'Follow-up'), ('THERAPY', 'Psychotherapy notes'), ('REGISTER', 'Registers'), ('DRAFT', 'Draft'), ('ACCOUNT', 'Account'), ('INCIDENT', 'Confidentiality incident'), ('OWN', 'Own notes of a colleague')], max_length=16),
        ),
    ]
