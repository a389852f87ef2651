"""A demand that was linked twice is ended as the other one: its hold stays as long as that one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('legal_demands', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='matterstatus',
            name='same_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='matterstatus',
            constraint=models.CheckConstraint(
                condition=Q(same_id=None) | Q(status='CLOSED'),
                name='legal_demands_the_same_is_over',
            ),
        ),
        migrations.AlterField(
            model_name='step',
            name='code',
            field=models.CharField(blank=True, choices=[('SEEN', 'Checked, by a number found elsewhere than on the paper'), ('UNSURE', 'Not established'), ('COMPELS', 'The law obliges us to answer'), ('CONSENT', 'It rests on the person’s consent'), ('ASKS', 'It asks, and does not oblige'), ('ACCEPTED', 'The report is accepted, and the conditions are met'), ('NOT_YET', 'That is not established'), ('NO_ACCUSED', 'It would be produced to no accused'), ('UNLISTED', 'To an accused, of an offence that the law does not list'), ('DECIDED', 'A judge decided at both stages, and the decision was seen'), ('UNDECIDED', 'To an accused, and no judge has decided at both stages'), ('MINIMUM', 'Less than what is demanded is enough'), ('AS_ASKED', 'What is demanded is already the minimum'), ('NONE', 'Nothing to be produced is held under it'), ('LIFTED', 'The law or the order lifts it, for what is to be produced'), ('APPLIES', 'It stands in the way'), ('PRODUCE', 'The minimum may be produced'), ('OBJECT', 'An objection is to be made'), ('BY_WHOM', 'It is not established who demands it'), ('NO_RIGHT', 'Nothing obliges us to produce it'), ('TOO_WIDE', 'It demands more than what is necessary'), ('SECRET', 'Professional secrecy stands in the way'), ('JUDGE', 'A judge must decide first, at two stages'), ('APART', 'What is named needs an order of its own'), ('HAND', 'In person, against a receipt'), ('COURT', 'Sealed, to the judge or the clerk of the court'), ('COURIER', 'Sealed, by bailiff or registered delivery'), ('ENDS', 'The hold may end: another person ends it'), ('GOES_ON', 'The hold goes on'), ('SAME', 'It is another one again, that goes on with its hold')], max_length=12),
        ),
        migrations.RemoveConstraint(
            model_name='step', name='legal_demands_step_says_what_it_may',
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__in', ('',)), ('kind', 'ASKED')), models.Q(('code__in', ('SEEN', 'UNSURE')), ('kind', 'IDENTITY')), models.Q(('code__in', ('COMPELS', 'CONSENT', 'ASKS')), ('kind', 'LAW')), models.Q(('code__in', ('ACCEPTED', 'NOT_YET')), ('kind', 'REPORT')), models.Q(('code__in', ('NO_ACCUSED', 'UNLISTED', 'DECIDED', 'UNDECIDED')), ('kind', 'ACCUSED')), models.Q(('code__in', ('MINIMUM', 'AS_ASKED')), ('kind', 'SCOPE')), models.Q(('code__in', ('NONE', 'LIFTED', 'APPLIES')), ('kind', 'SECRECY')), models.Q(('code__in', ('PRODUCE', 'OBJECT')), ('kind', 'OPINION')), models.Q(('code__in', ('BY_WHOM', 'NO_RIGHT', 'TOO_WIDE', 'SECRET', 'JUDGE', 'APART')), ('kind', 'OBJECTED')), models.Q(('code__in', ('HAND', 'COURT', 'COURIER')), ('kind', 'DELIVERED')), models.Q(('code__in', ('',)), ('kind', 'LAPSED')), models.Q(('code__in', ('ENDS', 'GOES_ON', 'SAME')), ('kind', 'CLOSED')), _connector='OR'), name='legal_demands_step_says_what_it_may'),
        ),
    ]
