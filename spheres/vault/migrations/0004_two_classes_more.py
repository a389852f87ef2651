"""Psychotherapy notes and registers have keys of their own: one goes without the others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0003_generations_and_tombstones'),
    ]

    operations = [
        migrations.AlterField(
            model_name='datakey',
            name='kind',
            field=models.CharField(choices=[('REFERRAL', 'Referral'), ('FOLLOW_UP', 'Follow-up'), ('THERAPY', 'Psychotherapy notes'), ('REGISTER', 'Registers'), ('DRAFT', 'Draft'), ('ACCOUNT', 'Account')], max_length=16),
        ),
        migrations.AlterField(
            model_name='tombstone',
            name='kind',
            field=models.CharField(choices=[('REFERRAL', 'Referral'), ('FOLLOW_UP', 'Follow-up'), ('THERAPY', 'Psychotherapy notes'), ('REGISTER', 'Registers'), ('DRAFT', 'Draft'), ('ACCOUNT', 'Account')], max_length=16),
        ),
    ]
