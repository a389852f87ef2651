"""How does the notice of a restriction read on paper? What the regulation asks, and nothing more.

R-22.1, r. 1, s. 3: the name and contact of whoever restricts, the provider or the category, a
description of the information, the date, a signature.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.restrictions import standing
from spheres.followup.restrictions.models import Notice, SaidBy
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.queries import Standing
from spheres.participants.queries import Header
from spheres.records import documents, wording
from spheres.records.wording import Paragraph, Words
from spheres.sharing.models import Restriction
from spheres.sharing.rules import NOTES
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "notice.typ"
NAME: Final = "notice.pdf"


def words_of(one: Standing, *, actor: Actor) -> Words:
    """The words of the organisation that stood when the restriction was written."""
    return wording.words(LETTER, actor=actor, at=one.row.taken_at)


def notice(person: Header, one: Standing, words: Words) -> bytes:
    """The notice as a PDF tagged for screen readers; its notice row is open."""
    assert one.notice is not None
    return documents.typeset(said(person, one, one.notice.opened, words), PAPER)


def said(person: Header, one: Standing, told: Any, words: Words) -> dict[str, Any]:
    """Plain and neutral: it says neither why, nor of which programme it is."""
    assert one.notice is not None
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
        (_("What it changes"), words.lines("effects", organisation=person.holder), ""),
        (str(wording.ALSO.title), words.lines("also", organisation=person.holder), ""),
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


def _sample(words: Words) -> bytes:
    """A notice of nobody: an invented day, an invented reference."""
    at = datetime(2026, 3, 2, 15, tzinfo=UTC)
    row = Restriction(
        id=UUID(int=0x1A2B3C4D << 96), faces=[NOTES], starts_at=at, taken_at=at,
    )  # fmt: skip
    kept = Notice(decider=SaidBy.HERSELF, explained_on=date(2026, 3, 2))
    told = {"contact": "", "her_words": "", "signer": ""}
    house = wording.sample_organisation().name
    person = Header(UUID(int=0), _("Camille (invented)"), "", "", "", "", "", house, "", "", "", "")
    who, barred = _("Somebody whom the person names"), Barred(organisation_id=None, role="")
    one = Standing(row, kept, None, who, barred, explained_by="Dominique")
    return documents.typeset(said(person, one, SimpleNamespace(**told), words), PAPER)


# What the regulation lists is said by whoever made the software; what it changes, by those who
# hold to it.
LETTER: Final = wording.Letter(
    "restriction",
    gettext_lazy("Notice of restriction of access"),
    (
        Paragraph(
            "effects",
            gettext_lazy("What it changes"),
            gettext_lazy(
                "What whoever is named no longer sees, what stays, how it is lifted, whom to tell "
                "when it is not held to."
            ),
            ours=(
                gettext_lazy(
                    "Whoever is named above no longer opens this information. It takes nothing "
                    "away from the help that is given, and only a danger to life opens it for an "
                    "hour, with a reason that others review."
                ),
                gettext_lazy(
                    "It is lifted when you say so. If it is not held to, tell the person in charge "
                    "of privacy, or the Commission d’accès à l’information. It is free."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        wording.ALSO,
    ),
    _sample,
    may_be_neutral=False,
)
