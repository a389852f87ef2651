"""Can a verification number be guessed, or mistyped unseen?"""

from __future__ import annotations

from itertools import pairwise

from spheres.training.attestations import numbers
from spheres.training.attestations.numbers import GROUP, LENGTH, SIGNS, number_of, read, said
from tests.cast import uuid_of

NUMBER = number_of(uuid_of("one"))


def test_a_number_carries_more_than_eighty_bits_and_one_attestation_has_one_number() -> None:
    drawn = {number_of(uuid_of(str(each))) for each in range(2_000)}

    assert 5 * (LENGTH - 1) >= 80
    assert number_of(uuid_of("one")) == NUMBER
    assert len(drawn) == 2_000
    assert {sign for number in drawn for sign in number} == set(SIGNS)


def test_a_number_is_printed_in_groups_and_read_however_it_is_typed() -> None:
    printed = said(NUMBER)

    assert [len(group) for group in printed.split("-")] == [GROUP] * 4
    for typed in (printed, printed.lower(), f"  {printed.replace('-', ' ')}\n"):
        assert read(typed) == NUMBER
    alike = NUMBER.replace("0", "O").replace("1", "l")
    assert read(alike) == NUMBER


def test_every_sign_mistyped_and_every_two_neighbours_exchanged_are_seen() -> None:
    changed = {
        NUMBER[:place] + sign + NUMBER[place + 1 :] for place in range(LENGTH) for sign in SIGNS
    } - {NUMBER}
    exchanged = {
        NUMBER[:place] + second + first + NUMBER[place + 2 :]
        for place, (first, second) in enumerate(pairwise(NUMBER))
    } - {NUMBER}

    assert len(changed) == LENGTH * (len(SIGNS) - 1)
    assert {read(typed) for typed in changed | exchanged} == {""}
    assert [read(typed) for typed in ("", NUMBER[:-1], NUMBER + "0", "U" * LENGTH)] == [""] * 4


def test_one_number_in_thirty_two_passes_its_check_and_no_more() -> None:
    passing = sum(numbers.read(NUMBER[:-2] + one + two) != "" for one in SIGNS for two in SIGNS)

    assert passing == len(SIGNS)
