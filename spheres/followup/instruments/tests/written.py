"""A questionnaire of our own, invented, as its two files say it: what the tests change and load.

How the room of a week was: sleep, breaks, noise. It comes from nobody, and measures nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import translation

from spheres.followup.instruments import defining, questionnaires
from spheres.followup.instruments.defining import InstrumentSaid
from spheres.regions import lexicon
from spheres.regions.reading import Part, Proof, read

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"

RECIPE = """\
version: 1
seen_by: [youth_worker, professional_support]
modes: [self, together]
licence: {fr: Inventé., en: Invented.}
permission_until: open
may_print: yes
scales:
  - id: rest
    title: {fr: Le repos, en: Rest}
    items: [sleep, noise]
    reverse: [noise]
    bands:
      - {from: 0, to: 2, words: {fr: Peu de place., en: Little room.}}
      - {from: 3, to: 6, words: {fr: De la place., en: Some room.}}
"""
# The same, where something speaks of suicide: a clinician, and what she wrote.
ANSWERS_FOR_IT = """\
clinician: {organisation: institut, title: {fr: Médecin de garde, en: Doctor on call}}
protocol: {fr: Rester avec la personne., en: Stay with the person.}
"""


def in_english(words: str) -> dict[str, Any]:
    return {
        "extension": [
            {
                "url": TRANSLATION,
                "extension": [
                    {"url": "lang", "valueCode": "en"},
                    {"url": "content", "valueString": words},
                ],
            }
        ]
    }


def choice(link: str, fr: str, en: str, words: tuple[str, ...] = ("a", "b", "c", "d")) -> Any:
    """A choice whose answers count for 0, 1, 2, 3."""
    options = [
        {
            "extension": [{"url": ORDINAL, "valueDecimal": value}],
            "valueCoding": {"code": code, "display": code, "_display": in_english(code)},
        }
        for value, code in enumerate(words)
    ]
    return {
        "linkId": link,
        "type": "choice",
        "text": fr,
        "_text": in_english(en),
        "answerOption": options,
    }


def asked(*more: Any) -> dict[str, Any]:
    """The questionnaire, with maybe other items after its own two."""
    return {
        "resourceType": "Questionnaire",
        "language": "fr",
        "status": "draft",
        "title": "Questionnaire d’essai",
        "_title": in_english("Trial questionnaire"),
        "item": [
            choice("sleep", "Je me suis réveillé·e reposé·e.", "I woke up rested."),
            choice("noise", "Le bruit m’a dérangé·e.", "The noise bothered me."),
            *more,
        ],
    }


def written(folder: Path, questionnaire: Any, recipe: str = RECIPE, name: str = "essai") -> None:
    """The two files, where a region would have them."""
    place = folder / "instruments"
    place.mkdir(parents=True, exist_ok=True)
    said = questionnaire if isinstance(questionnaire, str) else as_text(questionnaire)
    (place / f"{name}.json").write_text(said, encoding="utf-8")
    (place / f"{name}.yaml").write_text(recipe, encoding="utf-8")


def as_text(questionnaire: Any) -> str:
    return json.dumps(questionnaire, ensure_ascii=False, indent=1)


def read_of(
    folder: Path, said: dict[str, Any] | None = None
) -> tuple[list[InstrumentSaid], list[str]]:
    """What the folder's files say, and each fault as its sentence, in English."""
    proof = Proof(lexicon.read())
    with translation.override("en"):
        parts = {kind: _parts(folder, kind, proof) for kind in ("json", "yaml")}
        known = {**(said or {}), "questionnaires": questionnaires.check(parts["json"])}
        found = defining.check(parts["yaml"], known)
        return found, [str(fault) for fault in proof.faults]


def _parts(folder: Path, kind: str, proof: Proof) -> list[Part]:
    files = sorted((folder / "instruments").glob(f"*.{kind}"))
    found = (read(file, f"instruments/{file.name}", proof) for file in files)
    return [part for part in found if part is not None]
