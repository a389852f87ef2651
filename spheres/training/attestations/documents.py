"""How does an attestation read on paper, and what is written to whoever is to renew one?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.records import documents
from spheres.regions import queries as regions
from spheres.training.attestations.queries import Held, ToRenew
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "attestation.typ"
NAME: Final = "attestation.pdf"


def paper(held: Held, *, address: str) -> bytes:
    """As a PDF tagged for screen readers, in the language of whoever was trained."""
    with translation.override(held.row.language):
        return documents.typeset(said(held, address=address), PAPER)


def said(held: Held, *, address: str) -> dict[str, Any]:
    """Who, in what, when, until when; and where anybody sees whether it is valid."""
    row = held.row
    lines = [_("Training of %(day)s") % {"day": moments.day(row.taken_on)}]
    if held.topic:
        lines.append(_length(held.topic.minutes))
    if row.ends_on:
        lines.append(_("Holds until %(day)s") % {"day": moments.day(row.ends_on)})
    else:
        lines.append(_("Does not lapse"))
    return {
        "title": _("Attestation of training"),
        "language": row.language,
        "about": regions.region().programme,
        "given": _("Given to"),
        "name": held.name,
        "from": row.organisation,
        "for": _("who took part in the training"),
        "topic": held.title,
        "lines": lines,
        "number_title": _("Verification number"),
        "number": held.number,
        "check": _(
            "Anybody can see whether it is valid, and nothing more, by typing this number here:"
        ),
        "address": address,
    }


def _length(minutes: int) -> str:
    hours, more = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if more:
        parts.append(_("%(number)s min") % {"number": more})
    return " ".join(parts)


def letter(one: ToRenew, *, programme: str) -> str:
    """A short letter to copy, in the language of whoever receives it. It reproaches nothing."""
    with translation.override(one.language):
        words = {
            "topic": one.topic.title,
            "day": moments.day(one.ends_on),
            "programme": programme,
        }
        return "\n\n".join(
            (
                _("Hello,"),
                _("Your training “%(topic)s” holds until %(day)s.") % words,
                _(
                    "You are invited to renew it. Answer this message, and we will find together "
                    "a date that suits you."
                ),
                _("The coordination, %(programme)s") % words,
            )
        )
