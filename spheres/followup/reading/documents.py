"""How does what she reads look on paper, for her? It names neither her nor whoever wrote."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.followup.reading.queries import Said
from spheres.followup.reading.saying import YOUR_COMMENT
from spheres.records import documents
from spheres.ui import moments


def paper(said: list[Said]) -> bytes:
    """All of it, the newest first, without a character of what is hidden."""
    parts = [
        {"title": f"{one.title}, {moments.day(one.at)}", "lines": lines}
        for one in said
        if (lines := _lines(one))
    ]
    nothing = {"title": _("Until today"), "lines": [_("Nothing is written here yet.")]}
    held = {
        "title": _("What is written"),
        "language": (get_language() or "fr")[:2],
        "parts": parts or [nothing],
    }
    return documents.typeset(held, documents.PAPER / "sheet.typ")


def _lines(one: Said) -> list[str]:
    lines = []
    for text in one.texts:
        words = " ".join(" ".join((piece.reason, piece.words)).strip() for piece in text.pieces)
        lines.append(f"{_titled(text.title)}{words}")
    for comment in one.comments:
        lines.append(f"{_titled(YOUR_COMMENT)}{comment.opened.words}")
    return lines


def _titled(title: object) -> str:
    return _("%(title)s: ") % {"title": title} if title else ""
