"""Does no cell of any table that leaves the house compute what somebody typed?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest

from spheres.records.spreadsheets import CSV, XLSX
from tests.cast import Cast
from tests.tables_that_leave import EXPORTS, LANGUAGES, TYPED, typed, writers

pytestmark = pytest.mark.django_db
BEGINS = ("=", "+", "-", "@", "＝", "−", "\t", "\r")


@pytest.fixture
def typing(cast: Cast) -> Iterator[Cast]:
    with typed(cast):
        yield cast


# Written as lists alone.
LISTS_ALONE = ("spheres/training/brought_in/", "spheres/public/open_figures.py")


def cells_of(answer: Any) -> list[Any]:
    """As Python and openpyxl read them; a CSV also as whoever opens it with another separator."""
    assert answer.status_code == 200
    if answer["Content-Disposition"].endswith('.xlsx"'):
        book = openpyxl.load_workbook(BytesIO(answer.content))
        return [cell for row in book.active.iter_rows() for cell in row]
    text = answer.content.decode("utf-8-sig")
    return [
        cell
        for separator in ";,\t"
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator)
        for cell in row
    ]


def test_every_table_that_leaves_is_tried() -> None:
    assert set(EXPORTS) == writers()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", EXPORTS)
def test_nothing_that_was_typed_is_computed(typing: Cast, which: str, language: str) -> None:
    text = cells_of(EXPORTS[which](typing, language, CSV))
    assert [cell for cell in text if cell.lstrip(' \u200b"').startswith(BEGINS[:6])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", [one for one in EXPORTS if not one.startswith(LISTS_ALONE)])
def test_no_cell_of_a_workbook_is_a_formula(typing: Cast, which: str, language: str) -> None:
    cells = cells_of(EXPORTS[which](typing, language, XLSX))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    said = [cell.value for cell in cells if cell.data_type == "s"]
    assert [one for one in said if one.startswith(BEGINS)] == []
    assert any("=1+1" in one for one in said), TYPED
