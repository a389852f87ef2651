"""Does a table leave with every word, number and day, and with nothing that computes?"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import openpyxl
import pytest
from django.http import Http404
from django.utils import translation

from spheres.core import clock
from spheres.records.spreadsheets import as_sheet, harmless
from tests.cast import MONDAY, TUESDAY

ROW = ("Éloïse; et Léa", 3, -2, Decimal("-40.50"), date(2026, 3, 2), None, "a\x00b")
COLUMNS = ["Nom", "a", "b", "c", "d", "e", "=f"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("＝1", "'＝1"),
        ("−1", "'−1"),
        ('"=1', "\"'=1"),
        ("  =1", "  '=1"),
        ("\u200b=1", "\u200b'=1"),
        ("\tÀ côté", "'\tÀ côté"),
        ("a;=1", "a;'=1"),
        ('a","=1', 'a","\'=1'),
        ("a\n=1", "a\n'=1"),
        ("\x00=1", "'=1"),
    ],
)
def test_what_would_compute_is_made_a_text(said: str, kept: str) -> None:
    assert harmless(said) == kept


@pytest.mark.parametrize(
    "said", ["", "Inès Belhadj", "Saguenay–Lac-Saint-Jean", "a = b", "ines@example.org", "1-2", "’"]
)
def test_what_computes_nothing_is_left_as_it_is(said: str) -> None:
    assert harmless(said) == said


@pytest.mark.parametrize(
    ("language", "separator", "cents"), [("fr", ";", "-40,50"), ("en", ",", "-40.50")]
)
def test_a_list_is_written_as_the_reader_s_spreadsheet_expects_it(
    language: str, separator: str, cents: str
) -> None:
    with translation.override(language):
        answer: Any = as_sheet("a-table", COLUMNS, [ROW])

    assert answer["Content-Disposition"] == 'attachment; filename="a-table.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=separator)) == [
        ["Nom", "a", "b", "c", "d", "e", "'=f"],
        ["Éloïse; et Léa", "3", "-2", cents, "2026-03-02", "", "ab"],
    ]


def test_a_workbook_keeps_numbers_and_days_as_what_they_are() -> None:
    answer: Any = as_sheet("a-table", COLUMNS, [ROW, ("#N/A", 0)], kind="xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="a-table.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.properties.creator == "Sphères"
    heading, row, last = book.active.iter_rows()
    assert [cell.value for cell in heading] == [*COLUMNS[:-1], "'=f"]
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("Éloïse; et Léa", "s"), (3, "n"), (-2, "n"), (-40.5, "n"),
        (book.epoch.__class__(2026, 3, 2), "d"), (None, "n"), ("ab", "s"),
    ]  # fmt: skip
    assert [cell.data_type for cell in last[:2]] == ["s", "n"]


def test_a_workbook_of_one_moment_is_the_same_bytes_whenever_the_machine_wrote_it() -> None:
    with clock.at(MONDAY):
        one = as_sheet("a-table", COLUMNS, [ROW], kind="xlsx")
        with patch("openpyxl.writer.excel.datetime") as machine, patch("time.time") as now:
            machine.datetime.now.return_value = datetime(1999, 12, 31, tzinfo=UTC)
            now.return_value = 946_598_400.0
            other = as_sheet("a-table", COLUMNS, [ROW], kind="xlsx")
    with clock.at(TUESDAY):
        later = as_sheet("a-table", COLUMNS, [ROW], kind="xlsx")

    assert one.content == other.content != later.content
    with ZipFile(BytesIO(one.content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        said = f">{MONDAY:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>"
        assert said in parts.read("docProps/core.xml").decode()


def test_no_other_kind_is_written() -> None:
    with pytest.raises(Http404):
        as_sheet("a-table", COLUMNS, [], kind="exe")
