"""How does her safety read on paper: a card in a pocket, a sheet kept at the drop-in?

Nothing on it says what it is, who she is, or who gave it: no name, no programme, no organisation.
The card is printed on one side and folds inwards: closed, it is blank.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from spheres.followup.safety_net import asking
from spheres.followup.safety_net.asking import Answers
from spheres.followup.safety_net.models import Part
from spheres.records import documents

PAPER: Final = Path(__file__).parent / "paper"
LONGEST: Final = 240  # letters of one line of the card: a face holds more
LINES: Final = 3  # to write on by hand, under a question that stays empty


@dataclass(frozen=True)
class Group:
    """A few lines under a word or two."""

    title: str
    lines: tuple[str, ...]
    begins: bool = False  # on a face of its own: the net stands apart from the signs


@dataclass(frozen=True)
class Card:
    """What the card holds: what she must find at once, and nothing about her."""

    net: Answers
    plan: Answers

    @classmethod
    def of(cls, net: Answers, plan: Answers) -> Card:
        return cls(net, plan)

    def groups(self) -> list[Group]:
        """In neutral words: who, where, numbers; then three moments under her own names."""
        knots = asking.knots(self.net)
        titles = {
            "people": pgettext("card", "Who"),
            "places": pgettext("card", "Where"),
            "numbers": pgettext("card", "Numbers"),
        }
        found = [
            Group(title, tuple(_line(knot) for knot in knots if knot.kind == kind))
            for kind, title in titles.items()
        ]
        if sign := self.net.get("sign"):
            found.append(Group(pgettext("card", "Word"), (sign,)))
        signs = []
        for one in asking.levels(self.plan):
            lines = [*one.signs.splitlines(), *(f"→ {line}" for line in one.helps.splitlines())]
            signs.append(Group(one.name, tuple(line for line in lines if line.strip())))
        pairs = (("alone", _("On my own")), ("go", _("To go to")), ("reach", _("To call")))
        for name, title in pairs:
            if words := self.plan.get(name):
                signs.append(Group(title, tuple(line for line in words.splitlines() if line)))
        signs = [group for group in signs if group.lines]
        net = [group for group in found if group.lines]
        return [*net, *(replace(group, begins=group is signs[0]) for group in signs)]


def _line(knot: asking.Knot) -> str:
    return f"{knot.who} · {knot.reach}" if knot.reach else knot.who


def card(said: Card, language: str) -> bytes:
    """The card, as many folded strips as it takes: nothing she wrote is cut."""
    with translation.override(language):
        words = {
            "title": pgettext("card", "Card"),
            "language": language,
            "groups": [asdict(short(group)) for group in said.groups()],
            "fold": _("Cut along the line. Fold in two, then in two again: closed, it is blank."),
        }
    return documents.typeset(words, PAPER / "card.typ")


def short(group: Group) -> Group:
    """A line longer than a face is said in several, cut between two words where there is one."""
    parts = (part for line in group.lines for part in wrap(line, LONGEST) or [line])
    return replace(group, lines=tuple(parts))


def sheet(part: str, answers: Answers, language: str, touches: str = "") -> bytes:
    """One sheet with its answers; lines to write on where there is none.

    `touches` says, on a sheet to fill by hand, what it may stir.
    """
    with translation.override(language):
        words: dict[str, Any] = {
            "title": str(_titles()[Part(part)]),
            "language": language,
            "touches": documents.touching(touches),
            "questions": [asdict(group) for group in _asked(part, answers)],
            "blank": LINES,
        }
    return documents.typeset(words, PAPER / "sheet.typ")


def _titles() -> dict[Part, str]:
    """What stands on top: her words, neutral to whoever finds the sheet."""
    return {
        Part.NET: _("Around me"),
        Part.CRISIS: _("My page"),
        Part.COURSE: _("My way"),
    }


def _asked(part: str, answers: Answers) -> list[Group]:
    knots = asking.knots(answers)
    found = []
    if part == Part.NET:
        for kind, (label, _icon) in asking.KINDS.items():
            lines = tuple(
                f"{_line(knot)} ({str(knot.circle_label).lower()})"
                for knot in knots
                if knot.kind == kind
            )
            found.append(Group(str(label), lines))
    if part == Part.CRISIS:
        for level in asking.LEVELS:
            name = answers.get(f"name_{level.number}") or str(level.usual)
            found += [
                Group(f"{name}: {question.label}", _lines(answers, question.name))
                for question in level.questions[1:]
            ]
    by_level = {q.name for level in asking.LEVELS for q in level.questions}
    found += [
        Group(str(question.label), _lines(answers, question.name))
        for question in asking.QUESTIONS[part]
        if question.name not in by_level
    ]
    return found


def _lines(answers: Answers, name: str) -> tuple[str, ...]:
    return tuple(line for line in str(answers.get(name, "")).splitlines() if line.strip())
