"""How do the letter to the person and the certificate of destruction read on paper?

They name nobody who is accompanied, and say nothing of what was written: a reference, days,
classes, who decided. With a neutral look, not even from which organisation (ADR retention).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.privacy.retention.queries import Line
from spheres.records import documents, wording
from spheres.records.wording import Paragraph, Words
from spheres.sharing.models import Ending
from spheres.sharing.models.keeping import Sort
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "letter.typ"
LETTER, CERTIFICATE = "letter", "certificate"
KINDS: Final = (LETTER, CERTIFICATE)
TITLES: Final = {
    LETTER: gettext_lazy("Letter to the person"),
    CERTIFICATE: gettext_lazy("Certificate of destruction"),
}
NAMES: Final = {LETTER: "letter.pdf", CERTIFICATE: "certificate.pdf"}
# After so many days no backup may hold a copy of the keys (security.md §4.1; guide of backups).
BACKUPS: Final = 14


def words_of(kind: str, line: Line, *, actor: Actor) -> Words:
    """The words that stood when it was decided; of a certificate, when it was destroyed."""
    at = line.row.confirmed_at if kind == LETTER else line.row.done_at
    assert at is not None
    return wording.words(LETTERS[kind], actor=actor, at=at)


def make(kind: str, line: Line, words: Words, *, language: str, is_neutral: bool) -> bytes:
    """The paper, as a PDF tagged for screen readers, in the reader’s language."""
    holder = Organisation.objects.get(pk=line.row.organisation_id)
    with translation.override(language):
        return _set(kind, line, words, holder, is_neutral)


def _set(kind: str, line: Line, words: Words, holder: Organisation, is_neutral: bool) -> bytes:
    said = SAYING[kind](line, words, holder, is_neutral)
    said |= {
        "language": (get_language() or "fr")[:2],
        "footer": _("Confidential · reference %(reference)s")
        % {"reference": documents.reference(line.row.pk)},
    }
    return documents.typeset(said, PAPER)


def letter(line: Line, words: Words, holder: Organisation, is_neutral: bool) -> dict[str, Any]:
    """What was decided, why, what it means, what remains, and how to have it looked at again."""
    row = line.row
    assert row.confirmed_at is not None
    stands = {
        "organisation": wording.house(holder.name, is_neutral=is_neutral),
        "day": moments.day(row.confirmed_at),
    }
    decided = {
        Ending.Exit.DESTROYED: _("What is named below is destroyed."),
        Ending.Exit.SEALED: _("What is named below is sealed until %(day)s.")
        % {"day": moments.day(row.until_on) if row.until_on else ""},
        Ending.Exit.KEPT: _("What is named below is kept for now."),
    }[Ending.Exit(row.exit)]
    parts = [
        (_("What was decided"), [decided, *_sorts(line)]),
        (_("Why"), [str(Ending.Why(row.why).label)]),
        (_("What it means"), meaning(row.exit)),
        (_("What remains"), remains() if row.exit == Ending.Exit.DESTROYED else []),
        (_("Who decided"), [_by(line)] if not is_neutral else [_("Two people, on %(day)s.")
            % {"day": moments.day(row.confirmed_at)}]),
        (_("If you do not agree"), words.lines("recourse", **stands)),
        (str(wording.ALSO.title), words.lines("also", **stands)),
    ]  # fmt: skip
    title = _("Answer about what was written of you")
    opening = words.lines("opening", **stands)
    return _paper(title, line, holder, is_neutral, parts, opening)


def certificate(line: Line, words: Words, holder: Organisation, is_neutral: bool) -> dict[str, Any]:
    """Who, when, on which basis, which classes; nothing of what was in them."""
    row = line.row
    assert row.done_at is not None
    parts = [
        (_("What was destroyed"), _sorts(line)),
        (_("When"), [moments.moment(row.done_at)]),
        (_("On which basis"), [str(Ending.Why(row.why).label)]),
        (_("Who decided"), [_by(line)]),
        (
            _("How"),
            [
                _("The keys that opened these texts were destroyed, and the texts erased."),
                backups(),
            ],
        ),
        (_("What remains"), remains()),
        (
            str(wording.ALSO.title),
            words.lines("also", organisation=wording.house(holder.name, is_neutral=is_neutral)),
        ),
    ]
    return _paper(_("Certificate of destruction"), line, holder, is_neutral, parts)


def backups() -> str:
    """What holds of copies of the keys, which an organisation keeps elsewhere, or does not: what
    it must do, never what was done."""
    return _(
        "If a backup holds a copy of the keys, that copy must be gone within %(days)s days."
    ) % {"days": BACKUPS}


def meaning(way: str) -> list[str]:
    """What destroyed, sealed and kept mean, in honest sentences."""
    return {
        Ending.Exit.DESTROYED: [
            _("Nobody can read it any more: neither us, nor anybody who had our computers."),
            _("It cannot be brought back, even if you ask for it one day."),
            backups(),
        ],
        Ending.Exit.SEALED: [
            _("It still exists, and none of our workers can read it."),
            _("It opens again only if a law asks for it, or if you ask, and two people agree."),
            _("That day, two people decide again what becomes of it."),
        ],
        Ending.Exit.KEPT: [
            _("It stays as it is, for those who may read it today."),
            _("When its time is over, two people decide what becomes of it."),
        ],
    }[Ending.Exit(way)]


def remains() -> list[str]:
    """What a destruction leaves, said before anybody asks."""
    return [
        _("That a file existed, under a reference without a name, and the day it was destroyed."),
        _("Who opened it and when, without what was in it."),
        _("Numbers in which nobody can be recognised."),
        _("What was already handed over to others, which they keep by their own rules."),
    ]


def _sorts(line: Line) -> list[str]:
    return [f"– {Sort(sort).label}" for sort in line.row.sorts]


def _by(line: Line) -> str:
    assert line.row.confirmed_at is not None
    return _("%(first)s, then %(second)s, on %(day)s.") % {
        "first": line.proposed,
        "second": line.confirmed,
        "day": moments.day(line.row.confirmed_at),
    }


def _paper(
    title: str,
    line: Line,
    holder: Organisation,
    is_neutral: bool,
    parts: list[tuple[str, list[str]]],
    opening: Sequence[str] = (),
) -> dict[str, Any]:
    lines = [_("File of reference %(reference)s")
             % {"reference": documents.reference(line.row.file_id)}, *opening]  # fmt: skip
    return {
        "title": title,
        "lines": lines if is_neutral else [holder.name, *lines],
        "parts": [{"title": one, "lines": said} for one, said in parts if said],
    }


def sample_line() -> Line:
    """A decision of nobody: invented days, names and references."""
    at = datetime(2026, 3, 2, 15, tzinfo=UTC)
    row = Ending(
        id=UUID(int=0x1A2B3C4D << 96), file_id=UUID(int=0x5E6F7A8B << 96),
        sorts=[Sort.FOLLOW_UP], exit=Ending.Exit.DESTROYED, why=Ending.Why.REQUEST,
        confirmed_at=at, done_at=at,
    )  # fmt: skip
    return Line(row, "Camille", "Dominique")


def _sample(kind: str) -> Callable[[Words], bytes]:
    def draw(words: Words) -> bytes:
        holder = wording.sample_organisation()
        return _set(kind, sample_line(), words, holder, is_neutral=False)

    return draw


# Which of their paragraphs an organisation words itself. What a decision did, and what it means, is
# said by whoever made the software: it alone knows.
LETTERS: Final = {
    LETTER: wording.Letter(
        "retention",
        gettext_lazy("Letter: what becomes of what was written"),
        (
            Paragraph(
                "opening",
                gettext_lazy("First words"),
                gettext_lazy("Before what was decided. Often nothing."),
                places=wording.ORGANISATION,
                is_required=False,
            ),
            Paragraph(
                "recourse",
                gettext_lazy("If you do not agree"),
                gettext_lazy("To whom the person turns, by when, and who may help them."),
                ours=(
                    gettext_lazy(
                        "You may ask the Commission d’accès à l’information to review this "
                        "decision, in writing, within the next 30 days. It is free. The person in "
                        "charge of privacy, or somebody you choose, may help you write it."
                    ),
                ),
                places={
                    **wording.ORGANISATION,
                    "day": gettext_lazy("the day on which it was decided"),
                },
            ),
            wording.ALSO,
        ),
        _sample(LETTER),
    ),
    CERTIFICATE: wording.Letter(
        "destroyed", TITLES[CERTIFICATE], (wording.ALSO,), _sample(CERTIFICATE)
    ),
}
SAYING: Final = {LETTER: letter, CERTIFICATE: certificate}
