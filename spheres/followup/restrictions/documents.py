"""How does the notice of a restriction, or of a refusal, read on paper? What the regulation asks,
and nothing more.

R-22.1, r. 1, s. 3: the name and contact of whoever restricts, the provider or the category, a
description of the information, the date, a signature; s. 5, of a refusal: to whom, or the themes.
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
from spheres.followup.restrictions.models import Notice, Refusal, SaidBy
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.queries import ANY_THEME, Refused, Standing
from spheres.participants.queries import Header
from spheres.records import documents, wording
from spheres.records.wording import Paragraph, Words
from spheres.sharing.models import Restriction
from spheres.sharing.rules import NOTES
from spheres.ui import moments

Part = tuple[str, list[str], str]  # a title, what it says, a line to fill
PAPER: Final = Path(__file__).parent / "paper" / "notice.typ"
NAME: Final = "notice.pdf"


def words_of(one: Standing, *, actor: Actor) -> Words:
    """The words of the organisation that stood when the restriction was written."""
    return wording.words(LETTER, actor=actor, at=one.row.taken_at)


def words_of_refusal(one: Refused, *, actor: Actor) -> Words:
    """The same, of what was refused."""
    return wording.words(LETTER_OF_REFUSAL, actor=actor, at=one.notice.written_at)


def refusal_notice(person: Header, one: Refused, words: Words) -> bytes:
    """The notice of what she refuses, as a PDF tagged for screen readers; its row is open."""
    return documents.typeset(refused(person, one, one.notice.opened, words), PAPER)


def notice(person: Header, one: Standing, words: Words) -> bytes:
    """The notice as a PDF tagged for screen readers; its notice row is open."""
    assert one.notice is not None
    return documents.typeset(said(person, one, one.notice.opened, words), PAPER)


def said(person: Header, one: Standing, told: Any, words: Words) -> dict[str, Any]:
    """Plain and neutral: it says neither why, nor of which programme it is."""
    assert one.notice is not None
    parts = [
        (_("Who restricts"), [person.name], _("Name in full:")),
        _answering(told),
        (_("Who must not see"), [one.who], ""),
        (_("What they must not see"), [standing.parts_of(one.row.faces), told.her_words], ""),
        (_("Since when"), [moments.day(one.row.starts_at)], ""),
        (_("Held by"), [person.holder], ""),
        *_explained(person, one.notice, one.explained_by, told, words),
    ]
    return _page(
        _("Notice of restriction of access"),
        _(
            "Act respecting health and social services information (R-22.1), section 7: whoever is "
            "concerned restricts the access of a named provider or category to information about "
            "them. It is in force from the moment it is written, and lifted when they say so."
        ),
        parts,
        signed_by(one.notice.decider, _("Signature of the person who restricts")),
        one.row.pk,
    )


def refused(person: Header, one: Refused, told: Any, words: Words) -> dict[str, Any]:
    """The same of what she refuses at once: each thing, in the words of her page."""
    parts = [
        (_("Who refuses"), [person.name], _("Name in full:")),
        _answering(told),
        (_("What is refused"), [standing.refused(each) for each in one.refusals], ""),
        (_("Since when"), [moments.day(one.notice.written_at)], ""),
        (_("Held by"), [person.holder], ""),
        *_explained(person, one.notice, one.explained_by, told, words),
    ]
    return _page(
        _("Notice of refusal of access"),
        _(
            "Act respecting health and social services information (R-22.1), section 8: whoever is "
            "concerned refuses that certain persons, or certain research, have access to "
            "information about them. It is in force from the moment it is written, and taken back "
            "when they say so."
        ),
        parts,
        signed_by(one.notice.decider, _("Signature of the person who refuses")),
        one.notice.pk,
    )


def signed_by(decider: str, herself: str) -> str:
    """Beside which words does whoever decided sign?"""
    signs = {
        SaidBy.PARENT: _("Signature of the person having parental authority"),
        SaidBy.TUTOR: _("Signature of the tutor"),
    }
    return signs.get(SaidBy(decider), herself)


def _answering(told: Any) -> Part:
    blank = "" if told.contact else _("To be filled, or left:")
    return (_("How to answer them"), [told.contact], blank)


def _explained(
    person: Header, kept: Notice, explained_by: str, told: Any, words: Words
) -> list[Part]:
    day = moments.day(kept.explained_on)
    by = _("%(name)s, on %(day)s") % {"name": explained_by, "day": day}
    return [
        (_("The effects were explained by"), [by], ""),
        (_("Who signs with them"), [told.signer], ""),
        (_("What it changes"), words.lines("effects", organisation=person.holder), ""),
        (str(wording.ALSO.title), words.lines("also", organisation=person.holder), ""),
    ]


def _page(title: str, about: str, parts: list[Part], signs: str, number: UUID) -> dict[str, Any]:
    return {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "about": about,
        "parts": [
            {"title": title, "lines": [line for line in lines if line], "blank": blank}
            for title, lines, blank in parts
            if blank or any(lines)
        ],
        "signs": [signs, _("Date")],
        "footer": _("Confidential · reference %(reference)s")
        % {"reference": documents.reference(number)},
    }


def _sample(words: Words) -> bytes:
    """A notice of nobody: an invented day, an invented reference."""
    at = datetime(2026, 3, 2, 15, tzinfo=UTC)
    row = Restriction(
        id=UUID(int=0x1A2B3C4D << 96), faces=[NOTES], starts_at=at, taken_at=at,
    )  # fmt: skip
    kept = Notice(decider=SaidBy.HERSELF, explained_on=date(2026, 3, 2))
    told = {"contact": "", "her_words": "", "signer": ""}
    person = _nobody()
    who, barred = _("Somebody whom the person names"), Barred(organisation_id=None, role="")
    one = Standing(row, kept, None, who, barred, explained_by="Dominique")
    return documents.typeset(said(person, one, SimpleNamespace(**told), words), PAPER)


def _sample_of_refusal(words: Words) -> bytes:
    at = datetime(2026, 3, 2, 15, tzinfo=UTC)
    kept = Notice(
        id=UUID(int=0x1A2B3C4D << 96), decider=SaidBy.HERSELF, explained_on=date(2026, 3, 2),
        written_at=at,
    )  # fmt: skip
    rows = [Refusal(kind=Refusal.Kind.RESEARCH, code=ANY_THEME)]
    told = SimpleNamespace(contact="", signer="")
    one = Refused(kept, rows, "Dominique")
    return documents.typeset(refused(_nobody(), one, told, words), PAPER)


def _nobody() -> Header:
    house = wording.sample_organisation().name
    return Header(UUID(int=0), _("Camille (invented)"), "", "", "", "", "", house, "", "", "", "")


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
LETTER_OF_REFUSAL: Final = wording.Letter(
    "refusal",
    gettext_lazy("Notice of refusal of access"),
    (
        Paragraph(
            "effects",
            gettext_lazy("What it changes"),
            gettext_lazy(
                "Who is told nothing, what no longer goes to research, what stays, how it is taken "
                "back, whom to tell when it is not held to."
            ),
            ours=(
                gettext_lazy(
                    "Nothing of you is said to these relatives, and nothing of yours goes to this "
                    "research. It takes nothing away from the help that is given. What the law "
                    "obliges us to say is said to you first, whenever that is safe."
                ),
                gettext_lazy(
                    "It is taken back when you say so. If it is not held to, tell the person in "
                    "charge of privacy, or the Commission d’accès à l’information. It is free."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        wording.ALSO,
    ),
    _sample_of_refusal,
    may_be_neutral=False,
)
