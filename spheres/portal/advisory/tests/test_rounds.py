"""Does a round say what young people think, and nothing of who said it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.utils import translation

from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.portal.advisory import actions, queries
from spheres.portal.advisory.actions import Heard, Said
from spheres.portal.advisory.models import Change, Given, Outcome, Round, Sentence, Sheet
from spheres.portal.advisory.tests.factories import (
    EXPIRY,
    HAPPY,
    OVER,
    counted,
    eight_give,
    gives,
    open_round,
    the_night_comes,
)
from spheres.portal.notebook.tests.factories import herself
from tests.cast import MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def seen(model, who: Actor, at=MONDAY) -> int:
    with acting(who, at):
        return int(model.objects.count())


def test_nobody_reads_a_sheet_nor_how_many_there_are_before_the_end(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of, words="Merci")
    everybody = (cast.louise, cast.ines, cast.karim, cast.nadia, cast.samir, herself(cast), VISITOR)

    assert [(seen(Sheet, who), seen(Given, who)) for who in everybody] == [(0, 0)] * 7
    with acting(cast.louise), pytest.raises(NotAllowed, match="before the round is over"):
        actions.count(of, by=cast.louise, at=MONDAY)
    with acting(cast.louise), pytest.raises(ValueError, match="before it is over"):
        queries.has_enough(of, actor=cast.louise, at=MONDAY)


def test_seven_sheets_are_never_read_whoever_asks(cast: Cast) -> None:
    of = open_round(cast)
    for _time in range(7):
        gives(cast, of)

    assert seen(Sheet, cast.louise, OVER) == 0
    with acting(cast.louise, OVER), pytest.raises(NotAllowed, match="Fewer than 8"):
        actions.count(of, by=cast.louise, at=OVER)


def test_from_eight_the_faces_are_counted_and_a_question_few_answered_is_not(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of)
    gives(cast, of, Said({"LISTENED": "NO", "USEFUL": "YES"}))

    of = counted(cast, of)

    with acting(cast.louise, OVER):
        found = set(Outcome.objects.values_list("question", "face", "number"))
    assert of.answers == 9
    assert found == {("LISTENED", "YES", 8), ("LISTENED", "NO", 1), ("SAFE", "YES", 8)}


def test_the_sentences_stand_apart_from_the_faces_in_no_order(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of, words="Merci")
    of = counted(cast, of)

    with acting(cast.louise, OVER):
        sentences = queries.sentences(of, actor=cast.louise)

    assert sorted(sentences) == [f"Merci {place}" for place in range(8)]
    after = OVER + timedelta(seconds=1)
    assert [seen(Sheet, cast.louise, after), seen(Sentence, cast.ines, OVER)] == [0, 0]


def test_nothing_in_the_journal_says_that_a_sheet_was_given(cast: Cast) -> None:
    of = open_round(cast)
    she = herself(cast)
    with acting(cast.ines):
        before = Event.objects.filter(chain_id=cast.maya.file_id).count()

    gives(cast, of, Said(HAPPY, "Merci"))

    with acting(cast.ines):
        after = Event.objects.filter(chain_id=cast.maya.file_id).count()
    with acting(she):
        hers = Event.objects.filter(actor_id=she.user_id, action__startswith="advisory").count()
    assert (after - before, hers) == (0, 0)


def test_a_sheet_has_no_author_no_moment_and_no_order() -> None:
    columns = {
        model: {field.column for field in model._meta.concrete_fields}
        for model in (Sheet, Given, Sentence)
    }

    assert columns == {
        Sheet: {"id", "round_id", "said", "from_paper"},
        Given: {"id", "round_id", "from_paper"},
        Sentence: {"id", "round_id", "words"},
    }


def test_a_notebook_answers_once(cast: Cast) -> None:
    of, token = open_round(cast), uuid4()

    answers = [gives(cast, of, token=token) for _time in range(2)]
    for _time in range(7):
        gives(cast, of)

    assert answers == [True, False]
    assert counted(cast, of).answers == 8


def test_an_envelope_is_typed_in_once_and_never_with_few_sheets(cast: Cast) -> None:
    of = open_round(cast)
    form_id, sheets = uuid_of("envelope"), [Said(HAPPY, f"Merci {n}") for n in range(8)]
    with acting(cast.ines), pytest.raises(WrongState), transaction.atomic():
        actions.type_in(of, form_id, sheets[:4], by=cast.ines, at=MONDAY)

    with acting(cast.ines):
        kept = [actions.type_in(of, form_id, sheets, by=cast.ines, at=MONDAY) for _ in range(2)]
        told = list(
            Event.objects.filter(action="advisory.envelope").values_list("record_ids", "sections")
        )

    assert kept == [True, False]
    assert told == [([of.pk], [])]
    assert counted(cast, of).answers == 8


def test_what_was_heard_is_said_to_everybody_and_the_rest_is_destroyed(cast: Cast) -> None:
    of = open_round(cast)
    eight_give(cast, of, words="Merci")
    of = counted(cast, of)
    said = Heard(
        "Plus de soirs.", "On ouvre le jeudi soir.", "More evenings.", "Open on Thursdays."
    )
    with acting(cast.louise, OVER):
        actions.settle(of, [said], by=cast.louise, at=OVER)
    the_night_comes()

    with acting(cast.ines, OVER):
        [heard] = queries.heard(queries.rounds(actor=cast.ines), actor=cast.ines)
    assert heard.changes == (("More evenings.", "Open on Thursdays."),)
    with acting(EXPIRY, OVER):
        assert queries.to_forget(by=EXPIRY) == []
    assert seen(Sentence, cast.louise, OVER) == 0
    assert [seen(Change, who, OVER) for who in (cast.samir, VISITOR, herself(cast))] == [1, 1, 1]


def test_a_round_of_few_is_made_longer_or_ends_unread(cast: Cast) -> None:
    of = open_round(cast)
    gives(cast, of)
    later = OVER + timedelta(days=7)
    with acting(cast.louise, OVER):
        actions.make_longer(of, ends_at=later, by=cast.louise, at=OVER)
    with acting(cast.louise, OVER):
        assert queries.running(queries.rounds(actor=cast.louise), at=OVER) == of

    with acting(cast.louise, later):
        actions.settle(of, [Heard("x", "y")], by=cast.louise, at=later)
        stands = Round.objects.get(pk=of.pk)
        changes = Change.objects.count()
    the_night_comes(later)

    assert (stands.settled_by, stands.answers, changes) == (cast.louise.user_id, None, 0)
    with acting(EXPIRY, later):
        assert not Given.objects.exists()


def test_one_round_at_a_time_and_only_at_the_desk(cast: Cast) -> None:
    open_round(cast)

    with acting(cast.louise), pytest.raises(NotAllowed, match="under way"):
        actions.open_round(uuid_of("two"), ends_at=OVER, by=cast.louise, at=MONDAY)
    for who in (cast.ines, cast.karim, cast.nadia):
        with acting(who), pytest.raises(NotAllowed, match="at its own desk"):
            actions.open_round(uuid_of("two"), ends_at=OVER, by=who, at=MONDAY)


def test_the_database_itself_takes_no_sheet_after_the_end_nor_in_somebody_s_name(
    cast: Cast,
) -> None:
    of = open_round(cast)
    row = Sheet(id=uuid4(), round_id=of.pk, said=b"x")
    for who, at in ((VISITOR, OVER), (cast.ines, MONDAY), (herself(cast), MONDAY)):
        with acting(who, at), pytest.raises(ProgrammingError), transaction.atomic():
            Sheet.objects.bulk_create([row])


def test_what_was_settled_changes_no_more(cast: Cast) -> None:
    of = open_round(cast)
    with acting(cast.louise, OVER):
        actions.settle(of, [], by=cast.louise, at=OVER)

    later = OVER + timedelta(days=9)
    with acting(cast.louise, OVER), pytest.raises(WrongState), transaction.atomic():
        actions.make_longer(of, ends_at=later, by=cast.louise, at=OVER)
    with acting(cast.louise, OVER):
        assert queries.running(queries.rounds(actor=cast.louise), at=OVER) is None
