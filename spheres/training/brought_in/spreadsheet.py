"""What do the cells of a spreadsheet hold? Runs alone in the sandbox, and never elsewhere.

It reads the bytes of one workbook (.xlsx) on its standard input and writes the cells of its first
sheet, a line of JSON for each row: [its number, [its cells]]. A day is written as a day; a cell
that computes is written as nothing at all (null), for it may not be believed. It imports nothing
of ours: none of ours is there.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from xml.parsers import expat

# What the outside reads as the end of this programme (`sheets.py`).
UNREADABLE, TOO_MANY, MACROS = 11, 13, 14
MOST_ROWS, MOST_CELLS, LONGEST = 100_001, 40, 500
MOST_BYTES = 300_000_000  # of one part, once it is unpacked
DAYS = {*range(14, 23), *range(27, 37), *range(50, 59)}  # numbers of formats that are days


class NotRead(Exception):
    """This workbook is not read, and why."""


def hold(memory: int, seconds: int) -> None:
    """So much memory and time and no more, whatever the workbook asks for."""
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(which, (most, most))


def read(
    book: zipfile.ZipFile,
    name: str,
    begins: Callable[[str, dict[str, str]], None],
    ends: Callable[[str, str], None],
) -> None:
    """Walk through one part, a piece at a time. No part may declare anything of its own."""
    texts: list[str] = []

    def refuse(*_said: Any) -> None:
        raise NotRead(UNREADABLE)

    def start(tag: str, said: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in {"t", "v", "f"}:
            texts.clear()
        begins(tag.rpartition(":")[2], said)

    def end(tag: str) -> None:
        ends(tag.rpartition(":")[2], "".join(texts))

    def hear(text: str) -> None:
        if sum(map(len, texts[-3:])) < 4 * LONGEST:
            texts.append(text)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = hear
    size = 0
    with book.open(name) as part:
        while piece := part.read(65_536):
            size += len(piece)
            if size > MOST_BYTES:
                raise NotRead(UNREADABLE)
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def nothing(*_said: Any) -> None:
    """What is not looked at."""


def first_sheet(book: zipfile.ZipFile) -> tuple[str, bool]:
    """Where the first sheet that is shown is kept, and whether days count from 1904."""
    sheets: list[str] = []
    since_1904: list[str] = []

    def begins(tag: str, said: dict[str, str]) -> None:
        if tag == "sheet" and said.get("state", "visible") == "visible":
            sheets.extend(value for key, value in said.items() if key.endswith(":id"))
        if tag == "workbookPr":
            since_1904.append(said.get("date1904", "0"))

    read(book, "xl/workbook.xml", begins, nothing)
    targets: dict[str, str] = {}

    def related(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[said["Id"]] = said["Target"]

    read(book, "xl/_rels/workbook.xml.rels", related, nothing)
    where = targets[sheets[0]]
    return where.lstrip("/") if where.startswith("/") else f"xl/{where}", since_1904[-1:] in (
        ["1"], ["true"],
    )  # fmt: skip


def shared_texts(book: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by their number."""
    found: list[str] = []
    if "xl/sharedStrings.xml" not in book.namelist():
        return found
    pieces: list[str] = []

    def ends(tag: str, text: str) -> None:
        if tag == "t":
            pieces.append(text)
        if tag == "si":
            found.append("".join(pieces)[:LONGEST])
            pieces.clear()

    read(book, "xl/sharedStrings.xml", nothing, ends)
    return found


def formats_of_days(book: zipfile.ZipFile) -> set[int]:
    """Which styles of cells are those of days."""
    if "xl/styles.xml" not in book.namelist():
        return set()
    ours, styles, inside = set(DAYS), [], [False]

    def begins(tag: str, said: dict[str, str]) -> None:
        if tag == "numFmt":
            bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", said.get("formatCode", "")).lower()
            if "y" in bare or "d" in bare or "aa" in bare:
                ours.add(int(said["numFmtId"]))
        if tag == "cellXfs":
            inside[0] = True
        if tag == "xf" and inside[0]:
            styles.append(int(said.get("numFmtId", "0")))

    def ends(tag: str, _text: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    read(book, "xl/styles.xml", begins, ends)
    return {place for place, number in enumerate(styles) if number in ours}


def column_of(place: str) -> int:
    """The number of a column, from its letters: A is 0."""
    found = 0
    for sign in place:
        if not sign.isalpha():
            break
        found = found * 26 + ord(sign.upper()) - 64
    return found - 1


class Sheet:
    """Its rows, heard one after the other."""

    def __init__(self, texts: list[str], days: set[int], since_1904: bool) -> None:
        self.texts, self.days = texts, days
        self.epoch = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        self.rows, self.number = 0, 0
        self.cells: dict[int, str | None] = {}
        self.place, self.kind, self.style = -1, "n", 0
        self.value, self.computes = "", False

    def begins(self, tag: str, said: dict[str, str]) -> None:
        if tag == "row":
            self.number = int(said.get("r", self.number + 1))
            self.cells, self.place = {}, -1
        if tag == "c":
            self.place = column_of(said["r"]) if "r" in said else self.place + 1
            self.kind, self.style = said.get("t", "n"), int(said.get("s", "0"))
            self.value, self.computes = "", False
        if tag == "f":
            self.computes = True

    def ends(self, tag: str, text: str) -> None:
        if tag == "v":
            self.value = text
        if tag == "t":
            self.value += text
        if tag == "c" and 0 <= self.place < MOST_CELLS:
            self.cells[self.place] = None if self.computes else self.said()
        if tag == "row" and any(value != "" for value in self.cells.values()):
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise NotRead(TOO_MANY)
            last = max(self.cells)
            row = [self.cells.get(place, "") for place in range(last + 1)]
            sys.stdout.write(json.dumps([self.number, row]) + "\n")

    def said(self) -> str:
        """What is read in the cell."""
        if self.kind == "s":
            return self.texts[int(self.value)] if self.value else ""
        if self.kind == "d":
            return self.value[:10]
        if self.kind != "n" or not self.value:
            return self.value[:LONGEST]
        number = float(self.value)
        if self.style in self.days and 1 <= number < 2_958_466:
            return (self.epoch + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number.is_integer() else repr(number)


def rows_of(content: bytes) -> None:
    """Write the rows of the first sheet."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        if any(name.lower().endswith("vbaproject.bin") for name in book.namelist()):
            raise NotRead(MACROS)
        name, since_1904 = first_sheet(book)
        sheet = Sheet(shared_texts(book), formats_of_days(book), since_1904)
        read(book, name, sheet.begins, sheet.ends)


def main() -> int:
    hold(int(sys.argv[3]), int(sys.argv[4]))
    try:
        rows_of(sys.stdin.buffer.read())
        sys.stdout.flush()
    except NotRead as why:
        return int(why.args[0])
    except Exception:  # whatever a workbook does to those who read it: it could not be read
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
