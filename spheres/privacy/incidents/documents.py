"""How do the register and its notices read on paper? What the regulations ask, and nothing more.

A-2.1, r. 3.1, ss. 3 to 7; R-22.1, r. 1, ss. 11 to 15. The product sends none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.privacy.incidents import saying
from spheres.privacy.incidents.models import Addition, Step
from spheres.privacy.incidents.queries import Beside, Entry
from spheres.records import documents, wording
from spheres.records.wording import Paragraph, Words
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "incident.typ"
Item, Kind = Addition.Item, Step.Kind
LETTER: Final = "LETTER"
NOTICE: Final = "NOTICE"
LAWS: Final = {
    Organisation.Regime.HEALTH: {"act": "R-22.1", "section": "108"},
    Organisation.Regime.PUBLIC: {"act": "A-2.1", "section": "63.8"},
    Organisation.Regime.PRIVATE: {"act": "P-39.1", "section": "3.5"},
}


@dataclass(frozen=True)
class Paper:
    """A paper that may be made of an entry: its code, and what its button says."""

    code: str
    label: str


def papers(entry: Entry) -> list[Paper]:
    """The notices of the organisation's regime; the letter, once it is written."""
    found = [Paper(kind, str(kind.label)) for kind in entry.to]
    if entry.of(Item.LETTER):
        found.append(Paper(LETTER, _("Letter to the persons concerned")))
    return found


def register(entries: list[Entry], organisation: str, *, today: date) -> bytes:
    """Every entry with its eight items, as they stand, each addition with its day."""
    parts: list[dict[str, Any]] = []
    for entry in entries:
        first = [saying.known(entry, today), saying.stands(entry, today)]
        parts.append({"title": _title(entry), "level": 2, "lines": first})
        parts += [
            {"title": str(code.label), "level": 3, "lines": _dated(entry, code)}
            for code in _eight()
        ]
    if not parts:
        nothing = _("No incident was told.")
        parts = [{"title": _("Until today"), "level": 2, "lines": [nothing]}]
    about = _(
        "%(organisation)s. As it stands on %(day)s. Each entry is kept at least five years after "
        "the organisation became aware of it; nothing in it is edited: what is added is dated."
    ) % {"organisation": organisation, "day": moments.day(today)}
    return _paper(_("Register of confidentiality incidents"), about, parts, "", [])


def notice(entry: Entry, code: str, words: Words, *, today: date) -> bytes:
    """One notice, item by item, as the regulations list them; what is missing is left to fill."""
    if code == LETTER:
        return _letter(entry.of(Item.LETTER)[-1].opened.words, entry.organisation, words)
    organisation = entry.organisation
    officer = saying.in_language(organisation.privacy_officer_en, organisation.privacy_officer_fr)
    persons = entry.persons
    told = [
        line for one in entry.steps if one.kind in {Kind.PERSONS, Kind.PUBLIC, Kind.WAIT}
        for line in saying.step_lines(one)
    ]  # fmt: skip
    parts = [
        _part(
            _("Organisation"),
            [organisation.name],
            blank=_("Québec enterprise number (NEQ), if any:"),
        ),
        _part(_("Whom to reach about it"), [officer], blank=_("Name, telephone, address:")),
        _part(Item.DESCRIPTION.label, _plain(entry, Item.DESCRIPTION)),
        _part(_("What happened, and its cause when it is known"),
              _plain(entry, Item.CIRCUMSTANCES)),
        _part(Item.WHEN.label, _plain(entry, Item.WHEN)),
        _part(Item.AWARE.label, [moments.day(entry.aware_on)]),
        _part(_("How many persons are concerned, and how many live in Québec"),
              saying.figures(persons) if persons else []),
        _part(_("What leads to conclude that there is a risk of serious injury"),
              _newest_reasons(entry)),
        _part(_("How and when the persons are told"), told),
        _part(_("What was done, or will be, so that nobody is harmed and it does not happen again"),
              _plain(entry, Item.MEASURES)),
        _part(_("Others notified outside Québec, if any"), []),
        *_worded(words, organisation.name),
    ]  # fmt: skip
    to = Kind(code).label
    law = LAWS[Organisation.Regime(organisation.regime)]
    about = _(
        "%(act)s, section %(section)s. Prepared on %(day)s, to be sent by the organisation’s own "
        "means. What is not known yet is left to fill, and completed later. Not legal advice."
    ) % {**law, "day": moments.day(today)}
    return _paper(str(to), about, parts, documents.reference(entry.row.pk), [_("Signature")])


def letter(one: Beside, words: Words, *, is_neutral: bool) -> bytes:
    """What a person is told, on plain paper, in the words that their organisation chose."""
    assert one.letter is not None
    return _letter(one.letter.opened.words, one.organisation, words, is_neutral=is_neutral)


