"""How does a signed text leave as a document: words to copy, a PDF, data to import?

A document is made of rows the vault has opened, for the official file of their author's own
organisation. It names nobody who is accompanied, and nothing of the programme: it may lie on a
shared printer (ADR official file). The same rows give the same bytes.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import typst
from django.utils.translation import gettext as _

from spheres.ui import moments, text

PAPER: Final = Path(__file__).parent / "paper"
SHAPE, VERSION = "signed-text", 1  # docs/guides/official-file.md says what an importer may rely on


@dataclass(frozen=True)
class Fact:
    """Where, how long, what about: a code for machines, words for people."""

    code: str
    term: str
    words: str

    @property
    def line(self) -> str:
        return _("%(term)s: %(words)s") % {"term": self.term, "words": self.words}


@dataclass(frozen=True)
class Words:
    """One titled text, as it was signed."""

    code: str
    title: str
    words: str


@dataclass(frozen=True)
class Corrected:
    """A text that this one corrects, or that the corrected one corrected before it."""

    id: UUID
    said: str  # «Corrects the note of March 2, 2026»
    occurred_at: datetime
    signed_at: datetime

    @property
    def line(self) -> str:
        return _("%(corrects)s, signed %(moment)s (reference %(reference)s)") % {
            "corrects": self.said,
            "moment": moments.moment(self.signed_at),
            "reference": reference(self.id),
        }


@dataclass(frozen=True)
class Document:
    """All that leaves. `title` is neutral: it is read on a printer, in a list of files."""

    id: UUID
    file_id: UUID
    kind: str
    title: str
    language: str
    organisation: str
    author: str
    occurred_at: datetime
    signed_at: datetime
    texts: tuple[Words, ...] = ()
    facts: tuple[Fact, ...] = ()
    corrects: tuple[Corrected, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What stands above the texts: when, who signed, and what it corrects, newest first."""
        signed = _("Signed by %(author)s, %(moment)s") % {
            "author": self.author,
            "moment": moments.moment(self.signed_at),
        }
        when = _("Date: %(moment)s") % {"moment": moments.moment(self.occurred_at)}
        return [self.organisation, when, signed, *(each.line for each in self.corrects)]


@dataclass(frozen=True)
class Made:
    """A document as a browser receives it."""

    name: str
    content_type: str
    content: bytes


def make(document: Document, shape: str) -> Made:
    """The document in one of the three shapes, under a name that says nothing but its day."""
    ending, content_type, write = _SHAPES[shape]
    day = f"{moments.local(document.occurred_at):%Y-%m-%d}"
    name = f"{document.kind}-{day}-{reference(document.id).replace(' ', '').lower()}.{ending}"
    return Made(name, content_type, write(document))


def reference(of: UUID) -> str:
    """The first letters of an identifier, as a person reads them aloud."""
    letters = of.hex[:8].upper()
    return f"{letters[:4]} {letters[4:]}"


# Words to copy.


def as_text(document: Document) -> str:
    """Plain lines: what is pasted in the note of another system."""
    blocks = ["\n".join([document.title, *document.lines])]
    blocks += [f"{each.title}\n{plain(each.words)}" for each in document.texts]
    if document.facts:
        blocks.append("\n".join(fact.line for fact in document.facts))
    blocks.append(_("Reference %(reference)s") % {"reference": reference(document.id)})
    return "\n\n".join(blocks) + "\n"


def plain(words: str) -> str:
    """Without what cannot be seen: nothing hidden is pasted in another system."""
    return text.INVISIBLE.sub("", text.OVERRIDE.sub("", text.CONTROL.sub("", words)))


# A PDF.


def as_pdf(document: Document) -> bytes:
    """Letter paper, tagged for screen readers (PDF/UA-1); no date of making, so same bytes."""
    said: dict[str, Any] = {
        "title": document.title,
        "language": document.language,
        "lines": document.lines,
        "number": _("File number:"),
        "more": _("More"),
        "texts": [asdict(each) for each in document.texts],
        "facts": [fact.line for fact in document.facts],
        "footer": _("Confidential · reference %(reference)s")
        % {"reference": reference(document.id)},
    }
    return typeset(said, PAPER / "document.typ")


