"""What does an exercise ask, and how is each answer typed, kept and said back?

Pure: no database, no request. A prompt is data of the region; an answer is what she chose or typed,
under the prompt's own name; what she skipped is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.ui import text

MOST_LINES: Final = 30
FIRST_LINES: Final = 3
OWN_LINES: Final = 2  # spheres that she names herself
LONGEST: Final = 4_000


class Kind(StrEnum):
    """The shapes a question may have."""

    TEXT = "text"
    SCALE = "scale"
    FACES = "faces"
    TWO_COLUMNS = "two_columns"
    FOUR_COLUMNS = "four_columns"
    CARD_SORT = "card_sort"
    WHEEL = "wheel"
    LIST = "list"
    MAP = "map"
    CHOICE = "choice"


COLUMNS: Final = {Kind.TWO_COLUMNS: 2, Kind.FOUR_COLUMNS: 4}
# Asked gently, and always with a way not to answer.
UNSURE: Final = {"unknown": _("I don’t know"), "unsaid": _("I’d rather not say")}
FACES: Final = {
    "1": _("Really hard"),
    "2": _("Not great"),
    "3": _("In between"),
    "4": _("Rather good"),
    "5": _("Good"),
}
MEASURES: Final = {"faces": tuple(FACES), "numbers": tuple(map(str, range(11)))}

Sent = Mapping[str, str]  # what a page sends, or a draft keeps: field, text


@dataclass(frozen=True)
class Said:
    """A text in both languages."""

    fr: str = ""
    en: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, str] | None) -> Said:
        return cls(**kept) if kept else cls()

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr)


@dataclass(frozen=True)
class Word:
    """One card, one sphere, one column: a code, and its words."""

    id: str
    label: Said


@dataclass(frozen=True)
class Prompt:
    """One question of an exercise. Nothing of it need be answered."""

    id: str
    kind: Kind
    label: Said
    hint: Said = Said()
    after: str = ""  # it follows from another question, under which it stands
    words: tuple[Word, ...] = ()  # its columns, cards, spheres, groups or sentences
    piles: tuple[Word, ...] = ()
    keep: int = 0  # how many cards she may put first
    least: int = 0
    most: int = 10
    low: Said = Said()
    high: Said = Said()
    column: Said = Said()  # what a wheel goes round, when it is not spheres: places, moments
    own: Said = Said()  # how a line of her own is called there

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Prompt:
        said = ("label", "hint", "low", "high", "column", "own")
        texts: dict[str, Any] = {name: Said.of(kept.get(name)) for name in said}
        lists: dict[str, Any] = {
            name: tuple(Word(one["id"], Said.of(one["label"])) for one in kept.get(name, ()))
            for name in ("words", "piles")
        }
        plain = {n: kept[n] for n in ("after", "keep", "least", "most") if n in kept}
        return cls(kept["id"], Kind(kept["kind"]), **texts, **lists, **plain)

    @property
    def name(self) -> str:
        """What its fields are called in a page."""
        return f"p-{self.id}"

    def field(self, *parts: object) -> str:
        return "-".join([self.name, *map(str, parts)])

    def word(self, code: str) -> str:
        return next((str(one.label) for one in (*self.words, *self.piles) if one.id == code), code)

    @property
    def steps(self) -> list[str]:
        return [str(step) for step in range(self.least, self.most + 1)]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What may be chosen of a scale, faces or sentences, without the ways not to answer."""
        if self.kind == Kind.SCALE:
            return [(step, step) for step in self.steps]
        if self.kind == Kind.FACES:
            return list(FACES.items())
        return [(one.id, one.label) for one in self.words]


@dataclass(frozen=True)
class Exercise:
    """One version of an exercise, as the region wrote it."""

    title: Said
    lead: Said
    note: Said  # for the worker; never on a screen or a paper she is shown
    purpose: str
    section: str
    answered_by: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    kept_in: str = ""  # the tool that keeps it; then it is filled nowhere else
    touches: Said = Said()  # what it may stir, said before its first question
    beside: str = ""  # the tool beside which the newest sheet of it is shown

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Exercise:
        texts = ("title", "lead", "note", "touches")
        said: dict[str, Any] = {name: Said.of(kept.get(name)) for name in texts}
        said |= {name: kept.get(name, "") for name in ("purpose", "section", "kept_in", "beside")}
        hands, asked = tuple(kept["answered_by"]), tuple(map(Prompt.of, kept["prompts"]))
        return cls(**said, answered_by=hands, prompts=asked)


# What a page sends becomes an answer; None when she skipped it.


