"""What does each sheet ask, in the words of whoever fills it in, and how are answers read?

Every question may stay empty. Answers are kept as they were given; the sheet they answered is code,
so a question that is reworded keeps its name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.followup.safety_net.models import Part

ROWS: Final = {"people": 8, "places": 6, "numbers": 8}  # the most of each in one net
LONGEST: Final = 120  # of one line of a net
Answers = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One thing that a sheet asks, in the first person: it is hers."""

    name: str
    label: Any
    hint: Any = ""
    is_line: bool = False


@dataclass(frozen=True)
class Level:
    """One of three levels: her own name for it, her signs, what helps then."""

    number: int
    usual: Any
    icon: str
    area: str

    @property
    def questions(self) -> tuple[Question, ...]:
        return (
            Question(f"name_{self.number}", _("My name for it"), is_line=True),
            Question(f"signs_{self.number}", _("My signs")),
            Question(f"helps_{self.number}", _("What helps then, and who does it")),
        )


LEVELS: Final = (
    Level(1, _("It is all right"), "leaf", "sage"),
    Level(2, _("It is getting heavy"), "moon", "sky"),
    Level(3, _("It is too much"), "hands", "plum"),
)
NET: Final = (
    Question(
        "sign",
        _("A word or a sign to ask for help"),
        _("Agreed with whoever must understand it. Never the code word that opens the file."),
        is_line=True,
    ),
    Question(
        "away",
        _("Whom I prefer to keep away"),
        _("A role in your life is enough, as “someone from before”: no name."),
    ),
)
CRISIS: Final = (
    Question("alone", _("What I can do alone")),
    Question("go", _("Where I can go")),
    Question("reach", _("Whom I can reach")),
    Question("not_reach", _("Whom not to reach")),
    Question("may", _("What adults may do")),
    Question("may_not", _("What adults may not do")),
    Question("after", _("Afterwards: how I know it is over, and what I need then")),
    Question("told", _("What I want told, and to whom")),
)
COURSE: Final = (
    Question("change", _("The change I chose"), is_line=True),
    Question("moments", _("Delicate moments"), _("In general: no name, no place.")),
    Question("signs", _("My first signs")),
    Question("ten_minutes", _("What helps in the first ten minutes")),
    Question("around", _("People and places that help")),
    Question(
        "message",
        _("If I go back for a while, here is how I come back: my message to myself"),
        _("It is the first thing shown the day you come back."),
    ),
    Question("booster", _("What we look at again together now and then, so that it holds")),
    Question("do", _("What I would like my worker to do")),
    Question("do_not", _("What I would like my worker not to do")),
)
QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    Part.NET: NET,
    Part.CRISIS: (*(q for level in LEVELS for q in level.questions), *CRISIS),
    Part.COURSE: COURSE,
}


# What a net is made of.

KINDS: Final = {
    "people": (_("People"), "people"),
    "places": (_("Places"), "home"),
    "numbers": (_("Numbers and services"), "phone"),
}
CIRCLES: Final = (
    ("1", _("Very close to me")),
    ("2", _("Not far")),
    ("3", _("If I need it")),
)


@dataclass(frozen=True)
class Knot:
    """One person, place, number or service of her net."""

    kind: str
    who: str
    reach: str = ""
    circle: int = 2

    @property
    def circle_label(self) -> Any:
        return dict(CIRCLES)[str(self.circle)]


def knots(answers: Answers) -> list[Knot]:
    """Those of a net, the closest first; within a circle, in the order she gave."""
    found = [Knot(**each) for each in answers.get("knots", [])]
    return sorted(found, key=lambda knot: (knot.circle, list(KINDS).index(knot.kind)))


def said(answers: Answers, questions: tuple[Question, ...]) -> list[tuple[Any, str]]:
    """What was asked and what was answered; what stayed empty is not shown."""
    pairs = ((each.label, str(answers.get(each.name, ""))) for each in questions)
    return [(label, words) for label, words in pairs if words]


@dataclass(frozen=True)
class LevelSaid:
    """One level as she described it."""

    level: Level
    name: str
    signs: str
    helps: str


def levels(answers: Answers) -> list[LevelSaid]:
    """Those she described, calmest first, under her own names."""
    found = [
        LevelSaid(
            level,
            answers.get(f"name_{level.number}") or str(level.usual),
            answers.get(f"signs_{level.number}", ""),
            answers.get(f"helps_{level.number}", ""),
        )
        for level in LEVELS
    ]
    named = {level.number for level in LEVELS if answers.get(f"name_{level.number}")}
    return [one for one in found if one.signs or one.helps or one.level.number in named]


def read(kept: str) -> Answers:
    return dict(json.loads(kept)) if kept else {}


def written(answers: Answers) -> str:
    return json.dumps({name: each for name, each in answers.items() if each}, ensure_ascii=False)
