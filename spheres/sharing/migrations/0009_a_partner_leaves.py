"""A partner leaves the programme: since when, said by whom, as far as where."""

from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0008_disclosures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('last_on', models.DateField()),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('received_by', models.UUIDField(null=True)),
                ('received_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.UUIDField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('rows_compared', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('ended_at__isnull', True)), fields=('organisation_id',), name='sharing_departure_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR')), name='sharing_departure_said_by_somebody'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='sharing_departure_takes_two'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('cancelled_at__isnull', True), ('confirmed_at__isnull', False), ('digest__gt', ''), ('received_at__isnull', False)), _connector='OR'), name='sharing_departure_ends_in_order')],
            },
        ),
        close_tables("sharing_departure"),
    ]
