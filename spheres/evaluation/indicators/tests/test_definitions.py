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
    "MEETINGS 1": "a5dddb744e93",
    "PROMISED 1": "b6fdead0d64f",
    "KEPT 1": "1694c05e8d60",
    "TRAININGS 1": "38f2fb301ddc",
    "TRAINED 1": "6f74da3edd32",
    "EVENTS 1": "1b1f0f1aa216",
    "REACHED 1": "39c34f2dadca",
    "HEARD 1": "033a9f35a837",
    "ADVICE 1": "ab714a741eeb",
    "ADVICE_SPEED 1": "ff80e81895a9",
    "ADVICE_GAVE 1": "27767ad4f80b",
    "ADVICE_CLEAR 1": "1a3f2d803f15",
    "ADVICE_EQUIP 1": "af1407036ebe",
    "PEOPLE 1": "efd0a2cfe891",
    "INTENSITY 1": "ed2aed57bf57",
    "REFERRALS 1": "e16925fa7c60",
    "FIRST_WAIT 1": "cf0b78f515d8",
    "FOLLOW_UPS 1": "9bb4cd72277c",
    "OPENINGS 1": "323c39bfb5d8",
    "LEFT 1": "0ead6d1875be",
    "CONTACTS 1": "5716a986b0d0",
    "STEPS 1": "615aef9fe396",
    "NEEDS 1": "c38da3cc7791",
    "ACCOMPANIED 1": "1215cf0c1fe0",
    "THERAPY_WAIT 1": "63328923a8fe",
    "UNCLOSED 1": "12c2ec7c41d9",
    "UNSEEN 1": "90c6c97cfab9",
    "LATE 1": "212309088769",
    "BACKWARDS 1": "5c7a5e8350e3",
}


def digest(one: Indicator) -> str:
    with translation.override("en"):
        words = [str(words) for words in (one.counts, one.unit, one.unknowns, one.records)]
    question = " ".join(one.query.split())
    said = [*words, one.shape.name, one.is_of_people, one.vocabulary, question]
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
