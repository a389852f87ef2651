"""Does every mistake in a file of resources name its line and field; is loading faithful?"""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from spheres.directory.models import Opening, Place, Resource
from spheres.directory.tests.factories import resource_id
from spheres.regions import loading
from spheres.regions.tests.conftest import Copy, copy_of
from tests.cast import LOADER, acting

ROOF, HEALTH = "resources/roof_and_food.yaml", "resources/health.yaml"
LATER = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
COSTS = "free, health_card, as_able, small, paid, unknown"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    return copy_of("demo", tmp_path, monkeypatch)


# One mistake of each kind: what stands there, what is written instead, where, the sentence.
MISTAKES = {
    "a code that is unknown": (
        "cost: as_able", "cost: cheap", "services.cost",
        f"«cheap» is not known here. Choose among: {COSTS}.",
    ),
    "a translation that is missing": (
        "name: {fr: Cuisine des voisins, en: Neighbours’ Kitchen}",
        "name: {fr: Cuisine des voisins}", "name", "the English text is missing.",
    ),
    "a phone that is none": (
        "call: 450 555-0128", "call: 555-0128", "services.reach.call",
        "«555-0128» is not a phone number, as 450 555-0123, 1 800 555-0123 or 811.",
    ),
    "a phone with letters": (
        "call: 1 800 555-0114", "call: 1 800 SOURCE", "services.reach.call",
        "«1 800 SOURCE» is not a phone number, as 450 555-0123, 1 800 555-0123 or 811.",
    ),
    "an address of a site that is none": (
        "web: https://passerelle.example.org/", "web: passerelle.example.org", "web",
        "«passerelle.example.org» is not an address that begins with https://.",
    ),
    "an e-mail that is none": (
        "email: demande@coup-de-pouce.example.org", "email: demande", "services.reach.email",
        "«demande» is not an e-mail address.",
    ),
    "hours that end before they start": (
        "12345 08:00-18:00", "12345 18:00-08:00", "services.places.hours",
        "«12345 18:00-08:00» ends before it starts: for a night, write > instead of -.",
    ),
    "a night that ends the same day": (
        "1234 20:00>08:00", "1234 20:00>23:00", "services.places.hours",
        "«1234 20:00>23:00» ends the same day: write - instead of >.",
    ),
    "an hour that no day has": (
        "12345 08:00-18:00", "12345 08:00-25:00", "services.places.hours",
        "«12345 08:00-25:00» holds an hour that no day has.",
    ),
    "hours in words": (
        'hours: ["12345 08:00-18:00"]', "hours: weekdays", "services.places.hours",
        "say always, unknown, or a list of hours, as «12345 09:00-17:00».",
    ),
    "a day written twice": (
        "12345 08:00-18:00", "1135 08:00-18:00", "services.places.hours",
        "«1135 08:00-18:00»: write each day once, in order; 1 is Monday.",
    ),
    "the same hours twice": (
        'hours: ["4 13:00-17:00"]', 'hours: ["4 13:00-17:00", "4 13:00-17:00"]',
        "services.places.hours", "the hours of day 4 are written twice.",
    ),
    "ages that end before they start": (
        "ages: {from: 16, until: 23}", "ages: {from: 23, until: 16}", "services.ages.until",
        "the ages end before they start: «until» is the first age refused.",
    ),
    "an age that nobody has": (
        "ages: {from: 16, until: 23}", "ages: {from: 16, until: 230}", "services.ages.until",
        "«230» is not a whole number from 1 to 120.",
    ),
    "a welcome and a refusal": (
        "not_for: [with_animal]", "not_for: [minors]", "services.not_for",
        "«minors» is in safe_for too: it is one or the other.",
    ),
    "a door without an address": (
        "          address: 12, rue du Quai\n", "", "services.places.kind",
        "a place to visit has an address.",
    ),
    "an address that nobody may know": (
        "        - kind: confidential\n",
        "        - kind: confidential\n          address: 9, rue X\n",
        "services.places.address",
        "an address that is not given to everybody is not written here.",
    ),
    "nothing to reach it by": (
        "      reach: {call: 1 800 555-0114, text: 450 555-0115}\n", "", "services.slug",
        "say how it is reached: call, text, email or web.",
    ),
    "no place at all": (
        "      places:\n        - kind: mobile\n          city: Grande Rive-des-Érables\n"
        '          hours: ["12345 08:00-18:00"]\n',
        "      places: []\n", "services.places", "say at least one place, even «remote».",
    ),
    "a verification without its day": (
        "verified_on: 2026-11-02", 'verified_on: ""', "services.verified_on",
        "a verified resource says which day it was verified.",
    ),
    "a day that is none": (
        "verified_on: 2026-11-02", "verified_on: 2026-02-30", "services.verified_on",
        "«2026-02-30» is not a day, as 2026-11-21.",
    ),
    "a sign that no paper of ours prints": (
        "en: Neighbours’ Kitchen", "en: ᐃᒡᓗ", "name",
        "«ᐃ» cannot be printed in the directory on paper.",
    ),
    "a field that is unknown": (
        "      cost: small\n", "      cost: small\n      price: 2\n", "services.price",
        "unknown field. Known here: slug, name, about, domains, languages, cost, places, "
        "verification, verified_on, reach, ages, gender, conditions, how, cost_note, safe_for, "
        "not_for, also.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_its_line_and_how_to_mend_it(demo: Copy, mistake: str) -> None:
    before, after, field, sentence = MISTAKES[mistake]

    line = demo.change(ROOF, before, after)

    said = demo.faults()
    assert sentence in said[0]
    assert said[0].startswith(f"regions/demo/{ROOF}, line ")
    assert f", {field}: " in said[0]
    assert abs(int(said[0].split("line ")[1].split(",")[0]) - line) <= 30


def test_a_mistake_is_on_its_very_line(demo: Copy) -> None:
    line = demo.change(ROOF, "cost: as_able", "cost: cheap")

    assert demo.faults() == [
        f"regions/demo/{ROOF}, line {line}, services.cost: "
        f"«cheap» is not known here. Choose among: {COSTS}."
    ]


def test_a_short_name_used_in_two_files_is_refused(demo: Copy) -> None:
    line = demo.change(HEALTH, "slug: centre-designe", "slug: maison-la-source")

    (said,) = demo.faults()
    assert said.startswith(f"regions/demo/{ROOF}, line ")
    assert f"«maison-la-source» is already used: regions/demo/{HEALTH}, line {line}." in said


@pytest.mark.django_db
def test_the_directory_is_loaded_once_and_whole(demo: Copy) -> None:
    demo.load()
    again = demo.plan(LATER)
    demo.load(LATER)

    assert again == {}
    with acting(LOADER):
        assert Resource.objects.filter(is_offered=True).count() == 35
        place = Place.objects.get(resource__slug="passerelle-halte")
        nights = Opening.objects.filter(place=place).order_by("weekday")
        assert [(one.weekday, one.opens, one.closes, one.ends_next_day) for one in nights] == [
            *((day, time(20), time(8), True) for day in (1, 2, 3, 4)),
            *((day, time(18), time(9), True) for day in (5, 6, 7)),
        ]


@pytest.mark.django_db
def test_what_changes_is_said_then_done_and_what_leaves_stays_readable(demo: Copy) -> None:
    demo.load()
    demo.change(ROOF, "call: 450 555-0130", "call: 450 555-0199")
    demo.change(ROOF, '"12345 08:00-18:00"', '"1234 08:00-18:00"')
    text = (demo.path / HEALTH).read_text(encoding="utf-8")
    demo.write(HEALTH, text[: text.index("- slug: dentaire-solidaire")])

    said = demo.plan(LATER)
    demo.load(LATER)

    assert said == {
        "resources": [
            ("changed", "navette-titres", ("call",)),
            ("kept", "dentaire-solidaire", ()),
            ("changed", "navette-titres", ("places",)),
        ]
    }
    assert demo.plan(LATER) == {}
    with acting(LOADER):
        gone = Resource.objects.get(pk=resource_id("dentaire-solidaire"))
        assert (gone.is_offered, gone.name_fr) == (False, "Soins dentaires")
        assert Opening.objects.filter(place__resource__slug="navette-titres").count() == 4


@pytest.mark.django_db
def test_a_region_without_the_folder_says_nothing_of_resources(demo: Copy) -> None:
    demo.load()
    for file in (demo.path / "resources").iterdir():
        file.unlink()

    assert "resources" not in demo.plan(LATER)
    demo.load(LATER)
    with acting(LOADER):
        assert Resource.objects.filter(is_offered=True).count() == 35


def test_montreal_holds_only_what_waits_for_somebody_to_verify_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    montreal = copy_of("montreal", tmp_path, monkeypatch)

    said = loading.check(montreal.path).said["resources"]

    assert len(said.resources) == 13
    assert {one.fields["verification"] for one in said.resources} == {"to_verify"}
    assert all(not place.fields["address"] for one in said.resources for place in one.places)
