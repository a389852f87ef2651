"""Is each mistake in a questionnaire's two files said with its place, in the reader's language?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from spheres.followup.instruments import items, questionnaires
from spheres.followup.instruments.tests.written import (
    RECIPE,
    as_text,
    asked,
    choice,
    in_english,
    read_of,
    written,
)
from spheres.regions.reading import Proof, read
from tests.open_works import ROOT


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def faults(tmp_path: Path, questionnaire: Any = None, recipe: str = RECIPE) -> list[str]:
    written(tmp_path, asked() if questionnaire is None else questionnaire, recipe)
    return read_of(tmp_path)[1]


def test_two_sound_files_become_a_questionnaire(tmp_path: Path) -> None:
    written(tmp_path, asked())

    [said], found = read_of(tmp_path)

    assert found == []
    assert (said.slug, said.version, said.definition["section"]) == ("essai", 1, "health")
    asks, terms = items.Asks.of(said.definition), items.Terms.of(said.terms)
    assert [(one.id, one.kind.value, one.values) for one in asks.items] == [
        ("sleep", "choice", {"a": 0, "b": 1, "c": 2, "d": 3}),
        ("noise", "choice", {"a": 0, "b": 1, "c": 2, "d": 3}),
    ]
    with translation.override("en"):
        assert [str(one.label) for one in asks.items] == [
            "I woke up rested.", "The noise bothered me.",
        ]  # fmt: skip
    assert terms == items.Terms(
        licence=items.Said("Inventé.", "Invented."),
        until=None,
        may_print=True,
        offered_by=frozenset({"youth_worker", "professional_support"}),
        figures_for=frozenset(),
        pens=("HER", "TOGETHER"),
        youngest=0,
        protocol=None,
    )


def test_each_kind_of_item_is_read(tmp_path: Path) -> None:
    least = {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0}
    most = {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 9}

    def item(link: str, kind: str, **more: Any) -> Any:
        return {"linkId": link, "type": kind, "text": "Un", "_text": in_english("One"), **more}

    numbers = [{"valueInteger": 0}, {"valueInteger": 5}]
    inside = [item("b", "boolean"), item("s", "string"), item("t", "text")]
    questionnaire = asked(
        item("d", "display"),
        item("i", "integer", extension=[least, most]),
        item("free", "integer"),
        item("c", "choice", answerOption=numbers),
        item("g", "group", item=inside),
    )
    written(tmp_path, questionnaire)

    [said], found = read_of(tmp_path)

    assert found == []
    asks = items.Asks.of(said.definition)
    assert [(one.id, one.kind.value, one.depth, one.is_counted) for one in asks.items[2:]] == [
        ("d", "display", 0, False),
        ("i", "integer", 0, True),
        ("free", "integer", 0, False),
        ("c", "choice", 0, True),
        ("g", "group", 0, False),
        ("b", "boolean", 1, True),
        ("s", "string", 1, False),
        ("t", "text", 1, False),
    ]


# Mistakes in what is asked: the text before, the text instead, where it is said, and the sentence.
QUESTIONS = {
    "a link used twice": (
        '"linkId": "noise"', '"linkId": "sleep"', "item.linkId",
        "«sleep» is already used: instruments/essai.json, line {sleep}.",
    ),
    "a type that is not read": (
        '"type": "choice"', '"type": "quantity"', "item.type",
        "«quantity» is no kind of item that is read here. Choose among: group, display, choice, "
        "integer, boolean, string, text.",
    ),
    "a translation that is missing": (
        '"valueString": "I woke up rested."', '"valueString": ""',
        "item._text.extension.extension.valueString", "this text is empty.",
    ),
    "a question that is required": (
        '"linkId": "sleep"', '"required": true, "linkId": "sleep"', "item.required",
        "nothing is required here: every question may be skipped.",
    ),
    "a question that hangs on another": (
        '"linkId": "sleep"', '"enableWhen": [], "linkId": "sleep"', "item.enableWhen",
        "unknown field. Known here: linkId, type, text, _text, answerOption, id, definition, code, "
        "prefix, required, repeats.",
    ),
    "an extension that is not read": (
        '"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue"',
        '"url": "https://example.org/weight"', "item.answerOption.extension.url",
        "«https://example.org/weight» is not known here. Choose among: "
        "http://hl7.org/fhir/StructureDefinition/ordinalValue.",
    ),
    "another resource": (
        '"resourceType": "Questionnaire"', '"resourceType": "Patient"', "resourceType",
        "«Patient» is not known here. Choose among: Questionnaire.",
    ),
    "a language that is neither": (
        '"language": "fr"', '"language": "de"', "language",
        "«de» is not known here. Choose among: fr, fr-CA, en, en-CA.",
    ),
    "what is not JSON": (
        '"language": "fr",', '"language": "fr"', "", "this is not JSON: «}» is expected.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", QUESTIONS)
def test_a_mistake_in_what_is_asked_names_its_line_and_its_field(
    mistake: str, tmp_path: Path
) -> None:
    before, instead, where, sentence = QUESTIONS[mistake]
    sound = as_text(asked())
    text = sound.replace(before, instead, 1)
    said = sentence.replace("{sleep}", str(line_of(text, '"linkId": "sleep"')))

    found = faults(tmp_path, text)[0]

    line = line_of(sound, before) + ("JSON" in sentence)
    field = f", {where}" if where else ""
    assert found == f"instruments/essai.json, line {line}{field}: {said}"


RECIPES = {
    "a question that is not there": (
        "items: [sleep, noise]", "items: [sleep, dreams]", "line 10, scales.items",
        "no question here is called «dreams».",
    ),
    "bands that leave a hole": (
        "{from: 3, to: 6", "{from: 4, to: 6", "line 14, scales.bands.from",
        "nothing is said from 3 to 3.",
    ),
    "bands that overlap": (
        "{from: 3, to: 6", "{from: 2, to: 6", "line 14, scales.bands.from",
        "this begins at 2, and what is above reaches 2 already.",
    ),
    "bands that begin too high": (
        "{from: 0, to: 2", "{from: 1, to: 2", "line 13, scales.bands.from",
        "nothing is said from 0 to 0.",
    ),
    "bands that end too low": (
        "{from: 3, to: 6", "{from: 3, to: 5", "line 14, scales.bands.to",
        "nothing is said from 6 to 6.",
    ),
    "bands that go beyond": (
        "{from: 3, to: 6", "{from: 3, to: 7", "line 14, scales.bands.to",
        "this ends at 7, and the highest figure is 6.",
    ),
    "a verdict": (
        "en: Some room.", "en: Normal week.", "line 14, scales.bands.words.en",
        "«Normal» judges or measures: say in plain words what was answered.",
    ),
    "a verdict in a title": (
        "en: Rest}", "en: Rest score}", "line 9, scales.title.en",
        "«score» judges or measures: say in plain words what was answered.",
    ),
    "a figure in a sentence": (
        "en: Some room.", "en: Above 3.", "line 14, scales.bands.words.en",
        "«3» judges or measures: say in plain words what was answered.",
    ),
    "a role whose table is opened to others too": (
        "[youth_worker, professional_support]", "[professional_support]", "line 2, seen_by",
        "no part of a file is opened to these alone. Say one of: "
        "professional_support, youth_worker / psychotherapist.",
    ),
    "both sides of the wall": (
        "[youth_worker, professional_support]", "[youth_worker, psychotherapist]",
        "line 2, seen_by",
        "no part of a file is opened to these alone. Say one of: "
        "professional_support, youth_worker / psychotherapist.",
    ),
    "a licence in one language": (
        "{fr: Inventé., en: Invented.}", "{fr: Inventé.}", "line 4, licence",
        "the English text is missing.",
    ),
    "a permission without an end or a word": (
        "permission_until: open", "permission_until: soon", "line 5, permission_until",
        "«soon» is not a day, as 2026-11-21.",
    ),
    "fewer answers than all, and nothing said of the others": (
        "    reverse: [noise]\n", "    reverse: [noise]\n    least_answered: 1\n",
        "line 8, scales",
        "say what a skipped question counts for: missing, mean or nothing.",
    ),
    "a multiplier that is none": (
        "    reverse: [noise]\n", "    reverse: [noise]\n    multiply: -1\n",
        "line 12, scales.multiply", "«-1» is not what to multiply by, as 4 or 2.5.",
    ),
    "a mode that is none": (
        "modes: [self, together]", "modes: [by_mail]", "line 3, modes",
        "«by_mail» is not known here. Choose among: self, together, read_aloud.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", RECIPES)
def test_a_mistake_in_a_recipe_names_its_line_and_its_field(mistake: str, tmp_path: Path) -> None:
    before, instead, where, sentence = RECIPES[mistake]
    assert before in RECIPE

    found = faults(tmp_path, recipe=RECIPE.replace(before, instead, 1))

    assert found[0] == f"instruments/essai.yaml, {where}: {sentence}"


def test_a_mistake_is_said_in_french_to_who_reads_french(tmp_path: Path) -> None:
    written(tmp_path, asked(choice("sleep", "Encore", "Again")))
    proof = Proof()
    with translation.override("fr"):
        part = read(tmp_path / "instruments" / "essai.json", "instruments/essai.json", proof)
        questionnaires.check([part] if part else [])
        [fault] = map(str, proof.faults)

    assert "«\u00a0sleep\u00a0» sert déjà" in fault


def test_what_a_scale_counts_must_say_what_it_counts_for(tmp_path: Path) -> None:
    words = {"linkId": "more", "type": "text", "text": "Autre", "_text": in_english("Else")}

    found = faults(tmp_path, asked(words), RECIPE.replace("[sleep, noise]", "[sleep, more]", 1))

    assert found[0] == (
        "instruments/essai.yaml, line 10, scales.items: "
        "«more» cannot be counted: each of its answers says a whole number."
    )


def test_each_file_asks_for_the_other(tmp_path: Path) -> None:
    written(tmp_path, asked(), name="one")
    written(tmp_path, asked(), name="two")
    (tmp_path / "instruments" / "one.yaml").unlink()
    (tmp_path / "instruments" / "two.json").unlink()

    assert read_of(tmp_path)[1] == [
        "instruments/one.json: its recipe is missing: one.yaml, in the same folder.",
        "instruments/two.yaml, line 1: its questionnaire is missing: two.json, in the same folder.",
    ]


def test_ten_thousand_items_are_refused_at_once(tmp_path: Path) -> None:
    many = [choice(f"q{n}", "Un", "One", ("a", "b")) for n in range(10_000)]
    written(tmp_path, as_text(asked(*many)))
    began = time.process_time()

    found = read_of(tmp_path)[1]

    assert found[0] == "instruments/essai.json: this file is larger than a megabyte."
    assert time.process_time() - began < 1


def test_more_items_than_anybody_would_answer_are_refused(tmp_path: Path) -> None:
    many = [choice(f"q{n}", "Un", "One", ("a", "b")) for n in range(200)]
    text = as_text(asked(*many))
    written(tmp_path, text)
    line = line_of(text, '"item"')

    assert read_of(tmp_path)[1][0] == (
        f"instruments/essai.json, line {line}, item: "
        "a questionnaire has at most 120 items, this one 202."
    )


def test_things_within_one_another_without_end_are_refused(tmp_path: Path) -> None:
    deep = "[" * 100_000

    assert faults(tmp_path, deep) == [
        "instruments/essai.json, line 1: this is not JSON: too many things within one another.",
        "instruments/essai.yaml, line 1: "
        "its questionnaire is missing: essai.json, in the same folder.",
    ]


@pytest.mark.parametrize("region", ["montreal"])
def test_the_region_of_the_founding_partners_carries_none(region: str) -> None:
    assert not list((ROOT / "regions" / region).rglob("instruments"))
    assert not list((ROOT / "regions" / region).rglob("*.json"))


def test_those_of_the_demonstration_say_that_they_are_invented() -> None:
    found = read_of(ROOT / "regions" / "demo")

    assert found[1] == []
    assert [said.slug for said in found[0]] == ["essai-la-piece", "essai-ma-semaine"]
    for said in found[0]:
        assert "(inventé)" in said.definition["title"]["fr"]
        assert "(invented)" in said.definition["title"]["en"]
        assert said.terms["protocol"] is None
