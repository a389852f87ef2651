"""A psychotherapist tells what she writes for that, under her own secrecy, and never her notes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0024_comes_back'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='disclosure',
            name='sharing_disclosure_only_what_may_be_told',
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('sections__contained_by', ['identity', 'contact', 'whereabouts', 'summary', 'plan', 'safety', 'steps', 'legal', 'therapy'])), name='sharing_disclosure_only_what_may_be_told'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ('CONSENT', 'REQUIRED', 'ORDER')), ('items__contained_by', ['NAME', 'AGE', 'LANGUAGE', 'LETTER', 'COMING']), ('items__overlap', ['LETTER', 'COMING']), ('purpose__in', ('SERVICE', 'PROTECTION', 'ORDER')), ('sections__contains', ['identity', 'therapy']), models.Q(models.Q(('capacity', 'POLICE'), _negated=True), ('ground', 'ORDER'), _connector='OR')), models.Q(models.Q(('sections__contains', ['therapy']), _negated=True), models.Q(('items__overlap', ['LETTER', 'COMING']), _negated=True)), _connector='OR'), name='sharing_disclosure_in_secrecy_is_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('items__contains', ['COMING']), _negated=True), models.Q(('capacity__in', ('WORKER', 'HEALTH', 'COUNSEL')), ('ground', 'CONSENT')), _connector='OR'), name='sharing_disclosure_coming_to_no_authority'),
        ),
    ]
