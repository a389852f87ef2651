"""How do the letters of a request look, and the copy that is handed over?

No letter names the person it speaks of, nor the programme. Of a request about somebody who is
followed here, and about somebody who is not, the acknowledgement is the same, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.privacy.access_requests import laws
from spheres.privacy.access_requests.models import Decision, Ground, Outcome, Wish
from spheres.privacy.access_requests.policy import Clock
from spheres.privacy.access_requests.queries import Asked, Received
from spheres.records import documents, wording
from spheres.records.between.together import Copied, CopiedRegister
from spheres.records.wording import Paragraph, Words
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


def received_words(head: Letterhead, *, actor: Actor) -> Words:
    """Those that stood as the day of the request began: whoever makes the acknowledgement, from
    the letter that arrived or from the file that it speaks of, it is the same."""
    at = moments.moment_of(head.received_on, time(0))
    return wording.words(RECEIVED, actor=actor, at=at)


def answer_words(at: datetime, *, actor: Actor) -> Words:
    """Those that stood when it was answered."""
    return wording.words(ANSWERED, actor=actor, at=at)


def acknowledgement(head: Letterhead, words: Words) -> bytes:
    """That it was received, until when it is answered, and what to do if it is not."""
    clock = Clock(head.due_on)
    stands = _stands(head)
    until = words.lines("delay", until=moments.day(head.due_on), **stands)
    if clock.is_holiday:
        until.append(
            _("Nobody works here that day: the last working day before it is %(day)s.")
            % {"day": moments.day(clock.works_on)}
        )
    until += words.lines("silence", **stands)
    parts: list[Part] = [
        (_("What you ask"), [str(laws.ASKED[head.wish])]),
        (_("When you have an answer"), until),
        (
            _("What this letter says, and does not"),
            words.lines("limits", **stands),
        ),
        (_("The law"), [laws.articles(head.organisation.regime, head.wish)]),
    ]
    return _letter(head, _("Your request was received"), parts, words)


def decision(head: Letterhead, answer: Decision, words: Words) -> bytes:
    """What is answered, why, on which articles, and to whom to turn; opened already."""
    if answer.ground == Ground.UNSAID:
        return confirming_nothing(head, words)
    said = laws.CORRECTED if head.wish == Wish.RECTIFY else laws.ANSWERS
    parts: list[Part] = [
        (_("What you asked"), [str(laws.ASKED[head.wish])]),
        (_("Our answer"), [str(said[answer.outcome]), *_until_when(answer)]),
    ]
    if answer.outcome != Outcome.WITHDRAWN:
        why = [str(laws.BECAUSE[answer.ground])] if answer.ground else []
        if reasons := answer.opened.reasons:
            why += reasons.split("\n")
        if why:
            parts.append((_("Why"), why))
        if head.wish == Wish.RECTIFY:
            parts.append((_("What the person says"), [str(laws.COMMENT_STAYS)]))
        parts += _law_and_recourse(head, words)
    return _letter(head, _("Answer to your request"), parts, words)


def confirming_nothing(head: Letterhead, words: Words) -> bytes:
    """The answer that says the same whether anything is held here or not."""
    parts: list[Part] = [
        (_("What you asked"), [str(laws.ASKED[head.wish])]),
        (_("Our answer"), words.lines("nothing", **_stands(head))),
        *_law_and_recourse(head, words),
    ]
    return _letter(head, _("Answer to your request"), parts, words)


def _until_when(answer: Decision) -> list[str]:
    if answer.look_again_on is None:
        return []
    return [
        _("It is looked at again on %(day)s, without your asking.")
        % {"day": moments.day(answer.look_again_on)}
    ]


def _law_and_recourse(head: Letterhead, words: Words) -> list[Part]:
    return [
        (_("The law"), [laws.articles(head.organisation.regime, head.wish)]),
        (_("If you do not agree"), words.lines("recourse", **_stands(head))),
    ]


def _stands(head: Letterhead) -> dict[str, str]:
    """What stands in the places of every paragraph."""
    return {"organisation": wording.house(head.organisation.name, is_neutral=head.is_neutral)}


def _letter(head: Letterhead, title: str, parts: Sequence[Part], words: Words) -> bytes:
    officer = (
        head.organisation.privacy_officer_en
        if get_language() == "en"
        else head.organisation.privacy_officer_fr
    )
    # With a neutral look, a letter left on a table says nothing of where it comes from.
    lines = [] if head.is_neutral else [head.organisation.name, officer]
    also = words.lines("also", **_stands(head))
    lines.append(
        _("Request received on %(day)s, reference %(reference)s")
        % {"day": moments.day(head.received_on), "reference": head.reference}
    )
    said: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "lines": lines,
        "to": _("To:"),
        "parts": [
            {"title": term, "lines": lines}
            for term, lines in (*parts, (str(wording.ALSO.title), also))
            if lines
        ],
        "signs": [_("The person in charge of the protection of personal information"), _("Date")],
        "small": str(laws.NOT_ADVICE),
        "footer": _("Confidential · reference %(reference)s") % {"reference": head.reference},
    }
    return documents.typeset(said, PAPER)


def copy(
    texts: Sequence[Copied],
    registers: Sequence[CopiedRegister] | None,
    *,
    is_neutral: bool,
    left_out: int,
) -> bytes:
    """The texts, the newest first, without a character of what is hidden, then her registers; on
    plain sheets."""
    parts = [
        {"title": f"{one.title}, {moments.day(one.at)}", "lines": lines}
        for one in texts
        if (lines := _lines(one, names=not is_neutral))
    ]
    if left_out:
        parts.append({"title": _("What is not in this copy"), "lines": [_left_out(left_out)]})
    parts += [
        {
            "title": one.title,
            "lines": [
                f"{_titled(moments.day(line.at))}{' '.join(line.sentences)}" for line in one.lines
            ],
        }
        for one in registers or ()
        if one.lines and not is_neutral
    ]
    if apart := _apart(registers, is_neutral=is_neutral):
        parts.append({"title": _("Your registers"), "lines": [apart]})
    nothing = {"title": _("Until today"), "lines": [_("Nothing is written here yet.")]}
    said = {
        "title": _("What is written"),
        "language": (get_language() or "fr")[:2],
        "parts": parts or [nothing],
    }
    return documents.typeset(said, documents.PAPER / "sheet.typ")


def _apart(registers: Sequence[CopiedRegister] | None, *, is_neutral: bool) -> str:
    """What of hers is not on these sheets: a seat does not read it, or it would say who works
    where; nothing of it in the copy of another."""
    if registers is None:
        return _(
            "How you are reached, your notebook and your registers are not on these sheets. You "
            "can read them with your worker."
        )
    if registers and is_neutral:
        return _(
            "Your registers name people and places: they are not on plain sheets. You can read "
            "them with your worker."
        )
    return ""


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


def _sample_head() -> Letterhead:
    """A request of nobody: invented days and reference."""
    organisation = wording.sample_organisation()
    asked, due = date(2026, 3, 2), date(2026, 4, 1)
    return Letterhead(UUID(int=0x1A2B3C4D << 96), Wish.COPY, asked, due, False, organisation)


def _sample(make: Callable[[Letterhead, Words], bytes]) -> Callable[[Words], bytes]:
    return lambda words: make(_sample_head(), words)


# Which of their paragraphs an organisation words itself. The request, the answer and its articles
# are said as the law and the file make them.
RECEIVED: Final = wording.Letter(
    "received",
    gettext_lazy("Letter: a request was received"),
    (
        Paragraph(
            "delay",
            gettext_lazy("When you have an answer"),
            gettext_lazy("By when the request is answered."),
            ours=(gettext_lazy("We answer in writing by {until} at the latest."),),
            places={**wording.ORGANISATION, "until": gettext_lazy("the last day to answer")},
            asked=("until",),
        ),
        Paragraph(
            "silence",
            gettext_lazy("Without an answer"),
            gettext_lazy("What the person may do when that day has passed."),
            ours=(
                gettext_lazy(
                    "Without an answer by then, it counts as a refusal, and you may ask the "
                    "Commission d’accès à l’information to review it."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        Paragraph(
            "limits",
            gettext_lazy("What this letter says, and does not"),
            gettext_lazy(
                "The same letter goes to whoever asks: it must not say whether a file is held."
            ),
            ours=(
                gettext_lazy(
                    "It says that your request was received. It does not say whether we hold "
                    "information about anybody: the same letter is sent to whoever asks."
                ),
                gettext_lazy(
                    "Before anything is given, we check who asks, and by what right; from 14, the "
                    "person themselves is consulted."
                ),
            ),
            places=wording.ORGANISATION,
        ),
        wording.ALSO,
    ),
    _sample(acknowledgement),
)
ANSWERED: Final = wording.Letter(
    "answer",
    gettext_lazy("Letter: the answer to a request"),
    (
        Paragraph(
            "nothing",
            gettext_lazy("An answer that confirms nothing"),
            gettext_lazy(
                "Sent when even saying that a file is held could harm somebody: it is the same "
                "whether one is, or not."
            ),
            ours=(laws.NOTHING_CONFIRMED,),
            places=wording.ORGANISATION,
        ),
        Paragraph(
            "recourse",
            gettext_lazy("If you do not agree"),
            gettext_lazy("To whom the person turns, by when, and who may help them."),
            ours=laws.RECOURSE,
            places=wording.ORGANISATION,
        ),
        wording.ALSO,
    ),
    _sample(confirming_nothing),
)
LETTERS: Final = (RECEIVED, ANSWERED)
