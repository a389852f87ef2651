"""Does a question about suicide load only with somebody who answers for it, and what to do?"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from spheres.followup.instruments import items, suicide
from spheres.followup.instruments.tests.written import (
    ANSWERS_FOR_IT,
    RECIPE,
    asked,
    choice,
    in_english,
    read_of,
    written,
)

SPOKEN = [
    "Des pensées de suicide", "idées suicidaires", "t’es-tu automutilé?", "l’envie de mourir",
    "être morte ou de vous faire du mal", "mettre fin à mes jours", "METTRE FIN A SA VIE",
    "me suis coupé", "se faire mal", "ne plus me réveiller", "je voudrais être mort",
    "Suicidal thoughts", "better off dead", "hurting yourself in some way", "self-harm",
    "to end your life", "I wanted to die", "killing myself", "not wake up", "end it all",
    "taking your own life", "cutting myself", "Des idées noires", "J’ai pensé à la mort.",
    "thoughts of death", "I no longer want to live", "I didn’t want to be alive",
]  # fmt: skip
NOT_SPOKEN = [
    "Le bruit m’a dérangé·e.", "J’ai dormi.", "Ma vie de famille", "mes jours de congé",
    "a deadline at school", "a diet", "I hurt my knee", "cut the bread", "La fin de la semaine",
    "Je me suis coupé les cheveux? Non.", "mal de tête",
]  # fmt: skip


@pytest.mark.parametrize("words", SPOKEN)
def test_words_that_speak_of_it_are_seen(words: str) -> None:
    assert suicide.is_spoken_of(words)


@pytest.mark.parametrize("words", [one for one in NOT_SPOKEN if "coupé" not in one])
def test_other_words_are_not(words: str) -> None:
    assert not suicide.is_spoken_of(words)


def test_codes_known_to_ask_it_are_seen() -> None:
    assert suicide.is_coded("/44260-8")
    assert not suicide.is_coded("144260-8", "44261-6")


DARK = choice("dark", "J’ai pensé au suicide.", "I thought of suicide.")
REGION: dict[str, Any] = {
    "organisations": [
        SimpleNamespace(
            slug=slug, fields={"kind": kind, "name_fr": slug.title(), "name_en": slug.title()}
        )
        for slug, kind in (("institut", "institute"), ("poste", "police"))
    ],
}


def faults(tmp_path: Path, *more: Any, recipe: str = RECIPE, **said: Any) -> list[str]:
    written(tmp_path, asked(*more), recipe)
    return read_of(tmp_path, REGION | said)[1]


# It is seen in the question, in one of its answers, under its heading, or by its code.
SEEN = {
    "in the question": DARK,
    "in an answer": choice("dark", "Une autre", "Another", ("no", "kill-myself", "c", "d")),
    "under a heading": {
        "linkId": "g", "type": "group", "text": "Envie de mourir", "_text": in_english("Dark"),
        "item": [choice("dark", "Souvent?", "Often?")],
    },
    "by its code": choice("dark", "La dernière", "The last one")
    | {"code": [{"system": "http://loinc.org", "code": "44260-8"}]},
}  # fmt: skip


@pytest.mark.parametrize("way", SEEN)
def test_without_a_clinician_and_a_protocol_nothing_is_loaded(way: str, tmp_path: Path) -> None:
    sentence = (
        "instruments/essai.yaml, line 1: dark: asked about suicide or self-harm. It is offered "
        "only with a named clinician and a written protocol: %s is missing."
    )

    assert faults(tmp_path, SEEN[way]) == [sentence % "clinician", sentence % "protocol"]


def test_a_recipe_adds_questions_and_takes_none_away(tmp_path: Path) -> None:
    for said, watched in (
        ("asks_about_suicide: [sleep]\n", ["dark", "sleep"]),
        ("asks_about_suicide: yes\n", ["dark", "noise", "sleep"]),
        ("asks_about_suicide: none\n", ["dark"]),
        ("", ["dark"]),
    ):
        written(tmp_path, asked(DARK), RECIPE + ANSWERS_FOR_IT + said)

        [found], wrong = read_of(tmp_path, REGION)

        assert wrong == []
        assert found.terms["protocol"] == {
            "items": watched,
            "words": {"fr": "Rester avec la personne.", "en": "Stay with the person."},
            "title": {"fr": "Médecin de garde", "en": "Doctor on call"},
            "organisation": {"fr": "Institut", "en": "Institut"},
        }


def test_a_recipe_may_say_alone_that_a_question_asks_it(tmp_path: Path) -> None:
    found = faults(tmp_path, recipe=RECIPE + "asks_about_suicide: yes\n")

    assert [fault.split(": ")[1] for fault in found] == ["noise, sleep"] * 2


def test_words_that_are_only_read_ask_which_questions_speak_of_it(tmp_path: Path) -> None:
    words = {
        "linkId": "w", "type": "display",
        "text": "Si tu penses au suicide, parle.", "_text": in_english("Talk."),
    }  # fmt: skip

    assert faults(tmp_path, words) == [
        "instruments/essai.yaml, line 1: this questionnaire speaks of suicide: "
        "asks_about_suicide names its questions that ask about it, or says none."
    ]
    assert faults(tmp_path, words, recipe=RECIPE + "asks_about_suicide: none\n") == []


def test_the_police_answer_for_nothing(tmp_path: Path) -> None:
    recipe = RECIPE + ANSWERS_FOR_IT.replace("institut", "poste")

    assert faults(tmp_path, DARK, recipe=recipe) == [
        "instruments/essai.yaml, line 15, clinician.organisation: «poste» is not an organisation "
        "that can answer for it. Choose among: institut."
    ]


def test_where_people_are_named_a_clinician_works_there(tmp_path: Path) -> None:
    def person(email: str, *roles: str) -> Any:
        return SimpleNamespace(organisation="institut", email=email, roles=list(roles))

    nobody = [person("louise@example.org", "coordinator")]
    somebody = [*nobody, person("noa@example.org", "professional_support")]
    named = RECIPE + ANSWERS_FOR_IT.replace("institut,", "institut, email: louise@example.org,")

    assert faults(tmp_path, DARK, recipe=RECIPE + ANSWERS_FOR_IT, people=somebody) == []
    assert faults(tmp_path, DARK, recipe=RECIPE + ANSWERS_FOR_IT, people=nobody) == [
        "instruments/essai.yaml, line 15, clinician.organisation: "
        "no clinician works at «institut», after people.yaml."
    ]
    assert faults(tmp_path, DARK, recipe=named, people=somebody) == [
        "instruments/essai.yaml, line 15, clinician.email: "
        "«louise@example.org» is no clinician’s account at «institut»."
    ]


def test_such_a_question_must_say_which_answer_is_the_lowest(tmp_path: Path) -> None:
    plain = {
        **DARK,
        "answerOption": [
            {"valueCoding": {"code": code, "display": code, "_display": in_english(code)}}
            for code in ("yes", "no")
        ],
    }

    assert faults(tmp_path, plain, recipe=RECIPE + ANSWERS_FOR_IT)[0].endswith(
        "«dark» asks about suicide: each of its answers must say a whole number."
    )


# What opens the protocol.


def opening(tmp_path: Path, recipe: str, **kept: str) -> list[str]:
    written(tmp_path, asked(DARK), recipe + ANSWERS_FOR_IT)
    [said], found = read_of(tmp_path, REGION)
    assert found == []
    asks, terms = items.Asks.of(said.definition), items.Terms.of(said.terms)
    return [one.id for one in items.opening(asks, terms.protocol, kept)]


def test_an_answer_above_the_lowest_opens_the_protocol_and_no_other_does(tmp_path: Path) -> None:
    assert opening(tmp_path, RECIPE) == []
    assert opening(tmp_path, RECIPE, sleep="d", noise="d") == []
    assert opening(tmp_path, RECIPE, dark="a") == []
    assert opening(tmp_path, RECIPE, dark="b") == ["dark"]
    assert opening(tmp_path, RECIPE, dark="d") == ["dark"]


def test_in_doubt_the_protocol_opens(tmp_path: Path) -> None:
    # An answer that is not offered; or a question whose two ends the recipe turns round.
    turned = (
        RECIPE.replace("items: [sleep, noise]", "items: [sleep, noise, dark]")
        .replace("reverse: [noise]", "reverse: [noise, dark]")
        .replace("to: 6", "to: 9")
    )

    assert opening(tmp_path, RECIPE, dark="other") == ["dark"]
    assert opening(tmp_path, turned, dark="a") == ["dark"]
