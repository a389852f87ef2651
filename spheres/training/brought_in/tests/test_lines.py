"""Is a list understood, whoever wrote it and however; and is what is wrong told where it is?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from spheres.papers import sandbox
from spheres.papers.sandbox import NotTaken
from spheres.training.brought_in import sheets
from spheres.training.brought_in.columns import places_of
from spheres.training.brought_in.lines import Read, days_of, minutes_of, read_all
from spheres.training.brought_in.models import OUTSIDE
from spheres.training.brought_in.tests.factories import (
    HEADER,
    INES,
    MIREILLE,
    TODAY,
    known,
    listed,
    workbook,
)

CELLS = HEADER.split(";")


def understood(content: bytes) -> Read:
    rows = sheets.rows_of(content)
    return read_all(rows[1:], places_of(rows[0][1]), known())


def refused(content: bytes) -> str:
    with translation.override("en"):
        with pytest.raises(NotTaken) as refusal:
            understood(content)
        return str(refusal.value)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_understood_whatever_its_separator_and_its_accents(
    separator: str, encoding: str
) -> None:
    line = MIREILLE.replace("3,5", "3.5").replace(";", separator)
    content = f"{HEADER.replace(';', separator)}\n{line}\n".encode(encoding)

    found = understood(content)

    assert found.faults == []
    [one] = found.lines
    assert (one.number, one.user_id, one.name, one.organisation) == (
        2, OUTSIDE, "Mireille Fortin", "École des Rives",
    )  # fmt: skip
    assert (one.environment, one.region, one.topic, one.kind, one.minutes) == (
        "school", "region_06", "first", "INITIAL", 210,
    )  # fmt: skip
    assert (one.taken_on, one.other_on, one.language) == (date(2024, 3, 12), None, "fr")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\r\n ; ; \r\n", "empty"),
        (listed(header=HEADER.replace("Thème", "Themme")), "Did you mean “Topic”?"),
        (listed(header=HEADER.replace("Genre", "Salaire")), "“Salaire”, is not known. Take it"),
        (listed(header=f"{HEADER};name"), "Column “Name” is there twice"),
        (listed(header="Nom;Date"), "Missing: Organisation, Environment, Topic"),
        (b'Nom;"Date\n1;2\n', "quotation mark"),
        (b"%PDF-1.7", "neither a list"),
        (b"\xd0\xcf\x11\xe0old", "of an old kind"),
        (b"Nom\0;Date", "neither a list"),
        (b"PK\x03\x04 no workbook", "could not be read"),
        (b"a\n" * (sheets.MOST + 2), "more than 100,000 lines"),
        (b"a" * (sheets.HEAVIEST + 1), "larger than 15 MB"),
    ],
)
def test_a_list_that_is_not_one_is_refused_in_words(content: bytes, words: str) -> None:
    if content.startswith(b"PK") and not sandbox.can_run():
        words = "cannot be read here for now"
    assert words in refused(content)


@pytest.mark.parametrize(
    ("place", "typed", "code"),
    [
        (0, "", "EMPTY"),
        (0, "=cmd|' /C calc'!A0", "COMPUTES"),
        (0, "+1", "COMPUTES"),
        (0, "@SUM(A1)", "COMPUTES"),
        (0, "n" * 121, "TOO_LONG"),
        (1, "personne", "NO_EMAIL"),
        (1, "Louise@Maison.example", "ONESELF"),
        (2, "", "EMPTY"),
        (3, "Milieu inventé", "NO_ENVIRONMENT"),
        (4, "Un autre thème", "NO_TOPIC"),
        (5, "31-02-2024", "NO_SUCH_DAY"),
        (5, "hier", "NO_DAY"),
        (5, "2026-03-03", "TO_COME"),
        (5, "1924-03-12", "TOO_OLD"),
        (6, "61", "NO_HOURS"),
        (6, "0", "NO_HOURS"),
        (7, "obligatoire", "NO_KIND"),
        (8, "Ailleurs", "NO_REGION"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(place: int, typed: str, code: str) -> None:
    cells = MIREILLE.split(";")
    cells[place] = typed
    column = sorted(places_of(list(CELLS)).items(), key=lambda one: one[1])[place][0]

    found = understood(listed(MIREILLE, "", ";".join(cells)))

    assert found.faults == [(4, column, code)]
    assert [one.number for one in found.lines] == [2]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2024-03-12", [date(2024, 3, 12)]),
        ("20240312", [date(2024, 3, 12)]),
        ("2024-03-12 00:00:00", [date(2024, 3, 12)]),
        ("25/03/24", [date(2024, 3, 25)]),
        ("03/25/2024", [date(2024, 3, 25)]),
        ("02/03/24", [date(2024, 3, 2), date(2024, 2, 3)]),
        ("02/02/24", [date(2024, 2, 2)]),
        ("12 mars 2024", [date(2024, 3, 12)]),
        ("1er août 2023", [date(2023, 8, 1)]),
        ("March 12, 2024", [date(2024, 3, 12)]),
    ],
)
def test_a_day_is_read_as_it_is_written_and_both_ways_when_it_has_two(
    typed: str, days: list[date]
) -> None:
    assert days_of(typed, TODAY) == days


def test_a_day_of_which_one_reading_is_to_come_is_the_other() -> None:
    assert days_of("01/03/2026", TODAY) == [date(2026, 3, 1), date(2026, 1, 3)]
    assert days_of("03/02/2026", TODAY) == [date(2026, 2, 3), date(2026, 3, 2)]
    assert days_of("04/02/2026", TODAY) == [date(2026, 2, 4)]


@pytest.mark.parametrize(
    ("typed", "minutes"), [("3", 180), ("3,5", 210), ("3.5 h", 210), ("3:30", 210), ("3 h 30", 210)]
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert minutes_of(typed) == minutes


def test_one_address_is_one_person_however_it_is_written() -> None:
    again = MIREILLE.replace("mfortin@", "MFortin@").replace("des Rives;", "des Lacs;")
    found = understood(listed(MIREILLE, again.replace("2024-03-12", "2024-05-01")))

    first, second = found.lines
    assert first.person == second.person
    assert (first.alike, second.alike) == (None, None)


def test_one_name_in_two_organisations_is_asked_about() -> None:
    bare = MIREILLE.replace("mfortin@rives.example", "")
    found = understood(listed(bare, bare.replace("des Rives", "des Lacs"), bare))

    here, there, again = found.lines
    assert here.person == again.person != there.person
    assert here.alike == there.alike == again.alike is not None


def test_whoever_has_an_account_is_recognised_by_their_address() -> None:
    line = MIREILLE.replace("mfortin@rives.example", "Ines@Maison.example")
    [one] = understood(listed(line)).lines

    assert (one.user_id, one.name, one.organisation, one.language) == (INES, "", "", "en")
    assert (one.environment, one.region) == ("school", "region_06")


def rows(*more: list[str]) -> list[list[str]]:
    return [list(CELLS), *more]


def book_line(**said: str) -> list[str]:
    cells = MIREILLE.split(";")
    for name, value in said.items():
        cells[CELLS.index(name)] = value
    return cells


@pytest.mark.skipif(not sandbox.can_run(), reason="the sandbox does not run here")
class TestOfAWorkbook:
    def test_its_days_numbers_and_texts_are_read(self) -> None:
        found = understood(workbook(rows(book_line(Date="date:45363", Heures="3.5"))))

        assert found.faults == []
        assert [(one.taken_on, one.minutes, one.name) for one in found.lines] == [
            (date(2024, 3, 12), 210, "Mireille Fortin")
        ]

    def test_a_formula_is_refused_where_it_is(self) -> None:
        found = understood(workbook(rows(book_line(Heures="=1+2"))))

        assert found.faults == [(2, "minutes", "COMPUTES")]

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"xl/vbaProject.bin": b"macro"}, "macros"),
            ({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}, "could not"),
            ({"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 400_000_000}, "could not"),
        ],
    )
    def test_what_harms_is_refused(self, more: dict[str, Any], words: str) -> None:
        assert words in refused(workbook(rows(book_line()), more=more))

    def test_too_many_lines_are_refused(self) -> None:
        many = [["x"]] * (sheets.MOST + 2)
        assert "more than 100,000 lines" in refused(workbook(many))
