"""Which names are heard alike, and which numbers are the same?"""

from __future__ import annotations

import pytest

from spheres.followup.likeness import sounds


def meet(one: str, other: str) -> bool:
    """Whether one whole name is the other, or begins it."""
    wholes, begins = set(sounds.whole(one)), set(sounds.beginnings(one))
    others, other_begins = set(sounds.whole(other)), set(sounds.beginnings(other))
    return bool(wholes & (others | other_begins) or others & begins)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim", "Kimberly"),
        ("Kimmy", "Kimberley"),
        ("KIM", "kim "),
        ("Cathy", "Kathie"),
        ("Maïa", "Maya"),
        ("Chloé", "Cloe"),
        ("Christine", "Kristine"),
        ("Sophia", "Sofia"),
        ("Margot", "Margo"),
        ("Camille", "Camil"),
        ("Alexandra", "Alex"),
        ("Marie", "Marie-Ève"),
        ("Kim", "Kim B."),
    ],
)
def test_a_name_meets_its_short_form_and_its_other_spellings(one: str, other: str) -> None:
    assert meet(one, other)
    assert meet(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kimberly", "Kimiko"),
        ("Alexandra", "Alexis"),
        ("Maya", "Maude"),
        ("Léa", "Lou"),
        ("Lou", "Lucas"),
        ("Jo", "Jade"),
        ("K", "Kim"),
        ("李", "王"),
    ],
)
def test_names_that_only_begin_alike_do_not_meet(one: str, other: str) -> None:
    assert not meet(one, other)
    assert not meet(other, one)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("450 555-0142\nsigner « Café »", ["4505550142"]),
        ("+1 (450) 555-0142, poste 3", ["4505550142"]),
        ("450.555.0142 / 1-450-555-0142", ["4505550142"]),
        ("555-0142", ["5550142"]),
        ("Kim@Example.ORG, ou 450 555-0142", ["kim@example.org", "4505550142"]),
        ("À la bibliothèque, le 2026-03-02, 15 h 30", []),
        ("", []),
    ],
)
def test_numbers_and_addresses_are_always_written_alike(line: str, found: list[str]) -> None:
    assert sounds.reached(line) == found
