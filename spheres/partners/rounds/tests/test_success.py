"""Beside the question on what a success is: what participants said that it is (S-130)."""

from __future__ import annotations

import pytest

from spheres.core import clock
from spheres.partners.rounds.tests.factories import (
    HERE,
    OVER,
    THERE,
    gives,
    open_round,
    settled,
    workers,
)
from spheres.records.between import chosen
from spheres.regions.loading import check_alone
from tests.cast import MONDAY, Cast, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
PAGE = f"/rounds/{uuid_of('round')}/"
TITLE = "Ce qu’est une réussite pour les personnes participantes"


def told_round(cast: Cast, slug: str = "change") -> None:
    people = [*workers(cast.la_maison, HERE), *workers(cast.elsewhere, THERE)]
    of = open_round(cast, slug=slug)
    first = of.asks.questions[0].code
    for place, who in enumerate(people):
        gives(who, of, {first: place % 5 + 1, "agreed": place % 5 + 1}, at=MONDAY)
    settled(of, cast.louise)


def seen(cast: Cast, who: str) -> str:
    with clock.at(OVER):
        return signed_in(getattr(cast, who), at=OVER).get(PAGE).content.decode()


@pytest.fixture
def a_year_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the folder of the files tells of a year that is over."""
    years = [chosen.Year(2025, (("J’ai moins peur.", 12), ("Je vois les gens que j’aime.", 7)))]
    monkeypatch.setattr(chosen, "_telling", [lambda *, actor: years])


@pytest.mark.usefixtures("a_year_is_told")
def test_it_stands_after_that_question_and_no_other(cast: Cast) -> None:
    told_round(cast)
    with untranslated() as missing:
        page = seen(cast, "louise")
    before, _title, after = page.partition(TITLE)

    assert page.count("J’ai moins peur.") == 1
    assert before.count("Sommes-nous d’accord") >= 1
    assert after.count("Est-ce à la personne de dire") >= 1
    assert [after.count(words) for words in (">12<", ">7<", "ce que 5 personnes")] == [1, 1, 1]
    assert missing == set()


@pytest.mark.usefixtures("a_year_is_told")
def test_another_round_says_nothing_of_it(cast: Cast) -> None:
    told_round(cast, "situation")

    assert TITLE not in seen(cast, "louise")


def test_whoever_is_told_of_no_year_sees_no_empty_place(cast: Cast) -> None:
    told_round(cast)

    assert [TITLE in seen(cast, who) for who in ("louise", "ines")] == [False, False]


def test_a_set_names_one_of_its_own_questions() -> None:
    file = """
slug: ours
version: 1
success: agreed
title: {fr: "Les nôtres", en: "Ours"}
lead: {fr: "Nos questions.", en: "Our questions."}
questions:
  - code: agreed
    label: {fr: "Sommes-nous d’accord?", en: "Do we agree?"}
    low: {fr: "Peu", en: "Little"}
    high: {fr: "Beaucoup", en: "Much"}
"""
    [ours] = check_alone({"reflections/1.yaml": file.encode()}, ["reflections"])["reflections"]

    assert ours.definition["success"] == "agreed"
