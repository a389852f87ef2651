"""Is a full name seen beside what she typed, and never her own, nor a first name alone?"""

from __future__ import annotations

import pytest

from spheres.records.naming.identifiers import full_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jeanne Tremblay vient le mardi.", ["Jeanne Tremblay"]),
        ("Avec Jean de Courval et Lili Roy.", ["Jean de Courval", "Lili Roy"]),
        ("Jeanne Tremblay, encore Jeanne Tremblay.", ["Jeanne Tremblay"]),
        ("Ma tante Lili", []),
        ("Lundi Jeanne est venue.", []),
        ("La Maison de la rue Saint-Denis", []),
        ("jeanne tremblay", []),
        ("", []),
    ],
)
def test_two_capitalised_words_in_a_row_are_a_full_name(text: str, found: list[str]) -> None:
    assert full_names(text) == found


@pytest.mark.parametrize("hers", [["Maya"], ["Maya Bleue"], ["maya"], ["", "Maya"]])
def test_her_own_name_is_hers_to_write(hers: list[str]) -> None:
    assert full_names("Maya Bleue et Jeanne Tremblay", hers=hers) == ["Jeanne Tremblay"]


def test_two_lines_of_a_list_are_no_full_name() -> None:
    assert full_names("Têtue\nDrôle, quand je suis bien\nJeanne Tremblay") == ["Jeanne Tremblay"]
