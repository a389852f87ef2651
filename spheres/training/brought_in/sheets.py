"""What are the cells of a list that somebody sends: text with separators, or a workbook?

Text is read here, whatever its separator and its way of writing accents. A workbook is bytes from
anywhere: it is read in the closed space where papers are read, or not at all.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.papers import sandbox
from spheres.papers.sandbox import NotTaken
from spheres.training.brought_in import spreadsheet

Cell = str | None  # None: it computes something, and is not believed
Row = tuple[int, list[Cell]]

PROGRAMME: Final = Path(spreadsheet.__file__)
HEAVIEST: Final = 15_000_000
MOST: Final = 100_000  # lines, the header apart
COMPUTES: Final = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS: Final = ";,\t"

TOO_LARGE: Final = _("This list is larger than 15 MB. Send it in several parts.")
TOO_MANY: Final = _("This list has more than 100,000 lines. Send it in several parts.")
EMPTY: Final = _("This list is empty. Fill in the model, then choose it again.")
NOT_KNOWN: Final = _(
    "This is neither a list with separators (.csv) nor a workbook (.xlsx). Save it as one of the "
    "two, then choose it again."
)
OLD_BOOK: Final = _(
    "This workbook is locked by a password, or of an old kind (.xls). Save it without a password "
    "as .xlsx or .csv, then choose it again."
)
MACROS: Final = _(
    "This workbook holds macros, and nothing of it was read. Save it as .xlsx without macros, or "
    "as .csv."
)
UNREADABLE: Final = _("This workbook could not be read. Save it as .csv, then choose it again.")
NOT_TEXT: Final = _(
    "This list could not be read: a quotation mark that opens is perhaps never closed. Save it "
    "again as .csv or .xlsx, then choose it."
)
NO_WORKBOOK_NOW: Final = _(
    "Workbooks cannot be read here for now: the closed space where they are read is not running. "
    "Save it as .csv, then choose it again."
)
ENDS: Final = {spreadsheet.TOO_MANY: TOO_MANY, spreadsheet.MACROS: MACROS}


def rows_of(content: bytes) -> list[Row]:
    """The rows that hold something, each with its number. Raises NotTaken with why not."""
    if len(content) > HEAVIEST:
        raise NotTaken(TOO_LARGE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotTaken(OLD_BOOK)
    if content.startswith((b"%PDF", b"\xff\xd8", b"\x89PNG", b"{\\rtf")):
        raise NotTaken(NOT_KNOWN)
    rows = _of_workbook(content) if content.startswith(b"PK\x03\x04") else _of_text(content)
    if not rows:
        raise NotTaken(EMPTY)
    if len(rows) > MOST + 1:
        raise NotTaken(TOO_MANY)
    return rows


def _of_workbook(content: bytes) -> list[Row]:
    if not sandbox.can_run():
        raise NotTaken(NO_WORKBOOK_NOW)
    code, out = sandbox.run(sandbox.command("SHEET", PROGRAMME), content)
    if code:
        raise NotTaken(ENDS.get(code, UNREADABLE))
    try:
        return [(number, list(cells)) for number, cells in map(json.loads, out.splitlines())]
    except (ValueError, TypeError):
        raise NotTaken(UNREADABLE) from None


def _of_text(content: bytes) -> list[Row]:
    text = decoded(content)
    if "\0" in text:
        raise NotTaken(NOT_KNOWN)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    try:
        return list(islice(_numbered(reader), MOST + 2))
    except csv.Error:
        raise NotTaken(NOT_TEXT) from None


def _numbered(rows: Iterator[list[str]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = [" ".join(cell.split(" ")).strip(" \u00a0") for cell in row]
        if any(cells):
            yield number, [None if cell.startswith(COMPUTES) else cell for cell in cells]


def decoded(content: bytes) -> str:
    """Its text, whichever way accents are written: UTF-8, UTF-16, or that of older Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def separator_of(text: str) -> str:
    """The one that the first line that holds something uses most, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip(f"{SEPARATORS} ")), "")
    bare = "".join(piece for place, piece in enumerate(first.split('"')) if place % 2 == 0)
    return max(SEPARATORS, key=bare.count)
