"""Who holds the notes of a psychotherapist who left, died or can no longer act."""

from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0009_a_partner_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('author_id', models.UUIDField()),
                ('custodian_id', models.UUIDField()),
                ('ground', models.CharField(choices=[('LEFT', 'Left the organisation'), ('DIED', 'Died'), ('UNABLE', 'Can no longer act')], max_length=8)),
                ('named_by', models.UUIDField()),
                ('named_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['custodian_id'], name='sharing_custody_by')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('author_id', models.F('custodian_id')), _negated=True), models.Q(('named_by', models.F('custodian_id')), _negated=True), models.Q(('named_by', models.F('author_id')), _negated=True)), name='sharing_custody_is_three_persons'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='sharing_custody_ended_by_whom'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation_id', 'author_id'), name='sharing_custody_one_at_a_time')],
            },
        ),
        close_tables("sharing_custody"),
    ]
