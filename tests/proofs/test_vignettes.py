"""Does the checker see what would let somebody be recognised, and how often is it wrong?

The file beside holds 200 vignettes of our own writing, half French and half English, in each of
which one identifier was planted: names (plain, in capitals, reversed, misspelt, with digits for
letters, in small letters), dates, places, streets, schools, numbers, accounts, rare traits.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from spheres.public.forms import AdviceForm
from spheres.records.naming.identifiers import Finding
from spheres.records.naming.vignettes import OF_HERE, RARE, identities, look_closely
from tests.proofs.figures import tell

FILE = Path(__file__).with_name("vignettes.tsv")
ADVICE = Path(__file__).with_name("advice.tsv")  # what a professional writes to be advised
TOGETHER = {"traits rares", "rare together"}


@dataclass(frozen=True)
class Vignette:
    language: str
    kind: str
    planted: str
    text: str

    def is_seen_in(self, finding: Finding) -> bool:
        """Whether this is what was planted, or a part of it."""
        if self.kind in TOGETHER:
            return any(trait in self.planted for trait in finding.words.split(" + "))
        shared = words_of(finding.words) & words_of(self.planted)
        return bool(shared) or finding.words in self.planted or self.planted in finding.words


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text))


def vignettes(file: Path = FILE) -> list[Vignette]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Vignette(*line.split("\t")) for line in lines]


def looked_at(every: list[Vignette]) -> tuple[Counter[str], int]:
    """How many were missed, by language, and how many things were shown for nothing."""
    missed, false = Counter[str](), 0
    for one in every:
        found = look_closely(one.text)
        if one.kind in TOGETHER:
            seen = any(finding.why == RARE for finding in found)
        else:
            seen = any(one.is_seen_in(finding) for finding in found)
        missed[one.language] += not seen
        false += sum(not one.is_seen_in(finding) for finding in found)
    return missed, false


def test_of_two_hundred_vignettes_nearly_every_identifier_is_seen() -> None:
    every = vignettes()
    missed, false = looked_at(every)

    recall = 1 - missed.total() / len(every)
    tell(
        "identifiers seen in vignettes",
        f"{recall:.1%} of {len(every)} (missed: {missed['fr']} in French, {missed['en']} in "
        f"English); {false} false alarms",
        "95 %",
    )
    assert Counter(one.language for one in every) == {"fr": 100, "en": 100}
    assert recall >= 0.95
    assert false <= len(every) * 0.1


def test_what_a_professional_writes_to_be_advised_is_looked_at_by_the_same_checker() -> None:
    every = vignettes(ADVICE)
    form = AdviceForm()
    shown: list[list[str]] = []
    for one in every:
        form.cleaned_data = {"worries": one.text, "tried": ""}
        shown.append([finding.words for finding in form.findings()])
    missed, false = looked_at(every)

    assert shown == [[finding.words for finding in look_closely(one.text)] for one in every]
    both = [*every, *vignettes()]
    missed_of_all = missed.total() + looked_at(vignettes())[0].total()
    recall = 1 - missed_of_all / len(both)
    tell(
        "identifiers seen in requests for advice",
        f"{recall:.1%} of {len(both)}, with those of vignettes ({missed.total()} missed of "
        f"{len(every)} written as advice; {false} false alarms in these)",
        "95 %",
    )
    assert recall >= 0.95
    assert missed.total() <= 1
    assert false <= 2


def test_of_these_a_whole_name_and_a_card_are_refused_and_nothing_that_names_nobody() -> None:
    refused = {one.planted for one in vignettes(ADVICE) if identities(one.text)}

    assert refused == {"Kevin Gagnon", "Brandon Smith", "TREM 0812 3456", "SMIT 0812 3456"}


@pytest.mark.parametrize(
    "text",
    [
        "Une jeune de 15 à 17 ans revient d’une fugue. Les messages courts, le soir, aident.",
        "Someone of 18 to 20 has left the sex trade twice. Housing comes first.",
        "Le Comité a suggéré un accompagnement au Centre d’emploi; la DPJ est au courant.",
        "",
    ],
)
def test_a_vignette_that_names_nobody_is_left_alone(text: str) -> None:
    assert look_closely(text) == []


def test_the_name_of_somebody_one_knows_is_seen_even_when_nobody_else_bears_it() -> None:
    [found] = look_closely("la belle zyra ne dort pas", names=["Zyra Qo"])

    assert found.words == "zyra"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("elle dort à l’anse aux merles depuis mardi", "l’anse aux merles"),
        ("une amie de SAINT LUDGER DES PINS", "SAINT LUDGER DES PINS"),
        ("she goes to school in st-ludger-des-pins", "st-ludger-des-pins"),
        ("vers le cartier du vieux moulin", "vieux moulin"),
    ],
)
def test_a_place_of_the_region_is_seen_however_it_is_written(text: str, seen: str) -> None:
    places = ["L’Anse-aux-Merles", "Saint-Ludger-des-Pins", "Vieux-Moulin"]

    assert [one.words for one in look_closely(text, places=places) if one.why == OF_HERE] == [seen]
    assert [one.words for one in look_closely(text) if seen in one.words] == []


def test_a_part_of_a_word_is_no_place() -> None:
    assert look_closely("elle avale mal, et dévale la côte", places=["Laval", "Val"]) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Elle dort chez MÉLISSA TREMBLAY depuis mardi.", "MÉLISSA TREMBLAY"),
        ("Elle dort chez Tremblay, Mélissa depuis mardi.", "Tremblay, Mélissa"),
        ("Elle dort chez Melissa Trenblay depuis mardi.", "Melissa Trenblay"),
        ("Elle dort chez M3l1ssa Tr3mbl4y depuis mardi.", "M3l1ssa Tr3mbl4y"),
        ("She sleeps at EMILY JOHNSON’s for now.", "EMILY JOHNSON"),
        ("She sleeps at Johnson, Emily’s for now.", "Johnson, Emily"),
        ("She sleeps at Emilly Jonhson’s for now.", "Emilly Jonhson"),
        ("She sleeps at Em1ly J0hns0n’s for now.", "Em1ly J0hns0n"),
    ],
    ids=[f"{how}-{language}" for language in ("fr", "en")
        for how in ("in capitals", "reversed", "misspelt", "digits for letters")],
)  # fmt: skip
def test_a_full_name_is_seen_in_capitals_reversed_misspelt_or_with_digits_for_letters(
    text: str, seen: str
) -> None:
    """However it is written, every part of it is shown to whoever wrote it."""
    shown = " ".join(found.words for found in look_closely(text))

    assert [part for part in re.findall(r"[\w]{3,}", seen) if part not in shown] == []


@pytest.mark.parametrize("text", ["Elle a 16 ans.", "Elle a 16 ans et une jumelle."])
def test_one_or_two_rare_traits_are_not_said(text: str) -> None:
    assert look_closely(text) == []
