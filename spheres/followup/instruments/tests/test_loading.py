"""Is a questionnaire loaded once, said before, withdrawn with its files, and kept as answered?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from spheres.core import clock, context
from spheres.followup.instruments.models import Instrument
from spheres.followup.instruments.tests.written import (
    ANSWERS_FOR_IT,
    RECIPE,
    asked,
    choice,
    written,
)
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from spheres.regions.reading import Refused
from spheres.regions.tests.conftest import SATURDAY, Copy, copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    queries.forget()
    demo = copy_of("demo", tmp_path, monkeypatch)
    written(demo.path, asked())
    yield demo
    queries.forget()


def kept() -> list[tuple[int, bool]]:
    with clock.at(SATURDAY), context.unit_of_work(LOADER):
        rows = Instrument.objects.filter(slug="essai").order_by("version")
        return [(row.version, row.is_offered) for row in rows]


def refused(demo: Copy) -> list[str]:
    folder = loading.check(demo.path)
    with (
        translation.override("en"),
        clock.at(SATURDAY),
        context.unit_of_work(LOADER),
        pytest.raises(Refused) as refusal,
    ):
        loading.plan(folder, by=LOADER, at=SATURDAY)
    return str(refusal.value).splitlines()


def test_loading_says_what_it_would_add_then_changes_nothing_twice(demo: Copy) -> None:
    assert demo.plan()["instruments"] == [
        ("added", "essai-la-piece 1", ()),
        ("added", "essai-ma-semaine 1", ()),
        ("added", "essai 1", ()),
    ]

    demo.load()

    assert demo.plan() == {}
    demo.load()
    assert kept() == [(1, True)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I woke up rested.", "I woke up well."),  # what is asked
        ("reverse: [noise]", "reverse: [sleep]"),  # what it counts
        ("fr: De la place.", "fr: Un peu de place."),  # what it says of it
    ],
)
def test_what_changes_under_the_same_version_is_refused_with_the_one_to_write(
    demo: Copy, before: str, after: str
) -> None:
    demo.load()
    kind = "json" if "I woke" in before else "yaml"
    demo.change(f"instruments/essai.{kind}", before, after)

    assert refused(demo) == [
        "regions/demo/instruments/essai.yaml, line 1, version: what «essai» asks, counts or says "
        "changed under the same version (1): what was answered keeps its version, so write "
        "version: 2."
    ]
    assert kept() == [(1, True)]


def test_a_new_version_stands_beside_the_one_that_was_answered(demo: Copy) -> None:
    demo.load()
    written(demo.path, asked(choice("dreams", "Rêves", "Dreams")), RECIPE.replace("1", "2", 1))

    demo.load()

    assert kept() == [(1, False), (2, True)]
    written(demo.path, asked(), RECIPE)
    assert refused(demo) == [
        "regions/demo/instruments/essai.yaml, line 1, version: «essai» goes back to version 1, and "
        "2 already stands: write version: 3."
    ]


def test_the_terms_on_which_it_is_offered_change_without_a_new_version(demo: Copy) -> None:
    demo.load()
    demo.change("instruments/essai.yaml", "permission_until: open", "permission_until: 2026-12-31")

    assert demo.plan()["instruments"] == [("changed", "essai 1", ("terms",))]
    demo.load()

    assert kept() == [(1, True)]


def test_one_that_leaves_the_files_is_no_longer_offered_and_stays(demo: Copy) -> None:
    demo.load()
    for kind in ("json", "yaml"):
        (demo.path / "instruments" / f"essai.{kind}").unlink()

    assert demo.plan()["instruments"] == [("kept", "essai 1", ())]
    demo.load()

    assert kept() == [(1, False)]


def test_when_the_last_file_has_gone_nothing_is_offered_any_more(demo: Copy) -> None:
    demo.load()
    for file in (demo.path / "instruments").iterdir():
        file.unlink()

    demo.load()

    with clock.at(SATURDAY), context.unit_of_work(LOADER):
        assert not Instrument.objects.filter(is_offered=True).exists()
    assert demo.plan() == {}


def test_a_change_of_a_json_file_is_a_change_of_the_folder(demo: Copy) -> None:
    before = loading.fingerprint_of(demo.path)
    demo.change("instruments/essai.json", "I woke up rested.", "I woke up well.")

    assert loading.fingerprint_of(demo.path) != before


def test_a_json_file_that_nothing_reads_is_said(demo: Copy) -> None:
    demo.write("people.json", "{}")

    assert demo.faults()[0].startswith("regions/demo/people.json: nothing here reads this file.")


def test_one_that_asks_about_suicide_is_loaded_by_a_region_that_answers_for_it(
    demo: Copy,
) -> None:
    dark = choice("dark", "J’ai pensé au suicide.", "I thought of suicide.")
    answers = ANSWERS_FOR_IT.replace("institut", "ancolies")
    written(demo.path, asked(dark))
    where = "regions/demo/instruments/essai.yaml, line 1: dark: asked about suicide or self-harm."
    assert [fault.startswith(where) for fault in demo.faults()] == [True, True]

    written(demo.path, asked(dark), RECIPE + answers)
    demo.load()

    assert kept() == [(1, True)]


def test_a_region_without_any_says_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.forget()
    montreal = copy_of("montreal", tmp_path, monkeypatch)
    folder = loading.check(montreal.path)
    with clock.at(SATURDAY), context.unit_of_work(LOADER):
        planned: list[Any] = loading.plan(folder, by=LOADER, at=SATURDAY)

    assert "exercises" in [section.name for section, _changes in planned]
    assert "instruments" not in [section.name for section, _changes in planned]
    assert "questionnaires" not in [section.name for section, _changes in planned]
