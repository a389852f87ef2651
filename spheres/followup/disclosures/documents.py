"""How is what is told put on paper, for somebody outside; and the register, for her?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.followup.disclosures.lines import Line
from spheres.followup.disclosures.saying import Read
from spheres.records import documents
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "told.typ"


def told(line: Line) -> bytes:
    """What goes to one recipient: what, for what, until when; and what to do with it."""
    last = line.until
    assert last is not None
    parts = [
        (_("For"), [f"{line.to} ({line.capacity})"]),
        (_("From"), [line.organisations.get(line.row.organisation_id, "")]),
        (_("What for"), [line.purpose]),
        *((label, words.split("\n")) for label, words in line.items),
        (
            _("What you may do with it"),
            [
                _(
                    "You receive this for that purpose alone, until %(day)s. Copy it nowhere, pass "
                    "it on to nobody; destroy it after that day, and say so to whoever handed it "
                    "to you."
                )
                % {"day": moments.day(last)}
            ],
        ),
    ]
    return _paper(_("Communication"), parts, documents.reference(line.row.pk), [_("Received by")])


def register(lines: list[Read]) -> bytes:
    """All that was told or refused, in plain words, for her to keep if she wishes."""
    parts = [(moments.day(line.at), line.sentences) for line in lines]
    if not parts:
        parts = [
            (_("Until today"), [_("Nothing was told about you outside, and nothing refused.")])
        ]
    # Said of everybody, so that it tells nothing of anybody.
    never = _(
        "The law protects whoever speaks to youth protection: such a line, if there is one, is "
        "read only with that person, and is never on paper."
    )
    return _paper(_("What was told about me"), [*parts, (_("Not on paper"), [never])], "", [])


def _paper(
    title: str, parts: list[tuple[str, list[str]]], reference: str, signs: list[str]
) -> bytes:
    footer = (
        _("Confidential · reference %(reference)s") % {"reference": reference} if reference else ""
    )
    said: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "parts": [{"title": term, "lines": lines} for term, lines in parts],
        "signs": [*signs, _("Date")] if signs else [],
        "footer": footer,
    }
    return documents.typeset(said, PAPER)
