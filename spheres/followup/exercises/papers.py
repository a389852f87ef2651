"""How does an exercise look on paper: empty, to fill by hand, or with what she said?

Neutral: no name, no programme; it may be found in a pocket. Text stays text (records/documents.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from spheres.followup.exercises import prompts, queries
from spheres.followup.exercises.models import Sheet
from spheres.followup.exercises.prompts import Exercise, Kind, Prompt, Told
from spheres.records import documents
from spheres.ui import moments

TEMPLATE: Final = Path(__file__).parent / "paper" / "exercise.typ"
ROWS: Final = 4  # empty lines of a table or a list


def blank(asks: Exercise, language: str) -> bytes:
    """The questions, with room to answer each by hand."""
    with translation.override(language):
        asked = [_asked(prompt, _room(prompt)) for prompt in asks.prompts]
        return _typeset(asks, language, asked, _("The day I give it:"), is_blank=True)


def filled(asks: Exercise, sheet: Sheet, language: str) -> bytes:
    """What she said, question by question; the ones she skipped are not printed."""
    with translation.override(language):
        kept = queries.answers(sheet)
        asked = [
            _asked(prompt, _said(prompts.told(prompt, kept[prompt.id])))
            for prompt in asks.prompts
            if prompt.id in kept
        ]
        if sheet.opened.her_words:
            said = [{"kind": "paragraph", "words": sheet.opened.her_words}]
            asked.append({"label": _("In my words"), "hint": "", "blocks": said})
        return _typeset(asks, language, asked, moments.day(sheet.occurred_at), is_blank=False)


def _typeset(
    asks: Exercise, language: str, asked: list[dict[str, Any]], day: str, *, is_blank: bool
) -> bytes:
    said = {
        "title": str(asks.title),
        "lead": str(asks.lead),
        "touches": documents.touching(str(asks.touches)) if is_blank else [],
        "language": language,
        "day": day,
        "is_blank": is_blank,
        "asked": asked,
        "mine": _("This sheet is mine. I skip what I want."),
    }
    return documents.typeset(said, TEMPLATE)


def _asked(prompt: Prompt, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"label": str(prompt.label), "hint": str(prompt.hint), "blocks": blocks}


def _room(prompt: Prompt) -> list[dict[str, Any]]:
    """Room for an answer by hand."""
    match prompt.kind:
        case Kind.TEXT | Kind.LIST:
            return [{"kind": "lines", "count": ROWS}]
        case Kind.SCALE:
            ends = [str(prompt.low), *prompt.steps, str(prompt.high)]
            return [{"kind": "across", "words": [one for one in ends if one]}]
        case Kind.FACES | Kind.CHOICE:
            return [{"kind": "boxes", "words": [str(label) for _code, label in prompt.choices]}]
        case Kind.TWO_COLUMNS | Kind.FOUR_COLUMNS:
            columns = [str(one.label) for one in prompt.words]
            return [_table(columns, [[""] * len(columns)] * ROWS)]
        case Kind.MAP:
            columns = [_("Who or what"), _("How, when")]
            return [
                block
                for group in prompt.words
                for block in (
                    {"kind": "paragraph", "words": str(group.label)},
                    _table(columns, [["", ""]] * 3),
                )
            ]
        case Kind.CARD_SORT:
            columns = ["", *(str(pile.label) for pile in prompt.piles)]
            rows = [[str(card.label), *("☐" for _pile in prompt.piles)] for card in prompt.words]
            keep = [{"kind": "paragraph", "words": _("First for me")}] if prompt.keep else []
            room = [{"kind": "lines", "count": prompt.keep}] if prompt.keep else []
            return [_table(columns, rows, is_first_wide=True), *keep, *room]
        case Kind.WHEEL:
            columns = [
                str(prompt.column or _("Sphere")),
                *(str(label) for label in prompts.FACES.values()),
            ]
            marks = ["☐"] * len(prompts.FACES)
            own = [["", *marks]] * prompts.OWN_LINES
            rows = [[str(one.label), *marks] for one in prompt.words]
            return [_table(columns, rows + own, is_first_wide=True)]


def _said(told: Told) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    if told.words:
        blocks.append({"kind": "paragraph", "words": told.words})
    if told.lines:
        blocks.append({"kind": "list", "words": list(told.lines)})
    if told.rows:
        blocks.append(_table(list(told.columns), [list(row) for row in told.rows]))
    for label, lines in told.groups:
        blocks.append({"kind": "paragraph", "words": label})
        blocks.append({"kind": "list", "words": list(lines)})
    return blocks


def _table(
    columns: list[str], rows: list[list[str]], *, is_first_wide: bool = False
) -> dict[str, Any]:
    return {"kind": "table", "columns": columns, "rows": rows, "is_first_wide": is_first_wide}
