"""What of a filled questionnaire does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.instruments import items, queries
from spheres.followup.instruments.items import Kind
from spheres.followup.instruments.models import SLUGS, AnswerSheet
from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Part, Told
from spheres.sharing.rules import HEALTH


def answers(sheet: AnswerSheet) -> list[Told]:
    """Each answer under its question, never a total; what this version does not ask, as kept."""
    kept = queries.answers(sheet)
    asked = queries.version_of(sheet)
    told = items.told(asked.asks, kept) if asked else []
    beyond = items.beyond(asked.asks, kept) if asked else kept
    return [
        *(
            Told(one.item.id, str(one.item.label), one.words, one.item.kind != Kind.TEXT)
            for one in told
            if one.words
        ),
        *(Told(name, _("An answer"), words) for name, words in beyond.items()),
    ]


# Of a psychotherapy nothing is ever copied: the questionnaires of health alone are said here.
copying.of_record(
    SLUGS[HEALTH],
    OfRecord(parts=(Part("answers", _("What was answered"), is_hers=True, read=answers),)),
)
