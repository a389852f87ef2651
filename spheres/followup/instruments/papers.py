"""How does a questionnaire look on paper: empty, to fill by hand, or with what was answered?

Neutral: no name, no programme, no figure and no sentence of the recipe; it may be found in a
pocket. The licence is printed with it. Text stays text (records/documents.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from spheres.followup.instruments import items, queries
from spheres.followup.instruments.items import Item, Kind
from spheres.followup.instruments.models import AnswerSheet
from spheres.followup.instruments.queries import Instrument
from spheres.records import documents
from spheres.ui import moments

TEMPLATE: Final = Path(__file__).parent / "paper" / "questionnaire.typ"
ROWS: Final = 3  # empty lines for a text


def blank(asked: Instrument, language: str) -> bytes:
    """The questions, with room to answer each by hand."""
    with translation.override(language):
        said = [_said(item, _room(item)) for item in asked.asks.items]
        return _typeset(asked, language, said, _("The day I give it:"), is_blank=True)


def filled(asked: Instrument, sheet: AnswerSheet, language: str) -> bytes:
    """What was answered, question by question; the ones that were skipped are not printed."""
    with translation.override(language):
        told = items.told(asked.asks, queries.answers(sheet))
        said = [
            _said(one.item, [{"kind": "paragraph", "words": one.words}] if one.words else [])
            for one in told
            if one.words or not one.item.is_answered
        ]
        if sheet.opened.her_words:
            words = [{"kind": "paragraph", "words": sheet.opened.her_words}]
            said.append({"label": _("In my words"), "is_heading": True, "blocks": words})
        return _typeset(asked, language, said, moments.day(sheet.occurred_at), is_blank=False)


def _typeset(
    asked: Instrument, language: str, said: list[dict[str, Any]], day: str, *, is_blank: bool
) -> bytes:
    return documents.typeset(
        {
            "title": asked.title,
            "lead": str(asked.asks.lead),
            "touches": documents.touching(str(asked.terms.touches)) if is_blank else [],
            "language": language,
            "day": day,
            "is_blank": is_blank,
            "asked": said,
            "licence": str(asked.terms.licence),
            "mine": _("I skip what I want."),
        },
        TEMPLATE,
    )


def _said(item: Item, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    is_heading = item.kind == Kind.GROUP or item.is_answered
    return {"label": str(item.label), "is_heading": is_heading, "blocks": blocks}


def _room(item: Item) -> list[dict[str, Any]]:
    """Room for an answer by hand."""
    if item.kind in {Kind.CHOICE, Kind.BOOLEAN}:
        return [{"kind": "boxes", "words": [str(label) for _code, label in item.choices]}]
    if item.kind == Kind.TEXT:
        return [{"kind": "lines", "count": ROWS}]
    return [{"kind": "lines", "count": 1}] if item.is_answered else []