def _letter(
    written: str, organisation: Organisation, words: Words, *, is_neutral: bool = False
) -> bytes:
    """It may lie on a table: it names nobody, and nothing of the programme; with a neutral look,
    not even whom it comes from, and whom to ask is written by hand."""
    officer = saying.in_language(organisation.privacy_officer_en, organisation.privacy_officer_fr)
    parts = [
        _part(_("What we have to tell you"), written.split("\n\n")),
        _part(_("Whom to ask"), [] if is_neutral else [f"{organisation.name} · {officer}"],
              blank=_("Telephone:")),
        *_worded(words, wording.house(organisation.name, is_neutral=is_neutral)),
    ]  # fmt: skip
    return _paper(_("About information that concerns you"), "", parts, "", [])


def words_to(code: str, entry: Entry, *, actor: Actor, at: datetime) -> Words:
    """Those of a notice as it is drawn; of the letter, those that stood when it was written."""
    if code == LETTER:
        return words_of(entry.of(Item.LETTER)[-1], actor=actor)
    return wording.words(LETTERS[NOTICE], actor=actor, at=at)


def words_of(row: Addition, *, actor: Actor) -> Words:
    return wording.words(LETTERS[LETTER], actor=actor, at=row.told_at)


def _worded(words: Words, organisation: str) -> list[dict[str, Any]]:
    """The paragraphs that an organisation words itself, where they say something."""
    return [
        _part(one.title, lines)
        for one in words.letter.paragraphs
        if (lines := words.lines(one.code, organisation=organisation))
    ]


def _eight() -> tuple[Addition.Item, ...]:
    return tuple(item for item in Item if item != Item.LETTER)


def _title(entry: Entry) -> str:
    return _("Entry %(reference)s") % {"reference": documents.reference(entry.row.pk)}


def _dated(entry: Entry, code: Addition.Item) -> list[str]:
    """Each thing that was said, with its day; who said it stays in the house."""
    said = [
        _("Noted on %(day)s: %(words)s")
        % {"day": moments.day(one.on), "words": " · ".join(one.lines)}
        for one in saying.item(entry, code).said
    ]
    return said or [_("Nothing yet.")]


def _plain(entry: Entry, code: Addition.Item) -> list[str]:
    return [line for one in saying.item(entry, code).said for line in one.lines]


def _newest_reasons(entry: Entry) -> list[str]:
    newest = entry.assessment
    return saying.reasons(newest) if newest else []


def _part(title: Any, lines: list[str], *, blank: str = "") -> dict[str, Any]:
    """A titled part; with nothing in it, a line to fill by hand."""
    to_fill = blank or ("" if lines else _("To be filled:"))
    return {"title": str(title), "level": 2, "lines": lines, "blank": to_fill}


def _paper(
    title: str, about: str, parts: list[dict[str, Any]], reference: str, signs: list[str]
) -> bytes:
    footer = (
        _("Confidential · reference %(reference)s") % {"reference": reference} if reference else ""
    )
    said: dict[str, Any] = {
        "title": title,
        "language": (get_language() or "fr")[:2],
        "about": about,
        "parts": [{"blank": "", **part} for part in parts],
        "signs": [*signs, _("Date")] if signs else [],
        "footer": footer,
    }
    return documents.typeset(said, PAPER)


def _sample_notice(words: Words) -> bytes:
    """Of no incident: each item is left to fill, then what the organisation says."""
    organisation = wording.sample_organisation()
    parts = [_part(item.label, []) for item in _eight()]
    parts += _worded(words, organisation.name)
    return _paper(str(Kind.CAI.label), "", parts, "", [_("Signature")])


def _sample_letter(words: Words) -> bytes:
    written = _("Here stands what your organisation writes to each person.")
    return _letter(written, wording.sample_organisation(), words)


# What the regulations list is said by whoever made the software, and what happened by whoever keeps
# the register: the rest is the organisation's.
LETTERS: Final = {
    NOTICE: wording.Letter(
        "incident_notice",
        gettext_lazy("Notice of a confidentiality incident"),
        (wording.ALSO,),
        _sample_notice,
        may_be_neutral=False,
    ),
    LETTER: wording.Letter(
        "incident",
        gettext_lazy("Letter to the persons concerned by an incident"),
        (
            Paragraph(
                "recourse",
                gettext_lazy("What you may do"),
                gettext_lazy("To whom the person turns, and who may help them."),
                ours=(
                    gettext_lazy(
                        "You may ask us everything you want to know about it. You may also turn to "
                        "the Commission d’accès à l’information: it is free, and somebody you "
                        "choose may help you."
                    ),
                ),
                places=wording.ORGANISATION,
            ),
            wording.ALSO,
        ),
        _sample_letter,
    ),
}
