"""How does all that her notebook could show look on one paper, for her, whether it is open or not?

Each folder of the area brings its parts, when the house is ready. It bears neither her name nor
that of the programme; her private pages are never on it: nobody but she opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exercises import queries as exercises
from spheres.followup.exercises.prompts import Told
from spheres.portal.notebook import queries
from spheres.portal.notebook.models import Word
from spheres.portal.notebook.policy import KINDS
from spheres.records import documents
from spheres.sharing.rules import PLAN, SAFETY
from spheres.ui import moments
from spheres.vault import actions as vault

TEMPLATE: Final = Path(__file__).parent / "paper" / "pages.typ"
NAME: Final = "pages.pdf"


@dataclass(frozen=True)
class For:
    """Whose paper it is, who makes it beside her, whether she agrees alone at her age."""

    file_id: UUID
    actor: Actor
    at: datetime
    of_age: bool


@dataclass(frozen=True)
class Piece:
    """Some words as they were written, or lines, under a title of their own or none."""

    title: str = ""
    words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One title of the paper, and what stands under it; nothing under it, it is not printed."""

    title: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Part:
    """What may be left out in one tick: how it is called to whoever prints, and what it holds."""

    code: str
    label: Any
    order: int
    find: Callable[[For], Iterable[Section]]


_parts: list[Part] = []


def add(part: Part) -> None:
    """Register one more part of the paper."""
    if part.code in {one.code for one in _parts}:
        raise ValueError(f"Two parts of the paper are called {part.code}.")
    _parts.append(part)


def parts() -> list[Part]:
    return sorted(_parts, key=lambda one: one.order)


def paper(of: For, *, without: Collection[str] = ()) -> bytes:
    """All of it but what they leave out, as it stands today."""
    found = [
        {"title": each.title, "pieces": [asdict(piece) for piece in each.pieces]}
        for part in parts()
        if part.code not in without
        for each in part.find(of)
        if each.pieces
    ]
    said = {
        "title": _("Pages, %(day)s") % {"day": moments.day(clock.day_of(of.at))},
        "language": (get_language() or "fr")[:2],
        "parts": found,
    }
    return documents.typeset(said, TEMPLATE)


# What the notebook itself brings.


def add_ours() -> None:
    """What the notebook itself brings: what she reads in it, and the words she left."""
    own = [
        ("meetings", gettext_lazy("Their next appointments"), meetings),
        ("words", gettext_lazy("The page in their own words"), own_page),
        ("plan", gettext_lazy("Their plan, and what success is for them"), plan),
        ("exercises", gettext_lazy("The exercises that they filled in"), filled_in),
        ("safety", gettext_lazy("Their safety net, and the exercises about safety"), safety),
        ("left", gettext_lazy("The words they left, and the answers"), left),
    ]
    for order, (code, label, find) in enumerate(own):
        add(Part(code, label, order, find))


def meetings(of: For) -> Iterator[Section]:
    """When; never where, with whom, what for."""
    found = queries.meetings_of(of.file_id, actor=of.actor, at=of.at)
    lines = tuple(moments.weekday_moment(moment) for moment in found)
    yield Section(_("My next appointments"), [Piece(lines=lines)] if lines else [])


def own_page(of: For) -> Iterator[Section]:
    shown = queries.pages_of(of.file_id, KINDS["words"], actor=of.actor)
    lines = tuple(line.opened.text for line in shown.lines)
    yield Section(_("My own page"), [Piece(lines=lines)] if lines else [])


def plan(of: For) -> Iterator[Section]:
    shown = queries.pages_of(of.file_id, KINDS["plan"], actor=of.actor)
    aims = [
        Piece(
            f"{one.aim.kind_label} · {one.aim.opened.line}",
            lines=tuple(f"{step.opened.line} ({step.standing.label})" for step in one.steps),
        )
        for one in shown.aims
    ]
    yield Section(_("My dreams, my goals and my small steps"), aims)
    if shown.success:
        hers = shown.success.opened.her_words
        said = Piece(words=(hers,) if hers else (), lines=tuple(shown.success.sentences))
        yield Section(_("What success is for me"), [said])


def filled_in(of: For) -> Iterator[Section]:
    yield Section(_("Pages that I filled in"), _exercises(of, PLAN))


def safety(of: For) -> Iterator[Section]:
    shown = queries.pages_of(of.file_id, KINDS["safety"], actor=of.actor)
    net = [
        Piece(
            str(group.label),
            lines=tuple(" · ".join(filter(None, (one.who, one.reach))) for one in group.knots),
        )
        for group in shown.net
    ]
    yield Section(_("My safety net"), [*net, *_exercises(of, SAFETY)])


def _exercises(of: For, section: str) -> list[Piece]:
    """What she answered in her own hand, or together."""
    sheets = exercises.hers(section, of.file_id, actor=of.actor)
    shown = queries.pages_of(of.file_id, (), sheets, actor=of.actor)
    return [piece for one in shown.wrote for piece in sheet(one)]


def sheet(one: queries.Wrote) -> Iterator[Piece]:
    """Its name and day; then question by question what she said, and her own words."""
    hers = one.sheet.opened.her_words
    day = moments.day(one.sheet.occurred_at)
    yield Piece(f"{one.title}, {day}", words=(hers,) if hers else ())
    for told in one.told:
        yield answer(told)


def answer(told: Told) -> Piece:
    """One question and its answer; a row of a table is a line."""
    rows = (" · ".join(filter(None, row)) for row in told.rows)
    groups = (f"{label} · {line}" for label, lines in told.groups for line in lines)
    words = (str(told.prompt.label), told.words) if told.words else (str(told.prompt.label),)
    return Piece(words=words, lines=(*told.lines, *filter(None, rows), *groups))


def left(of: For) -> Iterator[Section]:
    """What she left, and what was answered."""
    found = queries.words_of_file(of.file_id, actor=of.actor)
    replies = [one.reply for one in found if queries.is_answered(one)]
    vault.open([*found, *replies], by=of.actor)
    yield Section(_("What I left"), [_left(one) for one in found])


def _left(word: Word) -> Piece:
    if not queries.is_answered(word):
        said = _("Waits to be read.")
    elif word.reply.opened.words:
        answered = word.reply.opened.words
        said = _("What was answered: %(words)s") % {"words": answered}
    else:
        said = _("It was read. You talk about it together next time.")
    return Piece(moments.weekday_moment(word.written_at), words=(word.opened.words, said))
