"""Does each kind of question keep what was answered, and nothing that was skipped?"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from spheres.followup.exercises import papers, prompts
from spheres.followup.exercises.prompts import Exercise, Prompt
from spheres.followup.exercises.voices import Round, Voice, Wheel
from tests.cast import MONDAY

LABEL = {"fr": "Question", "en": "Question"}


def words(*codes: str) -> list[dict[str, Any]]:
    return [{"id": code, "label": {"fr": f"{code} (fr)", "en": code.title()}} for code in codes]


def a_prompt(kind: str, **more: Any) -> Prompt:
    return Prompt.of({"id": "one", "kind": kind, "label": LABEL, **more})


PILES = words("fine", "now", "later")
# Kind → what it is made of, what a page sends, what is kept, what is said back.
ANSWERED = {
    "text": ({}, {"p-one": "  Ma chambre. "}, "Ma chambre.", "Ma chambre."),
    "scale": ({"least": 0, "most": 10}, {"p-one": "0"}, "0", "0, from 0 to 10"),
    "faces": ({}, {"p-one": "4"}, "4", "Rather good"),
    "choice": ({"words": words("still", "moving")}, {"p-one": "moving"}, "moving", "Moving"),
    "list": ({}, {"p-one-0": "Chanter", "p-one-2": "Courir"}, ["Chanter", "Courir"], ""),
    "two_columns": (
        {"words": words("helps", "holds")},
        {"p-one-0-0": "Ma sœur", "p-one-1-1": "La nuit"},
        [["Ma sœur", ""], ["", "La nuit"]],
        "",
    ),
    "four_columns": (
        {"words": words("a", "b", "c", "d")},
        {"p-one-0-0": "Dormir", "p-one-0-3": "Une porte"},
        [["Dormir", "", "", "Une porte"]],
        "",
    ),
    "map": (
        {"words": words("people", "places")},
        {"p-one-people-0-who": "Ma sœur", "p-one-people-0-how": "Texto"},
        {"people": [["Ma sœur", "Texto"]]},
        "",
    ),
    "card_sort": (
        {"words": words("sleep", "food"), "piles": PILES, "keep": 2},
        {"p-one-sleep": "now", "p-one-top-0": "food", "p-one-top-1": "food"},
        {"piles": {"sleep": "now"}, "top": ["food"]},
        "",
    ),
    "wheel": (
        {"words": words("sleep", "school")},
        {"p-one-sleep-faces": "5", "p-one-own-0-name": "Ma sœur", "p-one-own-0-faces": "unsaid"},
        {
            "measure": "faces",
            "spheres": [{"id": "sleep", "value": "5"}, {"name": "Ma sœur", "value": "unsaid"}],
        },
        "",
    ),
}


@pytest.mark.parametrize("kind", ANSWERED)
def test_an_answer_is_kept_said_back_and_typed_again(kind: str) -> None:
    made_of, sent, kept, said = ANSWERED[kind]
    prompt = a_prompt(kind, **made_of)
    asks = Exercise(
        prompts.Said("T", "T"), prompts.Said(), prompts.Said(), "needs", "plan", (), (prompt,)
    )

    assert prompts.answers(asks, sent) == {"one": kept}
    with translation.override("en"):
        assert prompts.told(prompt, kept).words == said
    again = prompts.fields_of(asks, {"one": kept})
    assert prompts.answers(asks, again) == {"one": kept}


@pytest.mark.parametrize("kind", ANSWERED)
def test_what_was_skipped_is_kept_nowhere(kind: str) -> None:
    prompt = a_prompt(kind, **ANSWERED[kind][0])

    assert prompts.answer(prompt, {}) is None
    assert (
        prompts.answer(prompt, {"p-one": "", "p-one-0": "  ", "p-one-measure": "numbers"}) is None
    )


@pytest.mark.parametrize("kind", ["scale", "faces", "choice"])
@pytest.mark.parametrize("code", ["unknown", "unsaid"])
def test_not_knowing_and_not_saying_are_answers(kind: str, code: str) -> None:
    prompt = a_prompt(kind, **ANSWERED[kind][0])

    assert prompts.answer(prompt, {"p-one": code}) == code


@pytest.mark.parametrize("sent", ["11", "-1", "five", "<b>5</b>", "unknown "])
def test_what_no_button_offers_is_not_an_answer(sent: str) -> None:
    assert prompts.answer(a_prompt("scale", least=0, most=10), {"p-one": sent}) is None


def test_a_list_has_thirty_lines_at_most_whatever_is_sent() -> None:
    sent = {"p-one-lines": "999", **{f"p-one-{row}": f"ligne {row}" for row in range(200)}}

    assert len(prompts.answer(a_prompt("list"), sent)) == prompts.MOST_LINES  # type: ignore[arg-type]


def test_figures_and_faces_never_mix_in_a_wheel() -> None:
    prompt = a_prompt("wheel", words=words("sleep", "school"))
    sent = {"p-one-measure": "numbers", "p-one-sleep-faces": "5", "p-one-school-numbers": "7"}

    assert prompts.answer(prompt, sent) == {
        "measure": "numbers",
        "spheres": [{"id": "school", "value": "7"}],
    }


def test_a_wheel_says_the_same_as_its_list_and_adds_nothing_up() -> None:
    prompt = a_prompt("wheel", words=words("sleep", "school"))
    said = prompts.answer(prompt, {"p-one-sleep-faces": "1", "p-one-school-faces": "unknown"})

    with translation.override("en"):
        told = prompts.told(prompt, said)

    assert told.rows == (("Sleep", "Really hard"), ("School", "I don’t know"))
    assert told.parts == (("Sleep", 0.2), ("School", None))


def test_a_wheel_of_places_says_places_wherever_it_is_laid_in_columns() -> None:
    places = {"fr": "Endroit", "en": "Place"}
    prompt = a_prompt("wheel", words=words("street", "online"), column=places)
    told = prompts.told(prompt, {"measure": "faces", "spheres": [{"id": "street", "value": "2"}]})

    with translation.override("fr"):
        [on_paper] = papers._room(prompt)
        [on_paper_of_spheres] = papers._room(a_prompt("wheel", words=words("sleep", "school")))
        firsts = [
            on_paper["columns"][0],
            prompts.told(prompt, {"measure": "numbers", "spheres": []}).columns[0],
            Wheel(prompt, (Round(Voice.HERS, MONDAY, told),)).columns[0],
        ]

    assert firsts == ["Endroit"] * 3
    assert on_paper_of_spheres["columns"][0] == "Sphère"
