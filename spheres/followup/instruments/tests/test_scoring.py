"""Does a recipe add up what it says, whatever is answered, skipped or sent beside?

An oracle written otherwise (decimals, no shared word with the module) says what each figure is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from spheres.followup.instruments import scoring
from spheres.followup.instruments.scoring import (
    Band,
    Missing,
    Question,
    Result,
    Rounding,
    Scale,
    result,
)

FOUR = {"never": 0, "sometimes": 1, "often": 2, "always": 3}
SLEEP, BREAKS, NOISE = (Question(name, FOUR) for name in ("sleep", "breaks", "noise"))
WEEK = Scale(
    (SLEEP, BREAKS, NOISE),
    reverse=frozenset({"noise"}),
    least_answered=2,
    missing=Missing.MEAN,
    bands=(Band(0, 4, 0), Band(5, 9, 1)),
)


def test_answers_are_added_and_a_reversed_one_counts_from_the_other_end() -> None:
    found = result(WEEK, {"sleep": "often", "breaks": "always", "noise": "never"})

    assert found == Result(figure=8, band=Band(5, 9, 1), skipped=(), outside=())


def test_a_skipped_question_counts_as_the_others_do_on_average() -> None:
    found = result(WEEK, {"sleep": "often", "breaks": "sometimes"})

    # Three answered questions for two: one and a half, three times, is four and a half.
    assert found == Result(figure=5, band=Band(5, 9, 1), skipped=("noise",), outside=())


def test_with_too_few_answers_nothing_is_said() -> None:
    found = result(WEEK, {"sleep": "always"})

    assert found == Result(figure=None, band=None, skipped=("breaks", "noise"), outside=())
    assert result(replace(WEEK, least_answered=0), {}).figure is None


def test_an_answer_that_is_not_offered_is_named_and_counted_nowhere() -> None:
    found = result(WEEK, {"sleep": "often", "breaks": "often", "noise": "7"})

    assert found == Result(figure=6, band=Band(5, 9, 1), skipped=(), outside=("noise",))


def test_an_answer_to_another_question_changes_nothing_and_is_named() -> None:
    answers = {"sleep": "often", "breaks": "often", "noise": "never"}

    assert result(WEEK, answers | {"dreams": "always"}) == result(WEEK, answers)
    assert scoring.unasked(["sleep", "breaks", "noise"], answers | {"dreams": "x"}) == ("dreams",)


def test_a_number_counts_within_its_span_and_in_no_other_writing() -> None:
    walks = Question("walks", span=(0, 21))

    worth = {typed: walks.worth(typed) for typed in ("0", "21", " 7 ", "22", "-1", "1.5", "٣", "")}
    assert worth == {
        "0": 0, "21": 21, " 7 ": 7, "22": None, "-1": None, "1.5": None, "٣": None, "": None,
    }  # fmt: skip


def test_a_figure_that_is_multiplied_is_rounded_once_and_a_half_goes_up() -> None:
    scale = Scale((SLEEP,), multiply=Fraction("2.5"))

    figures = {
        rounding: result(replace(scale, rounding=rounding), {"sleep": "sometimes"}).figure
        for rounding in Rounding
    }
    assert figures == {Rounding.NEAREST: 3, Rounding.DOWN: 2, Rounding.UP: 3}


# Any recipe, any answers.

SPANS = st.tuples(st.integers(-5, 5), st.integers(1, 10)).map(lambda s: (s[0], s[0] + s[1]))
VALUES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]), st.integers(-5, 10), min_size=2, max_size=4
)


@st.composite
def scales(draw: Any, most: int = 6) -> Scale:
    names = [f"q{n}" for n in range(draw(st.integers(1, most)))]
    questions = tuple(
        Question(name, span=draw(SPANS)) if draw(st.booleans()) else Question(name, draw(VALUES))
        for name in names
    )
    return Scale(
        questions,
        reverse=frozenset(draw(st.sets(st.sampled_from(names)))),
        multiply=Fraction(draw(st.sampled_from(["1", "4", "0.5", "2.5", "0.125"]))),
        least_answered=draw(st.integers(1, len(names))),
        missing=draw(st.sampled_from(Missing)),
        rounding=draw(st.sampled_from(Rounding)),
    )


@st.composite
def answered(draw: Any) -> tuple[Scale, dict[str, str]]:
    scale = draw(scales())
    answers = {}
    for question in scale.questions:
        offered = (
            [str(n) for n in range(question.span[0], question.span[1] + 1)]
            if question.span
            else list(question.values)
        )
        kind = draw(st.sampled_from(["offered", "offered", "offered", "skipped", "other"]))
        if kind == "offered":
            answers[question.id] = draw(st.sampled_from(offered))
        elif kind == "other":
            answers[question.id] = draw(st.sampled_from(["z", "999", "-999", "1.5", ""]))
    if draw(st.booleans()):
        answers["asked by no one"] = "a"
    return scale, answers


ROUNDED = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def oracle(scale: Scale, answers: dict[str, str]) -> int | None:
    """The figure, by the book: a column of numbers on paper, added by hand."""
    column: list[int] = []
    for question in scale.questions:
        table = question.values or {
            str(n): n
            for n in range(question.span[0], question.span[1] + 1)  # type: ignore[index]
        }
        if answers.get(question.id) in table:
            number = table[answers[question.id]]
            if question.id in scale.reverse:
                number = max(table.values()) - number + min(table.values())
            column.append(number)
    if len(column) < scale.least_answered:
        return None
    total = Decimal(sum(column)) * Decimal(scale.multiply.numerator)
    below = Decimal(scale.multiply.denominator)
    if scale.missing.value == "mean":
        total, below = total * len(scale.questions), below * len(column)
    # Halves of negative numbers go up too: counted from far below, where all is positive.
    far = 100_000
    shifted = (total + far * below) / below
    return int(shifted.quantize(Decimal(1), ROUNDED[scale.rounding.value])) - far


@given(answered())
@settings(max_examples=600, deadline=None)
def test_every_figure_is_the_one_the_book_says(case: tuple[Scale, dict[str, str]]) -> None:
    scale, answers = case

    assert result(scale, answers).figure == oracle(scale, answers)


@given(answered())
@settings(max_examples=300, deadline=None)
def test_nothing_answered_is_lost(case: tuple[Scale, dict[str, str]]) -> None:
    scale, answers = case
    found = result(scale, answers)
    names = {question.id for question in scale.questions}
    counted = names - {*found.skipped, *found.outside}

    assert set(found.skipped) == names - set(answers)
    assert set(scoring.unasked(names, answers)) == set(answers) - names
    assert counted | set(found.outside) == names & set(answers)
    assert (found.figure is None) == (len(counted) < scale.least_answered)


@given(scales(most=3))
@settings(max_examples=150, deadline=None)
def test_the_lowest_and_the_highest_figures_are_reached_and_never_passed(scale: Scale) -> None:
    """Every way to answer, tried one by one: bands that cover these bounds leave no hole."""
    ways = []
    for question in scale.questions:
        offered = [str(n) for n in range(question.least, question.most + 1)]
        ways.append([None, *(offered if question.span else question.values)])
    names = [question.id for question in scale.questions]
    figures = set()
    for way in product(*ways):
        sent = {name: said for name, said in zip(names, way, strict=True) if said is not None}
        if (figure := result(scale, sent).figure) is not None:
            figures.add(figure)

    assert scoring.bounds(scale) == (min(figures), max(figures))
