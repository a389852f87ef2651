"""Is a text cut so that nothing of it is lost, and hidden so that nothing of it is left?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spheres.followup.reading.hiding import Hidden, Piece, Span, joined, pieces, sentences

TEXT = "Elle rit. Son frère « boit trop. » Elle dort mal!\nOn se revoit jeudi"


def cut(text: str) -> list[str]:
    return [text[span.starts : span.ends] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, ["Elle rit.", "Son frère « boit trop. »", "Elle dort mal!", "On se revoit jeudi"]),
        ("", []),
        ("   \n  ", []),
        ("Un mot", ["Un mot"]),
        ("Quoi?! Rien…", ["Quoi?!", "Rien…"]),
        ("À 15 h 30, 2.5 km.", ["À 15 h 30, 2.5 km."]),
        ("- le frère\n- la mère", ["- le frère", "- la mère"]),
        ("(Il est venu.) Elle part.", ["(Il est venu.)", "Elle part."]),
    ],
)
def test_a_text_is_cut_at_the_end_of_each_sentence(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aé .!?…»”)\n\u00a0", max_size=60))
def test_all_that_shows_in_a_text_is_in_one_sentence(text: str) -> None:
    spans = sentences(text)

    in_one = "".join(text[span.starts : span.ends] for span in spans)
    assert "".join(in_one.split()) == "".join(text.split())
    assert all(one.ends <= after.starts for one, after in pairwise(spans))


def test_sentences_that_follow_each_other_are_hidden_as_one() -> None:
    first, second, third, fourth = sentences(TEXT)

    assert joined([second, third], TEXT) == [Span(second.starts, third.ends)]
    assert joined([fourth, first], TEXT) == [first, fourth]
    assert joined([], TEXT) == []


def test_a_span_that_is_no_sentence_of_the_text_is_not_hidden_by_joining() -> None:
    assert joined([Span(0, 4)], TEXT) == []


def test_a_mark_stands_where_a_sentence_was() -> None:
    _first, second, *_others = sentences(TEXT)

    assert pieces(TEXT, [Hidden(second, "Hidden.", "Your brother.")]) == [
        Piece("Elle rit."),
        Piece("Your brother.", "Hidden."),
        Piece("Elle dort mal!\nOn se revoit jeudi"),
    ]


@pytest.mark.parametrize(
    "stray", [Span(0, len(TEXT) + 1), Span(9, 9), Span(len(TEXT), len(TEXT) + 5)]
)
def test_a_passage_that_does_not_fit_hides_the_whole_text(stray: Span) -> None:
    assert pieces(TEXT, [Hidden(Span(0, 4), "Why."), Hidden(stray, "Hidden.")]) in (
        [Piece("", "Hidden.")],
        [Piece("", "Why.")],
    )


def test_a_text_hidden_whole_is_a_mark_and_never_nothing() -> None:
    assert pieces(TEXT, [Hidden(Span(0, len(TEXT)), "Hidden.")]) == [Piece("", "Hidden.")]


def test_passages_that_touch_or_overlap_are_one_mark_when_their_reason_is_the_same() -> None:
    first, second, *_others = sentences(TEXT)
    spans = [first, second, Span(2, second.starts + 3)]

    assert [piece.reason for piece in pieces(TEXT, [Hidden(span, "H") for span in spans])] == [
        "H",
        "",
    ]


@given(
    st.text(alphabet="abcdé .!\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=5),
)
def test_no_character_of_what_is_hidden_is_left(text: str, spans: list[tuple[int, int]]) -> None:
    hidden = [Hidden(Span(*span), "HIDDEN") for span in spans]
    covered = set[int]()
    for one in hidden:
        fits = 0 <= one.span.starts < one.span.ends <= len(text)
        covered |= set(range(*((one.span.starts, one.span.ends) if fits else (0, len(text)))))

    left = "".join(piece.words for piece in pieces(text, hidden))

    shown = "".join(letter for place, letter in enumerate(text) if place not in covered)
    assert "".join(left.split()) == "".join(shown.split())