def answers(exercise: Exercise, sent: Sent) -> dict[str, Any]:
    """Every answer that a page, or a draft, holds; what was skipped is absent."""
    found = {prompt.id: answer(prompt, sent) for prompt in exercise.prompts}
    return {name: said for name, said in found.items() if said is not None}


def answer(prompt: Prompt, sent: Sent) -> Any | None:
    match prompt.kind:
        case Kind.TEXT:
            return _typed(sent, prompt.name) or None
        case Kind.SCALE | Kind.FACES | Kind.CHOICE:
            chosen = sent.get(prompt.name, "")
            return chosen if chosen in {*dict(prompt.choices), *UNSURE} else None
        case Kind.LIST:
            typed = [_typed(sent, prompt.field(row)) for row in range(lines(prompt, sent))]
            return [one for one in typed if one] or None
        case Kind.TWO_COLUMNS | Kind.FOUR_COLUMNS:
            columns = range(len(prompt.words))
            rows = [
                [_typed(sent, prompt.field(row, column)) for column in columns]
                for row in range(lines(prompt, sent))
            ]
            return [row for row in rows if any(row)] or None
        case Kind.MAP:
            return _map(prompt, sent)
        case Kind.CARD_SORT:
            return _cards(prompt, sent)
        case Kind.WHEEL:
            return _wheel(prompt, sent)


def _typed(sent: Sent, name: str) -> str:
    return text.clean(str(sent.get(name) or "")).strip()[:LONGEST]


def lines(prompt: Prompt, sent: Sent, *parts: str) -> int:
    """How many lines a page shows for a list or a table: as many as were asked for, at most 30."""
    asked = sent.get(prompt.field(*parts, "lines"), "")
    first = OWN_LINES if prompt.kind == Kind.WHEEL else FIRST_LINES
    return min(MOST_LINES, max(first, int(asked) if asked.isdecimal() and len(asked) < 4 else 0))


def _map(prompt: Prompt, sent: Sent) -> dict[str, list[list[str]]] | None:
    groups = {}
    for group in prompt.words:
        rows = [
            [_typed(sent, prompt.field(group.id, row, part)) for part in ("who", "how")]
            for row in range(lines(prompt, sent, group.id))
        ]
        if kept := [row for row in rows if any(row)]:
            groups[group.id] = kept
    return groups or None


def _cards(prompt: Prompt, sent: Sent) -> dict[str, Any] | None:
    known = {pile.id for pile in prompt.piles}
    piles = {
        card.id: pile
        for card in prompt.words
        if (pile := sent.get(prompt.field(card.id), "")) in known
    }
    cards = {card.id for card in prompt.words}
    asked = [sent.get(prompt.field("top", place), "") for place in range(prompt.keep)]
    top = list(dict.fromkeys(one for one in asked if one in cards))
    return {"piles": piles, "top": top} if piles or top else None


def measure(prompt: Prompt, sent: Sent) -> str:
    """Faces or figures: hers to choose."""
    return "numbers" if sent.get(prompt.field("measure")) == "numbers" else "faces"


def _wheel(prompt: Prompt, sent: Sent) -> dict[str, Any] | None:
    by = measure(prompt, sent)
    known = {*MEASURES[by], *UNSURE}
    spheres = [
        {"id": one.id, "value": value}
        for one in prompt.words
        if (value := sent.get(prompt.field(one.id, by), "")) in known
    ]
    for row in range(lines(prompt, sent)):
        name = _typed(sent, prompt.field("own", row, "name"))[:80]
        value = sent.get(prompt.field("own", row, by), "")
        if name:
            spheres.append({"name": name, "value": value if value in known else ""})
    return {"measure": by, "spheres": spheres} if spheres else None


# An answer, in the fields of a page: to be corrected, or gone on with.


def fields_of(exercise: Exercise, kept: Mapping[str, Any]) -> dict[str, str]:
    """The fields that would give these answers."""
    sent: dict[str, str] = {}
    for prompt in exercise.prompts:
        if prompt.id in kept:
            sent.update(_fields(prompt, kept[prompt.id]))
    return sent


