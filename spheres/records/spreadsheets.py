"""How does a table leave for a spreadsheet, so that no cell of it computes anything?

The only writer of such tables. A spreadsheet takes a text that begins with certain signs for a
formula: what somebody typed would be computed by the machine of whoever opens it. Each text is made
harmless; numbers and days stay what they are (ADR sheets).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from spheres.core import clock

CSV, XLSX = "csv", "xlsx"
CSV_TYPE: Final = "text/csv"
Cell = str | int | Decimal | date | None

# A cell begins where the text does, and after whatever separates: a list that is opened with
# another separator than its own is cut there. Spaces, quotes and what is not seen do not count.
COMPUTES: Final = re.compile(
    r"(^|[;,|\t\r\n])((?:[^\S\t\r\n]|[\"'`´“”‘’«»\u200b-\u200f\u2060\ufeff])*)(?=[=+@\-−＝＋＠－﹦﹢﹫﹣])"
)
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
WIDEST: Final = 60  # letters of a column


def harmless(text: str) -> str:
    """The same words, with an apostrophe before each sign that would begin a formula."""
    kept = "".join(one for one in text if one in "\t\r\n" or unicodedata.category(one) != "Cc")
    said = COMPUTES.sub(r"\1\2'", kept)
    return f"'{said}" if said[:1] in {"\t", "\r", "\n"} else said


def as_sheet(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, kind: str = CSV
) -> HttpResponse:
    """The answer that a browser keeps as a file: its name says nothing of anybody."""
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    answer = HttpResponse(write(name, columns, rows), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def as_data(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A list for a programme, in no language: commas, UTF-8 (RFC 4180). The same rows give the
    same bytes."""
    written = StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerows([harmless(cell) for cell in row] for row in (columns, *rows))
    return written.getvalue().encode()


def _text(_name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Separators and numbers as spreadsheets of the reader’s language expect them, with accents."""
    english = get_language() == "en"
    written = StringIO()
    lines = csv.writer(written, delimiter="," if english else ";")
    for row in (columns, *rows):
        lines.writerow([_in_text(cell, "." if english else ",") for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _in_text(cell: Cell, point: str) -> str | int:
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", point)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int) else harmless(str(cell or ""))


def _workbook(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, its headings kept in sight; a text is said to be a text, whatever it begins by."""
    import openpyxl  # only who keeps a workbook waits for it
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.properties.creator = "Sphères"
    book.properties.created = clock.now().replace(tzinfo=None)
    sheet = book.active
    sheet.title, sheet.freeze_panes = name[:31], "A2"
    widths = [0] * len(columns)
    for line, row in enumerate((columns, *rows), start=1):
        for place, cell in enumerate(row):
            said = cell if isinstance(cell, int | Decimal | date) else harmless(str(cell or ""))
            widths[place] = max(widths[place], len(str(said)))
            if said == "":
                continue
            written = sheet.cell(line, place + 1, said)
            if isinstance(said, str):
                written.data_type = "s"
            if line == 1:
                written.font = Font(bold=True)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(width, WIDEST) + 2
    kept = BytesIO()
    book.save(kept)
    return _as_of(kept, book.properties.created)


def _as_of(written: BytesIO, moment: datetime) -> bytes:
    """The same workbook, that says one moment alone: two made of the same rows are the same bytes,
    and neither tells when the machine of the house worked."""
    kept = BytesIO()
    with ZipFile(written) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            said = before.read(part)
            if part.filename == "docProps/core.xml":
                said = MODIFIED.sub(rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode(), said)
            after.writestr(ZipInfo(part.filename), said, ZIP_DEFLATED)
    return kept.getvalue()


Writer = Callable[[str, Sequence[str], Iterable[Sequence[Cell]]], bytes]
WRITERS: Final[dict[str, tuple[Writer, str]]] = {
    CSV: (_text, f"{CSV_TYPE}; charset=utf-8"),
    XLSX: (_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
