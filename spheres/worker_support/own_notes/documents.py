"""How do own notes read on paper, for whoever leaves with them?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.records import documents
from spheres.ui import moments
from spheres.worker_support.own_notes.models import OwnNote

PAPER: Final = Path(__file__).parent / "paper" / "own_notes.typ"
NAME: Final = "document.pdf"


def paper(notes: Sequence[OwnNote]) -> bytes:
    """As a PDF tagged for screen readers, the oldest first; it does not name its author."""
    return documents.typeset(said(notes), PAPER)


def said(notes: Sequence[OwnNote]) -> dict[str, Any]:
    """What the vault has opened of them."""
    return {
        "title": _("Own notes"),
        "language": get_language(),
        "notes": [
            {
                "when": moments.moment(note.written_at),
                "who": note.opened.pseudonym,
                "paragraphs": [
                    part
                    for part in note.opened.text.replace("\r", "").split("\n\n")
                    if part.strip()
                ],
            }
            for note in reversed(notes)
        ],
    }
