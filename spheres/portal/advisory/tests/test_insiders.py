"""Is a sheet of a notebook hidden from whoever counts, and from whoever types paper in?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.portal.advisory import actions, queries
from spheres.portal.advisory.actions import Said
from spheres.portal.advisory.models import Given, Outcome, Round, Sentence, Sheet
from spheres.portal.advisory.tests.factories import (
    HAPPY,
    OVER,
    counted,
    eight_give,
    gives,
    open_round,
    typed,
)
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting

pytestmark = pytest.mark.django_db
HERS = Said({"LISTENED": "NO", "USEFUL": "NO"}, "Inès me fait peur")
SOON = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sentences(cast: Cast, of: Round) -> set[str]:
    with acting(cast.louise, OVER):
        return set(queries.sentences(of, actor=cast.louise))


def figures(cast: Cast) -> set[tuple[str, str, int]]:
    with acting(cast.louise, OVER):
        return set(Outcome.objects.values_list("question", "face", "number"))


# Sheets that somebody makes.


def test_seven_made_sheets_do_not_open_the_one_of_a_notebook(cast: Cast) -> None:
    of = open_round(cast)
    gives(cast, of, HERS)
    typed(cast, of, *[Said(HAPPY)] * 7)

    with acting(cast.louise, OVER), pytest.raises(NotAllowed, match="Fewer than 8"):
        actions.count(of, by=cast.louise, at=OVER)


def test_of_paper_alone_and_a_few_notebooks_the_paper_alone_is_heard(cast: Cast) -> None:
    of = open_round(cast)
    gives(cast, of, HERS)
    typed(cast, of, *[Said(HAPPY, "Merci")] * 8)

    of = counted(cast, of)

    assert (of.answers, sentences(cast, of)) == (8, {"Merci"})
    assert figures(cast) == {("LISTENED", "YES", 8), ("SAFE", "YES", 8)}


def test_with_eight_notebooks_a_few_on_paper_are_heard_too(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of)
    typed(cast, of, *[Said({"SAFE": "NO"})] * 5)

    assert counted(cast, of).answers == 13
    assert figures(cast) == {("LISTENED", "YES", 8), ("SAFE", "YES", 8), ("SAFE", "NO", 5)}


def test_a_question_that_few_answered_in_notebooks_says_what_came_on_paper_alone(
    cast: Cast,
) -> None:
    of = open_round(cast)
    eight_give(cast, of)
    gives(cast, of, HERS)
    typed(cast, of, *[Said({"USEFUL": "YES"})] * 8)

    counted(cast, of)

    assert ("USEFUL", "YES", 8) in figures(cast)
    assert ("USEFUL", "NO", 1) not in figures(cast)


def test_an_envelope_holds_no_sheet_that_says_nothing(cast: Cast) -> None:
    of = open_round(cast)

    with pytest.raises(WrongState), transaction.atomic():
        typed(cast, of, *[Said(HAPPY)] * 5, Said({}))


def test_whoever_counts_types_nothing_in(cast: Cast) -> None:
    of = open_round(cast)
    with acting(cast.louise), pytest.raises(NotAllowed, match="the coordination counts them"):
        actions.type_in(of, uuid4(), [Said(HAPPY)] * 8, by=cast.louise, at=MONDAY)


def is_refused(who: Actor, row: Given | Sheet) -> bool:
    try:
        with acting(who), transaction.atomic():
            type(row).objects.bulk_create([row])
    except ProgrammingError as error:
        return "row-level security" in str(error)
    return False


def test_the_database_itself_tells_paper_from_notebooks(cast: Cast) -> None:
    of = open_round(cast)

    def refused(who: Actor) -> list[bool]:
        return [
            is_refused(who, row(from_paper))
            for from_paper in (False, True)
            for row in (
                lambda which: Given(id=uuid4(), round_id=of.pk, from_paper=which),
                lambda which: Sheet(id=uuid4(), round_id=of.pk, from_paper=which, said=b"x"),
            )
        ]

    assert refused(VISITOR) == [False, False, True, True]
    assert refused(cast.ines) == [True, True, False, False]
    assert refused(cast.louise) == [True] * 4


# Two looks.


def test_the_last_day_comes_no_nearer_and_nothing_is_read_before_it_is_counted(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of)

    nearer = pytest.raises(ProgrammingError, match="comes no nearer")
    with acting(cast.louise, SOON), nearer, transaction.atomic():
        Round.objects.filter(pk=of.pk).update(ends_at=SOON)
    with acting(cast.louise, OVER):
        assert Sheet.objects.count() == 0


def test_a_round_that_was_counted_is_not_opened_again(cast: Cast) -> None:
    of = counted_once(cast)
    later = OVER + timedelta(days=1)
    changes = (
        {"ends_at": later},
        {"counted_at": None, "counted_by": None, "answers": None},
        {"answers": 9},
        {"counted_at": later},
    )

    for change in changes:
        said = pytest.raises(ProgrammingError, match="said already")
        with acting(cast.louise, later), said, transaction.atomic():
            Round.objects.filter(pk=of.pk).update(**change)


def test_sheets_are_read_once_in_the_moment_they_are_counted(cast: Cast) -> None:
    of = counted_once(cast)

    with acting(cast.louise, OVER):
        then = Sheet.objects.count()
    with acting(cast.louise, OVER + timedelta(microseconds=1)):
        after = Sheet.objects.count()
        assert Sentence.objects.filter(round_id=of.pk).count() == 8

    assert (then, after) == (8, 0)


def counted_once(cast: Cast) -> Round:
    of = open_round(cast)
    eight_give(cast, of, words="Merci")
    return counted(cast, of)


# Its key.


def test_nobody_who_answers_mints_its_key(cast: Cast) -> None:
    of = open_round(cast)
    refused = pytest.raises(ProgrammingError, match="not yours to lock")
    with acting(VISITOR), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select access.mint_key(5, %s, 'COMMITTEE', 0, 'x', %s)", [of.pk, b"x" * 60])

    gives(cast, of, HERS)
    with acting(VISITOR):
        row = Sheet(id=uuid4(), round_id=of.pk, from_paper=False)
        vault.lock(row, said=HERS.as_text())
    assert row.said
