"""Is each figure defined once, in both languages, under a number that moves with what it says?"""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.utils import translation

from spheres.core import clock
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator
from spheres.evaluation.indicators.models import Figure, Measure
from spheres.evaluation.indicators.tests.factories import APRIL, ROLLUPS, count
from spheres.evaluation.theory.models import Component
from spheres.records.between import measured
from tests.cast import acting
from tests.pages import learn_french, signed_in, untranslated

learn_french()

# What each definition says under its version. One that changes takes another version first: the
# figures published before are read beside the words of their time.
SAID = {
    "MEETINGS 1": "744cc34d838e",
    "PROMISED 1": "55467b2f2f9e",
    "KEPT 1": "ab9fa9658ea5",
    "TRAININGS 1": "f42ef9c8d4c2",
    "TRAINED 1": "996f9dbda4f7",
    "EVENTS 1": "6c10ad4c4f6c",
    "REACHED 1": "2588e79e71f7",
    "HEARD 1": "a76bd3d30197",
    "ADVICE 1": "30e9f0d9261c",
    "ADVICE_SPEED 1": "8f9c782d31ff",
    "ADVICE_GAVE 1": "0792bb9f628d",
    "ADVICE_CLEAR 1": "610de5572f69",
    "ADVICE_EQUIP 1": "2c3cfe008e42",
    "PEOPLE 1": "8a6246a5ec38",
    "INTENSITY 1": "26f41a43cde5",
    "REFERRALS 1": "ce57b5b0baf1",
    "FIRST_WAIT 1": "882c7687d22b",
    "CLOSE_AGAIN 1": "85ff6411e33a",
    "FOLLOW_UPS 1": "bf9eba7d9615",
    "OPENINGS 1": "a77caab1bfda",
    "LEFT 1": "ae1f19cf7e8a",
    "CONTACTS 1": "8adb87652874",
    "STEPS 1": "73490b6612c2",
    "NEEDS 1": "1f795e462f75",
    "ACCOMPANIED 1": "028cb5e3e80c",
    "THERAPY_WAIT 1": "d30cd6bbeff7",
    "UNCLOSED 1": "eceef00941ae",
    "UNSEEN 1": "3d6d27527af0",
    "LATE 1": "8acaffdc336d",
    "BACKWARDS 1": "e969c1ddbb9e",
}


def digest(one: Indicator) -> str:
    with translation.override("en"):
        words = [str(words) for words in (one.counts, one.unit, one.unknowns, one.records)]
    question = " ".join(one.query.split())
    kinds = [code for code, _words in one.choices]
    said = [*words, one.shape.name, one.is_of_people, one.vocabulary, kinds, question]
    return sha256(json.dumps(said).encode()).hexdigest()[:12]


def test_every_measure_has_one_definition_in_the_order_of_the_components() -> None:
    assert list(INDICATORS) == list(Measure)
    order = [
        (one.is_of_quality, list(Component).index(one.component)) for one in INDICATORS.values()
    ]
    assert order == sorted(order)
    assert {one.component for one in INDICATORS.values()} == {*Component}


def test_a_definition_that_changes_takes_another_version() -> None:
    assert {f"{one.measure} {one.version}": digest(one) for one in INDICATORS.values()} == SAID


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_says_what_is_counted_and_what_it_does_not_know(language: str) -> None:
    with translation.override(language), untranslated() as missing:
        told = [[str(one.counts), *(str(words) for _name, words in one.said)]
                for one in INDICATORS.values()]  # fmt: skip

    assert [words for words in told if not all(words)] == []
    assert missing == set()


@pytest.mark.django_db
def test_every_definition_stands_in_one_place_where_the_theory_points(cast) -> None:
    with clock.at(APRIL):
        client = signed_in(cast.louise, at=APRIL, language="fr")
        html = client.get("/figures/definitions/").content.decode()

    assert [one for one in INDICATORS if f'id="{one.lower()}"' not in html] == []
    ways = {measured.measured(one.lower()).url_for(cast.louise) for one in INDICATORS}
    assert ways == {f"/figures/definitions/#{one.lower()}" for one in INDICATORS}


@pytest.mark.django_db
def test_a_figure_keeps_the_version_of_the_definition_it_was_counted_by(cast) -> None:
    count()

    with acting(ROLLUPS):
        kept = {row.measure: row.version for row in Figure.objects.all()}
    assert kept == {measure: one.version for measure, one in INDICATORS.items()}
