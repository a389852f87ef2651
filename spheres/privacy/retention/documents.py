"""How do the letter to the person and the certificate of destruction read on paper?

They name nobody who is accompanied, and say nothing of what was written: a reference, days,
classes, who decided. With a neutral look, not even from which organisation (ADR retention).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts.models import Organisation
from spheres.privacy.retention.queries import Line
from spheres.records import documents
from spheres.regions import queries as regions
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
# After so many days no copy of the keys is left (security.md §4.1; guide of backups).
BACKUPS: Final = 14


def make(kind: str, line: Line, *, language: str, is_neutral: bool) -> bytes:
    """The paper, as a PDF tagged for screen readers, in the reader’s language."""
    with translation.override(language):
        said = letter(line, is_neutral) if kind == LETTER else certificate(line, is_neutral)
        said |= {
            "language": language,
            "footer": _("Confidential · reference %(reference)s")
            % {"reference": documents.reference(line.row.pk)},
        }
        return documents.typeset(said, PAPER)


def letter(line: Line, is_neutral: bool) -> dict[str, Any]:
    """What was decided, why, what it means, what remains, and how to have it looked at again."""
    row = line.row
    assert row.confirmed_at is not None
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
        (_("If you do not agree"), [regions.text("retention.recourse")]),
    ]  # fmt: skip
    return _paper(_("Answer about what was written of you"), line, is_neutral, parts)


def certificate(line: Line, is_neutral: bool) -> dict[str, Any]:
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
                _("In %(days)s days no copy of the keys is left anywhere.") % {"days": BACKUPS},
            ],
        ),
        (_("What remains"), remains()),
    ]
    return _paper(_("Certificate of destruction"), line, is_neutral, parts)


def meaning(way: str) -> list[str]:
    """What destroyed, sealed and kept mean, in honest sentences."""
    return {
        Ending.Exit.DESTROYED: [
            _("Nobody can read it any more: neither us, nor anybody who had our computers."),
            _("It cannot be brought back, even if you ask for it one day."),
            _("In %(days)s days no copy of the keys is left anywhere.") % {"days": BACKUPS},
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
    title: str, line: Line, is_neutral: bool, parts: list[tuple[str, list[str]]]
) -> dict[str, Any]:
    holder = Organisation.objects.get(pk=line.row.organisation_id)
    lines = [_("File of reference %(reference)s")
             % {"reference": documents.reference(line.row.file_id)}]  # fmt: skip
    return {
        "title": title,
        "lines": lines if is_neutral else [holder.name, *lines],
        "parts": [{"title": one, "lines": said} for one, said in parts if said],
    }
