"""How does the notice of a restriction read on paper? What the regulation asks, and nothing more.

R-22.1, r. 1, s. 3: the name and contact of whoever restricts, the provider or the category, a
description of the information, the date, a signature.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.followup.restrictions import standing
from spheres.followup.restrictions.models import SaidBy
from spheres.followup.restrictions.queries import Standing
from spheres.participants.queries import Header
from spheres.records import documents
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "notice.typ"
NAME: Final = "notice.pdf"


def notice(person: Header, one: Standing) -> bytes:
    """The notice as a PDF tagged for screen readers; its notice row is open."""
    return documents.typeset(said(person, one), PAPER)


def said(person: Header, one: Standing) -> dict[str, Any]:
    """Plain and neutral: it says neither why, nor of which programme it is."""
    assert one.notice is not None
    told = one.notice.opened
    signs = {
        SaidBy.HERSELF: _("Signature of the person who restricts"),
        SaidBy.EXCEPTION: _("Signature of the person who restricts"),
        SaidBy.PARENT: _("Signature of the person having parental authority"),
        SaidBy.TUTOR: _("Signature of the tutor"),
    }
    parts = [
        (_("Who restricts"), [person.name], _("Name in full:")),
        (
            _("How to answer them"),
            [told.contact],
            "" if told.contact else _("To be filled, or left:"),
        ),
        (_("Who must not see"), [one.who], ""),
        (_("What they must not see"), [standing.parts_of(one.row.faces), told.her_words], ""),
        (_("Since when"), [moments.day(one.row.starts_at)], ""),
        (_("Held by"), [person.holder], ""),
        (
            _("The effects were explained by"),
            [
                _("%(name)s, on %(day)s")
                % {"name": one.explained_by, "day": moments.day(one.notice.explained_on)}
            ],
            "",
        ),
        (_("Who signs with them"), [told.signer], ""),
    ]
    return {
        "title": _("Notice of restriction of access"),
        "language": (get_language() or "fr")[:2],
        "about": _(
            "Act respecting health and social services information (R-22.1), section 7: whoever is "
            "concerned restricts the access of a named provider or category to information about "
            "them. It is in force from the moment it is written, and lifted when they say so."
        ),
        "parts": [
            {"title": title, "lines": [line for line in lines if line], "blank": blank}
            for title, lines, blank in parts
            if blank or any(lines)
        ],
        "signs": [signs[SaidBy(one.notice.decider)], _("Date")],
        "footer": _("Confidential · reference %(reference)s")
        % {"reference": documents.reference(one.row.pk)},
    }
