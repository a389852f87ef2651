"""Rounds in which young people judge the programme, their sheets, and what was changed."""

import django.db.models.deletion
import spheres.vault.models
from django.db import migrations, models

from spheres.core.row_security import close_tables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('counted_by', models.UUIDField(null=True)),
                ('counted_at', models.DateTimeField(null=True)),
                ('settled_by', models.UUIDField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('answers', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', True), ('counted_at__isnull', True), ('counted_by__isnull', True)), models.Q(('answers__gte', 8), ('counted_at__isnull', False), ('counted_by__isnull', False)), _connector='OR'), name='advisory_round_from_eight'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='advisory_round_settled_by_whom'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='advisory_round_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('question', models.CharField(choices=[('LISTENED', 'People listen to me.'), ('CHOICE', 'I choose what we do, and how fast.'), ('SAFE', 'I feel safe when we see each other.'), ('USEFUL', 'It helps me in my life.'), ('WHO_READS', 'I know who can read what is written about me.'), ('NOTEBOOK', 'My notebook, or what I get on paper, is easy to use.')], max_length=12)),
                ('face', models.CharField(choices=[('YES', 'Yes'), ('BETWEEN', 'In between'), ('NO', 'No')], max_length=8)),
                ('number', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advisory.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'question', 'face'), name='advisory_one_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Given',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advisory.round')),
            ],
            options={
                'indexes': [models.Index(fields=['round'], name='advisory_given_round')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('said_fr', models.CharField(max_length=300)),
                ('said_en', models.CharField(max_length=300)),
                ('changed_fr', models.CharField(max_length=300)),
                ('changed_en', models.CharField(max_length=300)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advisory.round')),
            ],
            options={
                'indexes': [models.Index(fields=['round', 'place'], name='advisory_change_order')],
            },
        ),
        migrations.CreateModel(
            name='Sentence',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('words', spheres.vault.models.LockedText(default=b'')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advisory.round')),
            ],
            options={
                'indexes': [models.Index(fields=['round'], name='advisory_sentence_round')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('said', spheres.vault.models.LockedText(default=b'')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advisory.round')),
            ],
            options={
                'indexes': [models.Index(fields=['round'], name='advisory_sheet_round')],
            },
        ),
        close_tables(
            "advisory_round", "advisory_sheet", "advisory_given", "advisory_sentence",
            "advisory_outcome", "advisory_change",
        ),
    ]
