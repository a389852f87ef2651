"""How does a signed undertaking read on paper? The text as it was signed, by whom, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from spheres.accounts.models import Undertaking, UndertakingText
from spheres.records import documents
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "undertaking.typ"
NAME: Final = "document.pdf"


def paper(row: Undertaking, text: UndertakingText, *, name: str, organisation: str) -> bytes:
    """As a PDF tagged for screen readers, in the language in which it was read and signed."""
    with translation.override(row.language):
        return documents.typeset(said(row, text, name=name, organisation=organisation), PAPER)


def said(
    row: Undertaking, text: UndertakingText, *, name: str, organisation: str
) -> dict[str, Any]:
    """Of staff, and of nobody accompanied; it does not say of which programme it is."""
    return {
        "title": _("Undertaking of discretion"),
        "language": row.language,
        "about": organisation,
        "paragraphs": [part for part in text.words.replace("\r", "").split("\n\n") if part.strip()],
        "signed": _("Signed by %(name)s, %(moment)s")
        % {"name": name, "moment": moments.moment(row.signed_at)},
        "footer": _("Reference %(reference)s") % {"reference": documents.reference(row.pk)},
    }
