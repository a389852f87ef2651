"""How does her say look on paper, for her? It bears neither her name nor that of the programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.followup.consents.queries import Shared
from spheres.followup.disclosures.saying import Read
from spheres.followup.dossier import journal
from spheres.followup.dossier.opened import Opened
from spheres.followup.dossier.seeing import Seer
from spheres.records import documents
from spheres.ui import moments

NAME: Final = "pages.pdf"


def who(seers: Iterable[Seer]) -> tuple[str, list[str]]:
    lines = [
        line
        for one in seers
        for line in (f"{one.name}, {one.job_title or one.role}, {one.organisation}", _reads(one))
        if line
    ]
    return _("Who can see my file"), lines or [_("Nobody, for now.")]


def _reads(seer: Seer) -> str:
    """What this person reads in their work, as the page says it."""
    if seer.reads is None or seer.passes:
        return ""
    if seer.reads.is_all:
        return _("Reads the whole file, but what is said in psychotherapy and your private pages")
    return _("Reads: %(parts)s") % {"parts": seer.reads.parts}


def shared(stands: Iterable[Shared]) -> tuple[str, list[str]]:
    lines = [
        _("%(who)s, until %(day)s: %(parts)s")
        % {
            "who": one.who,
            "day": moments.day(one.until),
            "parts": journal.parts_of(one.consent.sections),
        }
        for one in stands
    ]
    return _("What I share"), lines or [_("You share nothing with another organisation.")]


def told(lines: Iterable[Read]) -> tuple[str, list[str]]:
    """But what is read only with her, and is never on paper."""
    said = [
        f"{moments.day(one.at)} · {' '.join(one.sentences)}"
        for one in lines
        if not one.is_never_on_paper
    ]
    nothing = _("Nothing was told about you outside, and nothing refused.")
    return _("What was told about me"), said or [nothing]


def opened(found: Opened) -> tuple[str, list[str]]:
    """The last seven days one by one, and how many times in each month before."""
    days = [
        f"{moments.day(day.at)} · {line.last.name}, {line.done}"
        for day in found.days
        for line in day.lines
    ]
    months = [f"{moments.month(month.at)} · {month.said}" for month in found.months]
    return _("Who opened it"), days + months or [_("Nobody, for now.")]


def paper(parts: Sequence[tuple[str, list[str]]], on: date) -> bytes:
    """All of it, as it stands today."""
    said = {
        "title": _("My say, on %(day)s") % {"day": moments.day(on)},
        "language": (get_language() or "fr")[:2],
        "parts": [{"title": title, "lines": lines} for title, lines in parts],
    }
    return documents.typeset(said, documents.PAPER / "sheet.typ")
