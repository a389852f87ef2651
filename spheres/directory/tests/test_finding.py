"""Is a resource found in either language, in spite of accents, plurals and a letter mistyped?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.directory import finding, queries
from spheres.directory.models import Resource
from spheres.directory.queries import Wish
from spheres.directory.tests.factories import found
from tests.cast import LOADER, MONDAY, Cast, acting

# MONDAY is March 2, 2026, at 9 in the morning where the region is.
NIGHT = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)  # Tuesday, half past three in the morning


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("dentiste", "dentaire-solidaire"),
        ("dentist", "dentaire-solidaire"),
        ("Clinique vieux quai", "clinique-jeunesse-sans-rendez-vous"),
        ("une garderie pour mon bébé", "la-cigogne"),
        ("bebe", "la-cigogne"),
        ("BÉBÉS", "la-cigogne"),
        ("avocates", "justice-aide"),
        ("lawyers", "justice-aide"),
        ("naloxonne", "point-de-repere-rue"),
        ("pasport", "bureau-des-papiers"),
        ("abri violance", "maison-la-source"),
        ("friendship centre", "maison-des-nations-accueil"),
        ("inuktituk", "maison-des-nations-accueil"),
        ("sextortion", "net-et-moi"),
    ],
)
def test_a_word_finds_what_it_means(cast: Cast, words: str, first: str | None) -> None:
    slugs = found(cast, words)

    assert (slugs[0] if slugs else None) == first


def test_all_the_words_are_met_when_they_can_be(cast: Cast) -> None:
    assert found(cast, "repas soir") == ["cuisine-repas"]
    assert found(cast, "first job interview") == ["premier-pas-emploi"]


def test_what_comes_near_is_said_to_be_near(cast: Cast) -> None:
    with acting(cast.ines):
        answer = queries.answering(Wish("dentiste volcan"), actor=cast.ines, at=MONDAY)

    assert answer.is_near
    assert [one.slug for one in answer.resources] == ["dentaire-solidaire"]


def test_nothing_is_found_of_what_nobody_offers(cast: Cast) -> None:
    assert found(cast, "xylophone") == []


@pytest.mark.parametrize("words", ["", "   ", "…", "' or 1=1 --", "🙂", "a" * 80])
def test_whatever_is_typed_is_answered(cast: Cast, words: str) -> None:
    assert isinstance(found(cast, words), list)


def test_small_words_alone_are_looked_for_as_they_are(cast: Cast) -> None:
    assert found(cast, "en") == found(cast, "en")


CONDITIONS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "a bed for a girl of 14": (
        {"domain": "shelter", "age": 14},
        {"auberge-du-quai-nuit", "passerelle-halte"},
    ),
    "a bed with her child": (
        {"domain": "shelter", "safe_for": ("with_child",)},
        {"maison-la-source", "maison-des-nations-hebergement"},
    ),
    "a bed with a dog, after using": (
        {"domain": "shelter", "safe_for": ("with_animal", "using")},
        {"passerelle-halte"},
    ),
    "a bed for a young man of 20": (
        {"domain": "shelter", "age": 20, "safe_for": ("men",)},
        {"auberge-du-quai-appartements", "passerelle-halte"},
    ),
    "care in Spanish": (
        {"domain": "victims_aid", "language": "es"},
        {"maison-la-source"},
    ),
    "free dental care": ({"words": "dentiste", "free": True}, set()),
    "a meal now, in the morning": ({"domain": "food", "open_now": True}, {
        "auberge-du-quai-nuit", "maison-des-nations-accueil",
    }),
}  # fmt: skip


@pytest.mark.parametrize("who", CONDITIONS)
def test_conditions_keep_those_that_say_yes(cast: Cast, who: str) -> None:
    asked, slugs = CONDITIONS[who]

    assert set(found(cast, **asked)) == slugs


def test_a_night_goes_on_after_midnight(cast: Cast) -> None:
    open_at_night = set(found(cast, domain="shelter", open_now=True, at=NIGHT))

    assert "passerelle-halte" in open_at_night
    assert "auberge-du-quai-appartements" not in open_at_night


def test_what_no_longer_stands_in_the_files_is_not_found(cast: Cast) -> None:
    with acting(cast.ines):
        before = len(queries.offered(actor=cast.ines))
        one = Resource.objects.get(slug="dentaire-solidaire")
    with acting(LOADER):
        Resource.objects.filter(pk=one.pk).update(is_offered=False)

    with acting(cast.ines):
        assert len(queries.offered(actor=cast.ines)) == before - 1
        assert str(one.pk) not in dict(queries.choices(actor=cast.ines))
        kept = queries.resource(one.pk, actor=cast.ines)
    assert kept is not None
    assert kept.slug == "dentaire-solidaire"
    assert found(cast, "dentiste") == []


def test_choices_are_those_of_a_domain_or_all(cast: Cast) -> None:
    with acting(cast.ines):
        of_transport = queries.choices(actor=cast.ines, domain="transport")
        everything = queries.choices(actor=cast.ines)

    assert [words for _id, words in of_transport] == [
        "Titres d’autobus et accompagnement en voiture (Navette de la Rive)"
    ]
    assert len(everything) == 35


def test_looking_costs_three_statements_whatever_is_asked(cast: Cast) -> None:
    counts = []
    for words in ("", "lit", "une clinique pour mon bébé"):
        with acting(cast.ines), CaptureQueriesContext(connection) as asked:
            queries.answering(Wish(words), actor=cast.ines, at=MONDAY)
        counts.append(len([q for q in asked.captured_queries if "directory_" in q["sql"]]))

    assert counts == [3, 3, 3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’été, à l’hôpital", ["l", "ete", "a", "l", "hopital"]),
        ("Sœurs et journaux", ["soeur", "et", "journal"]),
        ("CLINICS", ["clinic"]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert finding.folded(text) == words
