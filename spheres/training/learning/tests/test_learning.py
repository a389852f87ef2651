"""Does a group say what it learns, and none of its people?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from spheres.training.learning import actions, codes, policy, queries
from spheres.training.learning.models import LearningRound, Outcome, Sheet, Time, Trying
from spheres.training.learning.tests.factories import (
    AN_HOUR,
    EXPIRY,
    LATER,
    after,
    again,
    all_of_it,
    answers,
    asks,
    closed,
    own,
    put_questions,
    the_night_comes,
)
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
CLOSED = LATER + 2 * AN_HOUR
FIVE = [(2, 1), (2, 1), (2, 1), (1, 1), (2, 2)]
A_QUARTER_LATER = MONDAY + timedelta(days=120)


@pytest.fixture
def asked(cast: Cast) -> Cast:
    put_questions()
    return cast


def trainer(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Trainer", cast.la_maison, Role.TRAINER)


def seen(model: Any, who: Actor, at: Any = CLOSED) -> int:
    with acting(who, at):
        return int(model.objects.count())


def has_key(owner_id: UUID) -> bool:
    with acting(EXPIRY, CLOSED), connection.cursor() as cursor:
        cursor.execute("select 1 from access.newest_key(%s, %s)", [owner_id, Sheet.KIND])
        return cursor.fetchone() is not None


def told(of: LearningRound, who: Actor) -> set[tuple[str, str, int, int]]:
    with acting(who, CLOSED):
        rows = Outcome.objects.filter(round_id=of.pk)
        return set(rows.values_list("question", "time", "step", "number"))


def test_five_who_answered_both_times_are_compared_with_themselves(asked: Cast) -> None:
    of = all_of_it(asked, FIVE)

    assert told(of, asked.louise) == {
        ("words", "BEFORE", 1, 1), ("words", "BEFORE", 2, 4),
        ("words", "AFTER", 1, 4), ("words", "AFTER", 2, 1),
        ("ready", "BEFORE", 2, 5), ("ready", "AFTER", 4, 5), ("useful", "AFTER", 5, 5),
    }  # fmt: skip


def test_of_four_nothing_is_said(asked: Cast) -> None:
    of = all_of_it(asked, FIVE[:4], tries=["Merci"] * 4)

    assert told(of, asked.louise) == set()
    assert [seen(one, asked.louise, CLOSED + AN_HOUR) for one in (Trying, Sheet)] == [0, 0]


def test_whoever_answered_once_only_or_shares_a_code_is_not_compared(asked: Cast) -> None:
    of = asks(asked.louise)
    for number in (*range(6), 7, 8, 8):
        answers(of, own(number), {"words": 2})
    after(of, asked.louise)
    for number in (*range(6), 6, 8):
        answers(of, own(number), {"words": 1}, at=LATER)
    closed(of, asked.louise)

    assert told(of, asked.louise) == {("words", "BEFORE", 2, 6), ("words", "AFTER", 1, 6)}


def test_a_code_is_read_however_it_is_typed_and_says_nothing_in_another_session() -> None:
    here, elsewhere = uuid4(), uuid4()
    assert [codes.is_own(one) for one in ("ab12", "É-b 12", "a123", "ab1", "", "abc12")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert codes.mark(here, "é b-12") == codes.mark(here, "EB12")
    assert codes.mark(here, "EB12") != codes.mark(elsewhere, "EB12")


def test_a_sheet_has_no_author_no_moment_and_nothing_to_be_read_by(asked: Cast) -> None:
    columns = {
        model: {field.column for field in model._meta.concrete_fields} for model in (Sheet, Trying)
    }
    assert columns == {Sheet: {"id", "round_id", "said"}, Trying: {"id", "round_id", "words"}}
    of = asks(asked.louise)
    answers(of, own(1), {"words": 1}, "Merci")
    everybody = (asked.louise, asked.ines, asked.karim, asked.roy, VISITOR)
    assert [seen(Sheet, who) for who in everybody] == [0] * 5


def test_nothing_in_the_journal_says_that_somebody_answered(asked: Cast) -> None:
    of = asks(asked.louise)

    def events(who: Actor) -> int:
        with acting(who):
            return Event.objects.count()

    before = [events(VISITOR), events(asked.louise)]
    answers(of, own(1), {"words": 1})

    assert [events(VISITOR), events(asked.louise)] == before


def test_sent_twice_a_sheet_is_kept_once(asked: Cast) -> None:
    of, sheet = asks(asked.louise), uuid4()
    for number in range(5):
        answers(of, own(number), {"words": 2})
    answers(of, own(5), {"words": 2}, sheet=sheet)
    answers(of, own(5), {"words": 2}, sheet=sheet)
    after(of, asked.louise)
    for number in range(6):
        answers(of, own(number), {"words": 1}, at=LATER)
    closed(of, asked.louise)

    assert ("words", "AFTER", 1, 6) in told(of, asked.louise)


def test_what_will_be_tried_stands_apart_for_whoever_gave_it_and_goes(asked: Cast) -> None:
    words = [f"J’essaie {number}" for number in range(5)]
    of = all_of_it(asked, FIVE, tries=words)
    other = trainer(asked)

    with acting(asked.louise, CLOSED):
        assert sorted(queries.tried(of, actor=asked.louise)) == words
    assert [seen(Trying, who) for who in (other, asked.ines, asked.roy)] == [0, 0, 0]
    assert len(the_night_comes(CLOSED)) == 1
    assert len(the_night_comes(CLOSED + policy.DAYS_TRIED)) == 1
    assert [seen(model, EXPIRY) for model in (Sheet, Trying)] == [0, 0]


def test_the_salt_goes_when_the_answers_close_and_the_key_the_night_after(asked: Cast) -> None:
    of = all_of_it(asked, FIVE)
    assert of.salt is None

    the_night_comes(CLOSED)

    assert seen(Sheet, EXPIRY) == 0
    assert has_key(of.pk) is False


def test_a_group_that_nobody_closed_is_destroyed_unread(asked: Cast) -> None:
    of = asks(asked.louise)
    answers(of, own(1), {"words": 1})
    late = of.ends_at + policy.DAYS_UNCLOSED

    assert the_night_comes(late - AN_HOUR) == []
    assert the_night_comes(late) == [of.pk]
    assert again("group", asked.louise, late).salt is None
    assert seen(Sheet, EXPIRY, late) == 0


def test_a_group_is_asked_once_of_one_session_by_whomever(asked: Cast) -> None:
    of = asks(asked.louise)
    assert asks(asked.louise).pk == of.pk
    for who, which in ((asked.louise, "again"), (trainer(asked), "elsewhere")):
        with pytest.raises(NotAllowed):
            asks(who, which=which)
    assert asks(asked.louise, uuid_of("another session"), which="other").pk == uuid_of("other")


def test_whoever_asked_alone_reads_the_group_and_others_the_topic_later(asked: Cast) -> None:
    all_of_it(asked, FIVE)
    other = trainer(asked)

    assert [seen(LearningRound, who) for who in (asked.louise, other, asked.ines)] == [1, 0, 0]
    assert [seen(Outcome, who) for who in (asked.louise, other, asked.ines)] == [7, 0, 0]
    assert [seen(Outcome, who, A_QUARTER_LATER) for who in (other, asked.ines)] == [7, 7]


def test_one_group_in_a_quarter_is_never_a_figure_of_a_topic(asked: Cast) -> None:
    all_of_it(asked, FIVE)
    assert over_time(asked.ines) == {"words": [], "ready": []}

    all_of_it(asked, [(1, 1)] * 6, which="other", session=uuid_of("another"), at=MONDAY + AN_HOUR)

    assert over_time(asked.ines) == {"words": [(7, 10, 11)], "ready": [(0, 11, 11)]}


def over_time(who: Actor) -> dict[str, list[tuple[int, int, int]]]:
    with acting(who, A_QUARTER_LATER):
        [topic] = queries.topics(actor=who)
        found = queries.over_time(topic, actor=who, at=A_QUARTER_LATER)
    return {
        one.code: [(each.before, each.after, each.of) for each in quarters]
        for one, quarters in found
    }


def test_who_may_do_what_and_when(asked: Cast) -> None:
    of = asks(asked.louise)
    other, done = trainer(asked), replace_closed(of)

    assert [bool(policy.can_open(who)) for who in (asked.louise, other, asked.ines, asked.roy)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [bool(policy.can_run(who, of)) for who in (asked.louise, other, asked.ines)] == [
        True, False, False,
    ]  # fmt: skip
    assert bool(policy.can_close(asked.louise, of)) is False
    assert bool(policy.can_close(asked.louise, done)) is False
    assert [bool(policy.can_ask_after(asked.louise, one, MONDAY)) for one in (of, done)] == [
        True, False,
    ]  # fmt: skip
    assert [bool(policy.can_ask_after(asked.louise, of, of.ends_at))] == [False]
    assert [bool(policy.can_answer(who, of, MONDAY)) for who in (VISITOR, asked.louise)] == [
        True, False,
    ]  # fmt: skip
    assert [bool(policy.can_answer(VISITOR, done, MONDAY))] == [False]
    assert bool(policy.can_look(Actor(uuid_of("no"), uuid_of("no"), frozenset()))) is False


def replace_closed(of: LearningRound) -> LearningRound:
    said = {field.attname: getattr(of, field.attname) for field in of._meta.concrete_fields}
    done = LearningRound(**said | {"closed_at": MONDAY, "after_at": MONDAY})
    done.asks = of.asks
    return done


def test_closed_twice_it_is_counted_once_and_nobody_answers_after(asked: Cast) -> None:
    of = all_of_it(asked, FIVE)
    before = told(of, asked.louise)

    closed(of, asked.louise, at=CLOSED)

    assert told(of, asked.louise) == before
    with acting(VISITOR, CLOSED):
        assert queries.in_room(of.code, actor=VISITOR, at=CLOSED) is None
    with acting(VISITOR, CLOSED), pytest.raises(NotAllowed):
        actions.answer(of, uuid4(), own="AB12", steps={"words": 1}, by=VISITOR, at=CLOSED)


@pytest.mark.parametrize("roles", ["ines", "louise", "roy"])
def test_the_database_lets_nobody_with_an_account_answer(asked: Cast, roles: str) -> None:
    of, who = asks(asked.louise), getattr(asked, roles)
    with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
        Sheet.objects.bulk_create([Sheet(id=uuid4(), round_id=of.pk, said=b"x")])


def test_keys_are_minted_before_anybody_answers(asked: Cast) -> None:
    of = asks(asked.louise)
    assert has_key(of.pk) is True
    assert of.time == Time.BEFORE
