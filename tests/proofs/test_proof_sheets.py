"""Opened by a real spreadsheet, does any cell of a table that leaves the house compute?

Each table is made in both languages and kinds where all that people can type is a formula, opened
by LibreOffice, a list with each separator, and saved by it as a workbook in which formulas show.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from spheres.records.spreadsheets import CSV, XLSX
from tests.cast import Cast
from tests.proofs.figures import tell
from tests.tables_that_leave import EXPORTS, LANGUAGES, TYPED, typed

SEPARATORS = ";,\t"
# Separator, quotation mark, UTF-8, first line; numbers told apart, formulas computed (the last).
AS_TYPED = "--infilter=CSV:{},34,76,1,,0,false,true,false,false,false,-1,true"


@pytest.fixture
def spreadsheet(tmp_path: Path) -> str:
    programme = shutil.which("soffice")
    if programme is None:
        assert os.environ.get("CI") != "true", "soffice is not installed"
        pytest.skip(
            "no LibreOffice on this machine (on Debian: apt install libreoffice-calc-nogui)"
        )
    return programme


def opened(programme: str, folder: Path, kept: list[Path], *said: str) -> Iterator[tuple[str, int]]:
    """Each cell of each file, as LibreOffice understood it, and whether it is a formula."""
    out = folder / "saved"
    home = f"-env:UserInstallation=file://{folder}/home"
    asked = ["--headless", *said, "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run(
        [programme, home, *asked, *map(str, kept)], check=True, capture_output=True, timeout=120
    )
    for file in kept:
        sheet = openpyxl.load_workbook(out / f"{file.stem}.xlsx").active
        for row in sheet.iter_rows():
            yield from ((str(cell.value), cell.data_type == "f") for cell in row)
    shutil.rmtree(out)


def formulas(found: Iterator[tuple[str, int]]) -> tuple[int, list[str]]:
    cells = list(found)
    return len(cells), [said for said, is_formula in cells if is_formula]


@pytest.mark.proof
@pytest.mark.django_db
def test_no_cell_computes_in_a_real_spreadsheet(
    cast: Cast, spreadsheet: str, tmp_path: Path
) -> None:
    raw = tmp_path / "raw.csv"
    with raw.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([said] for said in TYPED)
    lists, books = [], []
    with typed(cast):
        for place, make in enumerate(EXPORTS.values()):
            for language in LANGUAGES:
                for kind, kept in ((CSV, lists), (XLSX, books)):
                    answer = make(cast, language, kind)
                    assert answer.status_code == 200
                    ending = answer["Content-Disposition"].removesuffix('"')[-4:].strip(".")
                    file = tmp_path / f"{place}-{language}-{kind}.{ending}"
                    file.write_bytes(answer.content)
                    if kind == ending:
                        kept.append(file)

    # Without our hand, the same words do compute: the look is not blind.
    assert formulas(opened(spreadsheet, tmp_path, [raw], AS_TYPED.format(ord(";"))))[1]
    cells = 0
    for separator in SEPARATORS:
        many, found = formulas(
            opened(spreadsheet, tmp_path, lists, AS_TYPED.format(ord(separator)))
        )
        assert found == [], separator
        cells += many
    many, found = formulas(opened(spreadsheet, tmp_path, books))
    assert found == []
    tell(
        f"tables opened by LibreOffice: {len(lists) + len(books)}, {cells + many} cells, 0 formula"
    )