def _fields(prompt: Prompt, said: Any) -> Iterator[tuple[str, str]]:
    match prompt.kind:
        case Kind.TEXT | Kind.SCALE | Kind.FACES | Kind.CHOICE:
            yield prompt.name, said
        case Kind.LIST:
            yield prompt.field("lines"), str(len(said) + 1)
            yield from ((prompt.field(row), one) for row, one in enumerate(said))
        case Kind.TWO_COLUMNS | Kind.FOUR_COLUMNS:
            yield prompt.field("lines"), str(len(said) + 1)
            for row, cells in enumerate(said):
                yield from ((prompt.field(row, n), cell) for n, cell in enumerate(cells))
        case Kind.MAP:
            for group, rows in said.items():
                yield prompt.field(group, "lines"), str(len(rows) + 1)
                for row, (who, how) in enumerate(rows):
                    yield prompt.field(group, row, "who"), who
                    yield prompt.field(group, row, "how"), how
        case Kind.CARD_SORT:
            yield from ((prompt.field(card), pile) for card, pile in said["piles"].items())
            yield from ((prompt.field("top", n), card) for n, card in enumerate(said["top"]))
        case Kind.WHEEL:
            by = said["measure"]
            yield prompt.field("measure"), by
            own = [one for one in said["spheres"] if "name" in one]
            yield prompt.field("lines"), str(len(own) + 1)
            for row, one in enumerate(own):
                yield prompt.field("own", row, "name"), one["name"]
                yield prompt.field("own", row, by), one["value"]
            for one in said["spheres"]:
                if "id" in one:
                    yield prompt.field(one["id"], by), one["value"]


# An answer, said back.


@dataclass(frozen=True)
class Told:
    """One answer as it is read: in words, in lines, or in a table. Nothing is added up."""

    prompt: Prompt
    words: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # Of a wheel: what each sphere is called, how it goes as a part of one (None: not said).
    parts: tuple[tuple[str, float | None], ...] = field(default=())


def told(prompt: Prompt, said: Any) -> Told:
    """One answer, in the reader's language where the words are ours."""
    match prompt.kind:
        case Kind.TEXT:
            return Told(prompt, words=said)
        case Kind.SCALE | Kind.FACES | Kind.CHOICE:
            return Told(prompt, words=_chosen(prompt, said))
        case Kind.LIST:
            return Told(prompt, lines=tuple(said))
        case Kind.TWO_COLUMNS | Kind.FOUR_COLUMNS:
            columns = tuple(str(one.label) for one in prompt.words)
            return Told(prompt, columns=columns, rows=tuple(map(tuple, said)))
        case Kind.MAP:
            return Told(prompt, groups=tuple(_groups(prompt, said)))
        case Kind.CARD_SORT:
            return Told(prompt, groups=tuple(_piles(prompt, said)))
        case Kind.WHEEL:
            return _told_wheel(prompt, said)


def _chosen(prompt: Prompt, code: str) -> str:
    if code in UNSURE:
        return str(UNSURE[code])
    if prompt.kind == Kind.FACES:
        return str(FACES[code])
    if prompt.kind == Kind.SCALE:
        return str(_("%(step)s, from %(least)s to %(most)s")) % {
            "step": code, "least": prompt.least, "most": prompt.most,
        }  # fmt: skip
    return prompt.word(code)


def _groups(prompt: Prompt, said: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in prompt.words:
        if group.id in said:
            lines_ = (" · ".join(filter(None, row)) for row in said[group.id])
            yield str(group.label), tuple(lines_)


def _piles(prompt: Prompt, said: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    if said["top"]:
        yield str(_("First for me")), tuple(prompt.word(card) for card in said["top"])
    for pile in prompt.piles:
        cards = [card for card, of in said["piles"].items() if of == pile.id]
        if cards:
            yield str(pile.label), tuple(prompt.word(card) for card in cards)


def _told_wheel(prompt: Prompt, said: Any) -> Told:
    faces = said["measure"] == "faces"
    most = 5 if faces else 10
    rows, parts = [], []
    for one in said["spheres"]:
        name = one.get("name") or prompt.word(one["id"])
        value = one["value"]
        known = value.isdecimal()
        if known:
            how = str(FACES[value]) if faces else value
        else:
            how = str(UNSURE[value]) if value in UNSURE else ""
        rows.append((name, how))
        parts.append((name, int(value) / most if known else None))
    columns = (prompt.column or _("Sphere"), _("How it goes") if faces else _("From 0 to 10"))
    return Told(prompt, "", (), tuple(map(str, columns)), tuple(rows), parts=tuple(parts))


def texts(exercise: Exercise, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything typed by a hand, with the question it answers."""
    for prompt in exercise.prompts:
        for one in _strings(kept.get(prompt.id), prompt.kind):
            yield prompt.id, one


def _strings(said: Any, kind: Kind) -> Iterator[str]:
    if said is None or kind in {Kind.SCALE, Kind.FACES, Kind.CHOICE, Kind.CARD_SORT}:
        return
    if kind == Kind.WHEEL:
        yield from (one["name"] for one in said["spheres"] if "name" in one)
    elif isinstance(said, str):
        yield said
    else:
        for one in said.values() if isinstance(said, dict) else said:
            yield from _strings(one, kind)