def typeset(said: dict[str, Any], template: Path) -> bytes:
    """What is said, in the shape of a template, tagged for screen readers; text stays text."""
    try:
        return _set(_drawn(said, _signs()), template)
    except typst.TypstError:
        # Signs that our fonts have, in an order they cannot draw.
        return _set(_drawn(said, _signs() & _LATIN), template)


def touching(touches: str) -> list[str]:
    """What a sheet to fill by hand may stir, before its first question; often nothing.

    A filled one is hers already, and says nothing more to whoever finds it.
    """
    return [touches, _("You can skip, stop, and come back to it.")] if touches else []


def _set(said: dict[str, Any], template: Path) -> bytes:
    made = typst.compile(
        template,
        sys_inputs={"document": json.dumps(said)},
        font_paths=[PAPER],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


def _drawn(said: Any, signs: frozenset[str]) -> Any:
    """The same, where each sign that no font of ours draws is written as its number: [U+1F389]."""
    if isinstance(said, str):
        shown = plain(said).replace("\t", " ")
        shown = "".join(c if c in signs else f"[U+{ord(c):04X}]" for c in shown)
        return _ENDLESS.sub("\\g<0>\u200b", shown)
    if isinstance(said, dict):
        return {name: _drawn(each, signs) for name, each in said.items()}
    if isinstance(said, int):
        return said
    return [_drawn(each, signs) for each in said]


# A word without an end would leave the page: it may be cut every thirty letters.
_ENDLESS: Final = re.compile(r"\S{30}(?=\S)")
_LATIN: Final = frozenset(map(chr, [*range(0x250), *range(0x2010, 0x2027)])) | {"\n"}


@cache
def _signs() -> frozenset[str]:
    """The signs that the fallback font draws, as its own table says: cmap, format 12."""
    font = (PAPER / "DejaVuSans.ttf").read_bytes()
    tables = (struct.unpack_from(">4s4xI", font, 12 + 16 * n) for n in range(font[5]))
    cmap = next(offset for tag, offset in tables if tag == b"cmap")
    (number,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = (struct.unpack_from(">4xI", font, cmap + 4 + 8 * n)[0] for n in range(number))
    at = next(cmap + o for o in offsets if struct.unpack_from(">H", font, cmap + o)[0] == 12)
    (groups,) = struct.unpack_from(">I", font, at + 12)
    ranges = (struct.unpack_from(">II", font, at + 16 + 12 * n) for n in range(groups))
    return frozenset(chr(c) for first, last in ranges for c in range(first, last + 1)) | {"\n"}


# Data to import.


def as_json(document: Document) -> str:
    """Every word as it was signed, under codes that do not change with the language."""
    said = {"shape": SHAPE, "version": VERSION, **asdict(document)}
    return json.dumps(said, ensure_ascii=False, indent=2, default=_as_written) + "\n"


def _as_written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def from_json(said: str) -> Document:
    """Read one back. Raises ValueError when it is of another shape or version."""
    read = json.loads(said)
    if (read.pop("shape", None), read.pop("version", None)) != (SHAPE, VERSION):
        raise ValueError("This is not a signed text of version 1.")
    document = Document(
        **read
        | {
            "texts": tuple(Words(**each) for each in read["texts"]),
            "facts": tuple(Fact(**each) for each in read["facts"]),
            "corrects": tuple(Corrected(**_typed(each)) for each in read["corrects"]),
        }
    )
    return replace(document, **_typed({n: read[n] for n in (*_MOMENTS, "id", "file_id")}))


_MOMENTS: Final = ("occurred_at", "signed_at")


def _typed(said: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: datetime.fromisoformat(each) if name in _MOMENTS else UUID(each)
        for name, each in said.items()
        if name in {*_MOMENTS, "id", "file_id"}
    }
    return said | typed


_SHAPES: Final[dict[str, tuple[str, str, Callable[[Document], bytes]]]] = {
    "TEXT": ("txt", "text/plain; charset=utf-8", lambda d: as_text(d).encode()),
    "PDF": ("pdf", "application/pdf", as_pdf),
    "JSON": ("json", "application/json", lambda d: as_json(d).encode()),
}
