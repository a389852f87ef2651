"""Is each mistake in an exercise's file said with its place, and does a version stay as it was?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation

from spheres.core import clock, context
from spheres.followup.exercises import defining
from spheres.followup.exercises.models import Exercise
from spheres.regions import lexicon, loading, queries
from spheres.regions.loading import LOADER
from spheres.regions.reading import Proof, Refused, read
from spheres.regions.tests.conftest import SATURDAY, Copy, copy_of
from tests.open_works import ROOT

HEAD = """\
slug: garden
version: 1
purpose: needs
section: plan
answered_by: [her, together]
title: {fr: Le jardin, en: The garden}
lead: {fr: Pour rire., en: For fun.}
prompts:
"""
SOUND = "  - {id: first, kind: text, label: {fr: Un, en: One}}\n"


def faults(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "garden.yaml"
    file.write_text(text, encoding="utf-8")
    proof = Proof(lexicon.read())
    with translation.override("en"):
        part = read(file, "exercises/garden.yaml", proof)
        if part is not None:
            defining.check([part], {"vocabularies": {}})
        return [str(fault) for fault in proof.faults]


# One mistake of each kind: the questions, and the sentence.
MISTAKES = {
    "a kind that is none": (
        "  - {id: first, kind: gauge, label: {fr: Un, en: One}}\n",
        "exercises/garden.yaml, line 9, prompts.kind: «gauge» is no kind of question. Choose among:"
        " text, scale, faces, two_columns, four_columns, card_sort, wheel, list, map, choice.",
    ),
    "a translation that is missing": (
        "  - {id: first, kind: text, label: {fr: Un}}\n",
        "exercises/garden.yaml, line 9, prompts.label: the English text is missing.",
    ),
    "an id used twice": (
        SOUND + SOUND,
        "exercises/garden.yaml, line 10, prompts.id: «first» is already used: "
        "exercises/garden.yaml, line 9.",
    ),
    "questions that wait for one another": (
        "  - {id: first, kind: text, label: {fr: Un, en: One}, after: second}\n"
        "  - {id: second, kind: text, label: {fr: Deux, en: Two}, after: first}\n",
        "exercises/garden.yaml, line 9, prompts.after: these questions wait for one another: "
        "first → second → first.",
    ),
    "a question that waits for itself": (
        "  - {id: first, kind: text, label: {fr: Un, en: One}, after: first}\n",
        "exercises/garden.yaml, line 9, prompts.after: these questions wait for one another: "
        "first → first.",
    ),
    "a question after one that is not there": (
        "  - {id: first, kind: text, label: {fr: Un, en: One}, after: second}\n",
        "exercises/garden.yaml, line 9, prompts.after: no question here is called «second».",
    ),
    "a scale that ends before it begins": (
        "  - {id: first, kind: scale, label: {fr: Un, en: One}, from: 10, to: 0}\n",
        "exercises/garden.yaml, line 9, prompts.to: a scale ends after it begins.",
    ),
    "a scale too long to be read": (
        "  - {id: first, kind: scale, label: {fr: Un, en: One}, from: 0, to: 100}\n",
        "exercises/garden.yaml, line 9, prompts.to: a scale has at most 11 steps, this one 101.",
    ),
    "columns that are not two": (
        "  - {id: first, kind: two_columns, label: {fr: Un, en: One}, "
        "columns: [{id: a, fr: A, en: A}]}\n",
        "exercises/garden.yaml, line 9, prompts.columns: at least 2 are needed here, not 1.",
    ),
    "a field that is unknown": (
        "  - {id: first, kind: text, label: {fr: Un, en: One}, required: yes}\n",
        "exercises/garden.yaml, line 9, prompts.required: unknown field. "
        "Known here: id, kind, label, hint, after.",
    ),
    "no question at all": (
        "  []\n",
        "exercises/garden.yaml, line 8, prompts: an exercise asks at least one question.",
    ),
    "a word we do not use": (
        "  - {id: first, kind: text, label: {fr: Mon échec, en: One}}\n",
        "exercises/garden.yaml, line 9, prompts.label.fr: «échec» is a word we do not use: "
        "see docs/glossary.md.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_its_file_its_line_and_its_field(mistake: str, tmp_path: Path) -> None:
    questions, sentence = MISTAKES[mistake]

    assert faults(tmp_path, HEAD + questions) == [sentence]


def test_a_sound_exercise_is_read_without_a_word(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + SOUND) == []


def test_ten_thousand_questions_are_refused_at_once(tmp_path: Path) -> None:
    many = "".join(
        f"  - {{id: q_{n}, kind: text, label: {{fr: Un, en: One}}}}\n" for n in range(10_000)
    )
    began = time.process_time()

    found = faults(tmp_path, HEAD + many)

    assert found == [
        "exercises/garden.yaml, line 8, prompts: "
        "an exercise asks at most 40 questions, this one 10000."
    ]
    assert time.process_time() - began < 5


# The starter exercises.

FILES = sorted((ROOT / "regions" / "demo" / "exercises").glob("*.yaml"))


def test_both_regions_offer_the_same_twenty_six() -> None:
    said = {
        region: [
            (file.name, file.read_text(encoding="utf-8"))
            for file in sorted((ROOT / "regions" / region / "exercises").glob("*.yaml"))
        ]
        for region in ("demo", "montreal")
    }

    assert len(said["demo"]) == 27
    assert said["demo"] == said["montreal"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_asked_that_must_be_answered_or_that_judges(file: Path) -> None:
    said = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert "together" in said["answered_by"]
    for prompt in said["prompts"]:
        assert not {"required", "weight", "points", "band"} & set(prompt)


# Versions.

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    queries.forget()
    yield copy_of("demo", tmp_path, monkeypatch)
    queries.forget()


GETTING = "exercises/01-getting-to-know.yaml"


def kept() -> list[tuple[int, bool]]:
    with clock.at(SATURDAY), context.unit_of_work(LOADER):
        rows = Exercise.objects.filter(slug="getting-to-know").order_by("version")
        return [(row.version, row.is_offered) for row in rows]


def test_loading_the_same_files_again_changes_nothing(demo: Copy) -> None:
    demo.load()

    assert demo.plan() == {}
    demo.load()
    assert kept() == [(1, True)]


def test_a_new_version_stands_beside_the_one_that_was_answered(demo: Copy) -> None:
    demo.load()
    demo.change(GETTING, "version: 1", "version: 2")
    demo.change(GETTING, "Des choses que j’aime, petites ou grandes", "Ce que j’aime")

    demo.load()

    assert kept() == [(1, False), (2, True)]


def test_an_exercise_that_leaves_the_files_is_no_longer_offered_and_stays(demo: Copy) -> None:
    demo.load()
    (demo.path / GETTING).unlink()

    demo.load()

    assert kept() == [(1, False)]


@pytest.mark.parametrize("how", ["plan", "load"])
def test_a_change_under_the_same_version_is_refused_with_a_sentence(demo: Copy, how: str) -> None:
    demo.load()
    demo.change(GETTING, "Des choses que j’aime, petites ou grandes", "Ce que j’aime")

    with translation.override("en"), pytest.raises(Refused) as refusal:
        getattr(demo, how)()

    assert str(refusal.value) == (
        f"{demo.path}/{GETTING}, line 1, version: «getting-to-know» changed under the same version "
        "(1): what was answered keeps its version, so write version: 2."
    )
    assert kept() == [(1, True)]


def test_going_back_to_an_older_version_is_refused(demo: Copy) -> None:
    demo.change(GETTING, "version: 1", "version: 3")
    demo.load()
    demo.change(GETTING, "version: 3", "version: 2")

    with translation.override("en"), pytest.raises(Refused) as refusal:
        demo.plan()

    assert str(refusal.value).endswith(
        "«getting-to-know» goes back to version 2, and 3 already stands: write version: 4."
    )
    assert loading.check(demo.path)  # the files alone are sound: only the database knows
