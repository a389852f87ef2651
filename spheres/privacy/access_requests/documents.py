"""How do the letters of a request look, and the copy that is handed over?

No letter names the person it speaks of, nor the programme. Of a request about somebody who is
followed here, and about somebody who is not, the acknowledgement is the same, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.privacy.access_requests import laws
from spheres.privacy.access_requests.models import Decision, Ground, Outcome, Wish
from spheres.privacy.access_requests.queries import Asked, Clock, Received
from spheres.records import documents
from spheres.records.together import Copied
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "letter.typ"
Part = tuple[str, list[str]]


@dataclass(frozen=True)
class Letterhead:
    """What a letter needs to know: which request, asked when, answered by whom; nobody’s name."""

    id: UUID
    wish: str
    received_on: date
    due_on: date
    is_neutral: bool
    organisation: Organisation

    @property
    def reference(self) -> str:
        return documents.reference(self.id)


def of_request(asked: Asked, organisation: Organisation) -> Letterhead:
    """That of a request; of one that came by letter, the letter’s own: it was sent already."""
    row = asked.row
    return Letterhead(
        row.letter_id or row.pk, row.wish, row.received_on, row.due_on, row.is_neutral, organisation
    )


def of_letter(received: Received, organisation: Organisation) -> Letterhead:
    row = received.row
    return Letterhead(row.pk, row.wish, row.received_on, row.due_on, row.is_neutral, organisation)


def acknowledgement(head: Letterhead) -> bytes:
    """That it was received, until when it is answered, and what to do if it is not."""
    clock = Clock(head.due_on)
    until = [
        _("We answer in writing by %(day)s at the latest.") % {"day": moments.day(head.due_on)}
    ]
    if clock.is_holiday:
        until.append(
            _("Nobody works here that day: the last working day before it is %(day)s.")
            % {"day": moments.day(clock.works_on)}
        )
    until.append(
        _(
            "Without an answer by then, it counts as a refusal, and you may ask the Commission "
            "d’accès à l’information to review it."
        )
    )
    parts: list[Part] = [
        (_("What you ask"), [str(laws.ASKED[head.wish])]),
        (_("When you have an answer"), until),
        (
            _("What this letter says, and does not"),
            [
                _(
                    "It says that your request was received. It does not say whether we hold "
                    "information about anybody: the same letter is sent to whoever asks."
                ),
                _(
                    "Before anything is given, we check who asks, and by what right; from 14, the "
                    "person themselves is consulted."
                ),
            ],
        ),
        (_("The law"), [laws.articles(head.organisation.regime, head.wish)]),
    ]
    return _letter(head, _("Your request was received"), parts)


def decision(head: Letterhead, answer: Decision) -> bytes:
    """What is answered, why, on which articles, and to whom to turn; opened already."""
    if answer.ground == Ground.UNSAID:
        return confirming_nothing(head)
    said = laws.CORRECTED if head.wish == Wish.RECTIFY else laws.ANSWERS
    parts: list[Part] = [
        (_("What you asked"), [str(laws.ASKED[head.wish])]),
        (_("Our answer"), [str(said[answer.outcome]), *_until_when(answer)]),
    ]
    if answer.outcome != Outcome.WITHDRAWN:
        why = [str(laws.BECAUSE[answer.ground])] if answer.ground else []
        if words := answer.opened.reasons:
            why += words.split("\n")
        if why:
            parts.append((_("Why"), why))
        if head.wish == Wish.RECTIFY:
            parts.append((_("What the person says"), [str(laws.COMMENT_STAYS)]))
        parts += _law_and_recourse(head)
    return _letter(head, _("Answer to your request"), parts)


def confirming_nothing(head: Letterhead) -> bytes:
    """The answer that says the same whether anything is held here or not."""
    parts: list[Part] = [
        (_("What you asked"), [str(laws.ASKED[head.wish])]),
        (_("Our answer"), [str(laws.NOTHING_CONFIRMED)]),
        *_law_and_recourse(head),
    ]
    return _letter(head, _("Answer to your request"), parts)


def _until_when(answer: Decision) -> list[str]:
    if answer.look_again_on is None:
        return []
    return [
        _("It is looked at again on %(day)s, without your asking.")
        % {"day": moments.day(answer.look_again_on)}
    ]


def _law_and_recourse(head: Letterhead) -> list[Part]:
    return [
        (_("The law"), [laws.articles(head.organisation.regime, head.wish)]),
        (_("If you do not agree"), [str(line) for line in laws.RECOURSE]),
    ]


def _letter(head: Letterhead, title: str, parts: Sequence[Part]) -> bytes:
    officer = (
        head.organisation.privacy_officer_en
        if get_language() == "en"
        else head.organisation.privacy_officer_fr
    )
    # With a neutral look, a letter left on a table says nothing of where it comes from.
    lines = [] if head.is_neutral else [head.organisation.name, officer]
    lines.append(
        _("Request received on %(day)s, reference %(reference)s")
        % {"day": moments.day(head.received_on), "reference": head.reference}
    )
    said: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "lines": lines,
        "to": _("To:"),
        "parts": [{"title": term, "lines": words} for term, words in parts],
        "signs": [_("The person in charge of the protection of personal information"), _("Date")],
        "small": str(laws.NOT_ADVICE),
        "footer": _("Confidential · reference %(reference)s") % {"reference": head.reference},
    }
    return documents.typeset(said, PAPER)


def copy(texts: Sequence[Copied], *, is_neutral: bool, left_out: int) -> bytes:
    """The texts, the newest first, without a character of what is hidden; on plain sheets."""
    parts = [
        {"title": f"{one.title}, {moments.day(one.at)}", "lines": lines}
        for one in texts
        if (lines := _lines(one, names=not is_neutral))
    ]
    if left_out:
        parts.append({"title": _("What is not in this copy"), "lines": [_left_out(left_out)]})
    nothing = {"title": _("Until today"), "lines": [_("Nothing is written here yet.")]}
    said = {
        "title": _("What is written"),
        "language": (get_language() or "fr")[:2],
        "parts": parts or [nothing],
    }
    return documents.typeset(said, documents.PAPER / "sheet.typ")


def _left_out(number: int) -> str:
    return ngettext(
        "%(number)s text is left out. The letter says why, and to whom to turn.",
        "%(number)s texts are left out. The letter says why, and to whom to turn.",
        number,
    ) % {"number": number}


def _lines(one: Copied, *, names: bool) -> list[str]:
    lines = [_("Written by %(name)s") % {"name": one.author}] if names and one.author else []
    for _code, title, pieces in one.texts:
        words = " ".join(" ".join((reason, words)).strip() for words, reason in pieces)
        lines.append(f"{_titled(title)}{words}")
    lines += [f"{_titled(_('What you say of it'))}{words}" for _at, words in one.comments]
    return lines


def _titled(title: str) -> str:
    return _("%(title)s: ") % {"title": title} if title else ""
