"""Are hours, ages and what is not known said as one says them, in both languages?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from spheres.directory import facts, hours
from spheres.directory.models import Resource
from spheres.directory.tests.factories import resource
from tests.cast import Cast

# Where the region is, winter is five hours behind.
MONDAY_NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
TUESDAY_3 = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
MONDAY_8 = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)  # eight in the morning, to the minute


def lines(one: Resource) -> list[str]:
    return [line for place in one.its_places for line in hours.said(place)]


@pytest.mark.parametrize(
    ("slug", "french", "english"),
    [
        (
            "passerelle-halte",
            ["Lundi à jeudi : de 20 h 00 à 8 h 00 le lendemain",
             "Vendredi à dimanche : de 18 h 00 à 9 h 00 le lendemain"],
            ["Monday to Thursday: 8:00 p.m. to 8:00 a.m. the next day",
             "Friday to Sunday: 6:00 p.m. to 9:00 a.m. the next day"],
        ),
        (
            "justice-aide",
            ["Lundi à vendredi : de 8 h 30 à 12 h 00, de 13 h 00 à 16 h 30"],
            ["Monday to Friday: 8:30 a.m. to 12:00 p.m., 1:00 p.m. to 4:30 p.m."],
        ),
        (
            "la-cigogne",
            ["Lundi, mardi, jeudi, vendredi : de 9 h 00 à 15 h 00"],
            ["Monday, Tuesday, Thursday, Friday: 9:00 a.m. to 3:00 p.m."],
        ),
        ("maison-la-source", ["Jour et nuit, tous les jours"], ["Day and night, every day"]),
        (
            "net-et-moi",
            ["Tous les jours : de 12 h 00 à 22 h 00"],
            ["Every day: 12:00 p.m. to 10:00 p.m."],
        ),
    ],
)  # fmt: skip
def test_hours_are_said_as_one_says_them(
    cast: Cast, slug: str, french: list[str], english: list[str]
) -> None:
    one = resource(cast, slug)
    with translation.override("fr"):
        assert [line.replace("\u00a0", " ") for line in lines(one)] == french
    with translation.override("en"):
        assert [line.replace("\u00a0", " ") for line in lines(one)] == english


@pytest.mark.parametrize(
    ("slug", "at", "is_open"),
    [
        ("passerelle-halte", MONDAY_NOON, False),
        ("passerelle-halte", TUESDAY_3, True),  # Monday's night
        ("maison-la-source", TUESDAY_3, True),
        ("cuisine-repas", MONDAY_NOON, True),
        ("passerelle-halte", MONDAY_8, True),  # Sunday's night, until nine
        ("justice-aide", MONDAY_8, False),
    ],
)
def test_a_place_is_open_when_its_hours_say_so(
    cast: Cast, slug: str, at: datetime, is_open: bool
) -> None:
    one = resource(cast, slug)

    assert any(hours.is_open(place, at) for place in one.its_places) is is_open


def test_hours_that_nobody_knows_are_said_and_never_open(cast: Cast) -> None:
    place = resource(cast, "entre-proches-mediation").its_places[1]
    with translation.override("fr"):
        assert facts.place_lines(place)[-1] == "Heures pas connues\u00a0: appeler d’abord"
    assert not hours.is_open(place, MONDAY_NOON)


def test_an_address_that_is_not_published_is_not_said(cast: Cast) -> None:
    place = resource(cast, "maison-la-source").its_places[0]
    with translation.override("fr"):
        assert place.where == "Adresse donnée par téléphone"


@pytest.mark.parametrize(
    ("first", "until", "words"),
    [
        (12, 18, "De 12 à 17 ans"),
        (16, None, "16 ans et plus"),
        (None, 26, "Moins de 26 ans"),
        (None, None, "Tous les âges"),
        (0, 12, "De 0 à 11 ans"),
    ],
)
def test_ages_are_said_to_the_last_one_welcomed(
    first: int | None, until: int | None, words: str
) -> None:
    with translation.override("fr"):
        assert facts.ages(Resource(age_from=first, age_until=until)) == words


@pytest.mark.parametrize(
    ("first", "until", "not_for", "age", "welcome"),
    [
        (12, 18, [], 12, True), (12, 18, [], 17, True), (12, 18, [], 18, False),
        (12, 18, [], 11, False), (None, None, [], 14, True), (None, None, ["minors"], 14, False),
        (None, None, ["minors"], 18, True),
    ],
)  # fmt: skip
def test_an_age_is_welcome_or_not(
    first: int | None, until: int | None, not_for: list[str], age: int, welcome: bool
) -> None:
    one = Resource(age_from=first, age_until=until, not_for=not_for)

    assert one.welcomes_age(age) is welcome


@pytest.mark.parametrize(
    ("verification", "verified_on", "on", "to_verify"),
    [
        ("verified", date(2026, 1, 1), date(2026, 4, 1), False),  # the ninetieth day
        ("verified", date(2026, 1, 1), date(2026, 4, 2), True),
        ("to_verify", date(2026, 4, 1), date(2026, 4, 2), True),
        ("verified", None, date(2026, 4, 2), True),
    ],
)
def test_after_ninety_days_it_is_to_verify(
    verification: str, verified_on: date | None, on: date, to_verify: bool
) -> None:
    one = Resource(verification=verification, verified_on=verified_on)

    assert one.is_to_verify(on) is to_verify


def test_what_it_does_not_say_is_said_to_be_unknown(cast: Cast) -> None:
    with translation.override("en"):
        said = dict(facts.for_whom(resource(cast, "maison-la-source")))

    assert said["It does not welcome"] == "Boys and men"
    assert said["Not known: ask before going"] == (
        "Minors · With an animal · As a couple · After using substances · Without giving a name"
    )
