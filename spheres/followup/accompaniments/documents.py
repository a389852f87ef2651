"""What does the person take along, and what is handed to a resource? Neutral sheets of paper."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext

from spheres.directory import facts
from spheres.directory.models import Resource
from spheres.followup.accompaniments.models import Accompaniment, OutgoingReferral
from spheres.records import documents
from spheres.ui import moments

SHEET: Final = documents.PAPER / "sheet.typ"
NAME: Final = "sheet.pdf"


def to_take_along(
    record: Accompaniment, next_step: str, next_on: date | None, resource: Resource | None = None
) -> bytes:
    """The sheet, as a PDF tagged for screen readers."""
    return documents.typeset(taken_along(record, next_step, next_on, resource), SHEET)


def taken_along(
    record: Accompaniment, next_step: str, next_on: date | None, resource: Resource | None = None
) -> dict[str, Any]:
    """What to bring, whom to ask for, how to get there: for her, in «tu», naming nobody.

    Of a resource of the directory, its name, its number and its hours, as they are written there.
    """
    said = record.opened
    step = [line for line in (next_step, moments.day(next_on) if next_on else "") if line]
    parts = [
        (gettext("What you bring"), [line for line in said.papers.splitlines() if line.strip()]),
        (gettext("Where you go"), [*facts.where(resource), said.organisation]),
        (gettext("Whom you ask for"), [said.ask_for]),
        (gettext("How you get there"), [said.travel]),
        (gettext("Your next step"), step),
        (gettext("What you want from it"), [said.aim]),
    ]
    return _said(gettext("To have with you"), parts)


def to_hand_over(referral: OutgoingReferral) -> bytes:
    """The lines that she agreed to, and nothing else: neither the programme nor its name."""
    lines = [line for line in referral.opened.lines.splitlines() if line.strip()]
    said = _said(gettext("Request"), [(referral.opened.to_whom, lines)])
    return documents.typeset(said, SHEET)


def as_words(referral: OutgoingReferral) -> str:
    """The same, as words to copy."""
    return referral.opened.lines + "\n"


def _said(title: str, parts: list[tuple[str, list[str]]]) -> dict[str, Any]:
    shown = [
        {"title": name, "lines": [line for line in lines if line]}
        for name, lines in parts
        if any(lines)
    ]
    return {"title": title, "language": (get_language() or "fr")[:2], "parts": shown}
