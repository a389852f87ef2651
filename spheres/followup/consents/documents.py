"""How is what is said at the start put on paper? Read aloud, kept if she wishes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from spheres.records import documents
from spheres.regions import queries as regions

# What a withdrawal leaves to the partner with whom she began, in the words she is read.
STAYS: Final = gettext_noop(
    "If you agreed that the psychotherapist begins a file of their own with you, you can stop "
    "sharing from here any day. That file stays there: you say there what you want of it."
)
PAPER: Final = Path(__file__).parent / "paper" / "card.typ"


def card() -> bytes:
    """Who keeps what, why, how, who reads, how long, her rights, where to complain (R-22.1 s. 14).

    The region's own words, in «tu»; names are written in by hand.
    """
    parts = (
        ("card.who", _("Who I am")),
        ("card.why", _("Why we write")),
        ("card.how", _("How we write")),
        ("card.who_sees", _("Who reads it")),
        ("card.limits", _("When I must speak of it")),
        ("card.how_long", _("How long we keep it")),
        ("card.rights", _("What you can do")),
        ("card.rights_under14", _("If you are under 14")),
        ("consent.withdraw", _("Changing your mind")),
        ("card.complaint", _("If something is not right")),
    )
    said = {
        "title": _("What you can know before we begin"),
        "language": (get_language() or "fr")[:2],
        "parts": [
            *({"title": title, "words": regions.text(key)} for key, title in parts),
            {"title": _("If you asked for a psychotherapy"), "words": _(STAYS)},
        ],
    }
    return documents.typeset(said, PAPER)
