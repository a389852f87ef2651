"""How does what she agreed to of her plan read in the official file of an organisation?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.followup.plan.actions import HandedOver
from spheres.records.between.places import Sheet
from spheres.records.documents import Document, Fact, Words
from spheres.ui import moments


def of(handed: HandedOver, sheets: Iterable[Sheet]) -> Document:
    """In her own words, under the day it left; it names neither her nor the programme."""
    copy = handed.copy
    day = moments.day(copy.handed_at)
    agreed = _("The person read it and agreed to this copy on %(day)s") % {"day": day}
    return Document(
        id=copy.pk,
        file_id=copy.file_id,
        kind="plan",
        title=_("Plan of %(day)s") % {"day": day},
        language=(get_language() or "fr")[:2],
        organisation=handed.official.organisation,
        author=handed.author,
        occurred_at=copy.handed_at,
        signed_at=copy.handed_at,
        texts=tuple(Words(one.code, one.title, "\n".join(one.lines)) for one in sheets),
        facts=(Fact("agreement", _("Agreed to"), agreed),),
    )
