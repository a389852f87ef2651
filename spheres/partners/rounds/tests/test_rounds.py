"""Does a round say what all think, and nothing of who thinks it, nor for which organisation?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.utils import translation

from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from spheres.partners.rounds import actions, queries
from spheres.partners.rounds.actions import Heard
from spheres.partners.rounds.models import (
    Given,
    Outcome,
    Position,
    ReflectionRound,
    Remark,
    Sheet,
)
from spheres.partners.rounds.tests.factories import (
    HERE,
    OVER,
    THERE,
    all_give,
    counted,
    gives,
    open_round,
    settled,
    the_night_comes,
    workers,
)
from spheres.regions import queries as regions
from spheres.regions.models import Region
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def people(cast: Cast) -> list[Actor]:
    return [*workers(cast.la_maison, HERE), *workers(cast.elsewhere, THERE)]


def seen(model, who: Actor, at=MONDAY) -> int:
    with acting(who, at):
        return int(model.objects.count())


def test_nobody_reads_an_answer_nor_how_many_there_are_before_the_end(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people, of, words="Merci")
    everybody = (cast.louise, cast.ines, cast.karim, cast.nadia, cast.roy, people[0], VISITOR)

    assert [(seen(Sheet, who), seen(Given, who)) for who in everybody] == [(0, 0)] * 7
    with acting(cast.louise):
        assert not queries.has_enough(of, actor=cast.louise)
        with pytest.raises(NotAllowed, match="before its last day"):
            actions.count(of, by=cast.louise, at=MONDAY)


def test_once_it_is_over_who_answered_is_still_read_by_nobody(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people, of)

    assert seen(Sheet, cast.louise, OVER) == len(people)
    for who in (cast.louise, cast.ines, people[0]):
        assert seen(Given, who, OVER) == 0
    assert [seen(Sheet, who, OVER) for who in (cast.ines, people[0], cast.nadia)] == [0, 0, 0]
    assert [seen(Sheet, counter, OVER) for counter in [another(cast)]] == [0]
    counted(of, cast.louise)
    assert seen(Sheet, cast.louise, OVER) == 0


def another(cast: Cast) -> Actor:
    """Another who may open rounds, and opened none of these."""
    return replace(cast.louise, user_id=cast.karim.user_id)


def test_a_round_of_four_answers_is_never_read(cast: Cast, people: list[Actor]) -> None:
    of = open_round(cast)
    all_give(people[:4], of)

    assert seen(Sheet, cast.louise, OVER) == 0
    with acting(cast.louise, OVER), pytest.raises(NotAllowed, match="Fewer than 8"):
        actions.count(of, by=cast.louise, at=OVER)


def test_a_region_that_asks_for_twelve_reads_no_round_of_eleven(
    cast: Cast, people: list[Actor]
) -> None:
    with acting(LOADER):
        Region.objects.update(minimum_group=12)
    regions.forget()
    of = open_round(cast)
    all_give(people, of)  # eleven

    assert seen(Sheet, cast.louise, OVER) == 0
    with acting(cast.louise, OVER):
        assert (queries.has_enough(of, actor=cast.louise), queries.enough()) == (False, 12)
        with pytest.raises(NotAllowed, match="Fewer than 12"):
            actions.count(of, by=cast.louise, at=OVER)
    gives(*workers(cast.la_maison, 1, "douze"), of)
    assert seen(Sheet, cast.louise, OVER) == 12


def test_where_one_organisation_alone_differs_nothing_is_counted(
    cast: Cast, people: list[Actor]
) -> None:
    """Ten of one and two of the other: the ten could tell what the two have said."""
    of = open_round(cast)
    all_give([*people[:HERE], *workers(cast.la_maison, 4, "autre"), *people[-2:]], of)

    with acting(cast.louise, OVER), pytest.raises(NotAllowed, match="too few are left"):
        actions.count(of, by=cast.louise, at=OVER)
    assert seen(Outcome, cast.louise, OVER) == 0
    with acting(cast.louise, OVER):
        assert not Event.objects.filter(action="round.counted").exists()


def test_all_are_counted_together_and_a_question_that_few_answered_is_not(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    for who in people:
        gives(who, of, {"shared": 2})
    # Nine answer another question, of whom only three work elsewhere.
    other = open_round(cast, "other", slug="change")
    for place, who in enumerate(people):
        gives(who, other, {"able": 4} | ({"agreed": 1} if place < HERE + 3 else {}))

    counted(of, cast.louise)
    other = counted(other, cast.louise)

    with acting(cast.louise, OVER):
        found = set(Outcome.objects.values_list("round_id", "question", "step", "number"))
    assert found == {(of.pk, "shared", 2, 11), (other.pk, "able", 4, 11)}
    assert other.answers == 11


def test_the_remarks_stand_apart_in_no_order_for_whoever_opened_it_alone(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people, of, words="Merci")
    of = counted(of, cast.louise)

    with acting(cast.louise, OVER):
        found = queries.remarks(of, actor=cast.louise)

    assert {code: sorted(words) for code, words in found.items()} == {
        "shared": sorted(f"Merci {place}" for place in range(11))
    }
    others = (cast.ines, cast.karim, another(cast), people[0], cast.roy)
    assert [seen(Remark, who, OVER) for who in others] == [0] * 5
    assert [seen(Outcome, who, OVER) for who in others] == [0] * 5


def test_nothing_in_the_journal_says_that_an_answer_was_given(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)

    def events() -> int:
        with acting(people[0]):
            return Event.objects.filter(actor_id=people[0].user_id).count()

    before = events()
    gives(people[0], of, {"shared": 1}, {"shared": "Merci"})

    assert events() == before


def test_an_answer_has_no_author_no_moment_no_organisation_and_no_order() -> None:
    columns = {
        model: {field.column for field in model._meta.concrete_fields}
        for model in (Sheet, Given, Remark)
    }

    assert columns == {
        Sheet: {"id", "round_id", "said"},
        Given: {"id", "round_id"},
        Remark: {"id", "round_id", "question", "words"},
    }


def test_each_answers_once_from_two_pages_and_from_two_organisations(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    first = people[0]
    elsewhere = replace(first, organisation_id=cast.elsewhere.pk)

    assert [gives(who, of) for who in (first, first, elsewhere)] == [True, False, False]
    all_give(people[1:], of)
    assert counted(of, cast.louise).answers == 11


def test_who_opened_it_does_not_answer_nor_does_whoever_is_not_asked(cast: Cast) -> None:
    of = open_round(cast, of=(cast.la_maison, cast.elsewhere))
    louise_works_too = replace(
        cast.louise,
        organisation_id=cast.la_maison.pk,
        roles=cast.louise.roles | {"youth_worker"},
    )

    for who, why in (
        (cast.louise, "other organisations"),
        (louise_works_too, "You opened this round"),
        (cast.roy, "other organisations"),
        (cast.nadia, "other people than you"),
    ):
        with pytest.raises(NotAllowed, match=why):
            gives(who, of)
    with pytest.raises(NotAllowed, match="over"):
        gives(cast.ines, of, at=OVER)


def test_the_database_itself_takes_no_answer_of_whom_it_does_not_ask(cast: Cast) -> None:
    of = open_round(cast, of=(cast.la_maison, cast.elsewhere))
    rows = (Sheet(id=uuid4(), round_id=of.pk, said=b"x"), Given(id=uuid4(), round_id=of.pk))
    for row in rows:
        for who, at in ((cast.roy, MONDAY), (cast.louise, MONDAY), (VISITOR, MONDAY),
                        (cast.ines, OVER), (cast.nadia, MONDAY)):  # fmt: skip
            with acting(who, at), pytest.raises(ProgrammingError), transaction.atomic():
                type(row)._base_manager.bulk_create([row])  # type: ignore[attr-defined]


def test_what_all_said_is_read_by_all_at_once_and_the_rest_is_destroyed(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people, of, words="Merci")
    of = counted(of, cast.louise)
    heard = [
        Heard("shared", "Les proches comptent.", "Those close count.", is_of_few=False),
        Heard("shared", "Pas toujours.", "", is_of_few=True),
    ]
    settled(of, cast.louise, heard)
    settled(of, cast.louise, [Heard("shared", "Deux fois.", "", is_of_few=False)])

    assert the_night_comes() == [of.pk]
    assert the_night_comes() == []
    assert [seen(Outcome, who, OVER) for who in (cast.ines, cast.roy, people[0])] == [5] * 3
    assert [seen(Outcome, who, OVER) for who in (cast.nadia, VISITOR)] == [0, 0]
    with acting(cast.ines, OVER):
        told = [(one.words, one.is_of_few) for one in Position.objects.order_by("place")]
    assert told == [("Those close count.", False), ("Pas toujours.", True)]
    assert seen(Remark, cast.louise, OVER) == 0
    with acting(cast.louise, OVER), pytest.raises(NotAllowed, match="was counted"):
        actions.make_longer(of, ends_at=OVER, by=cast.louise, at=OVER)


def test_the_same_is_asked_again_of_the_same_people_once_a_year_and_compared(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people, of)
    settled(of, cast.louise)
    with pytest.raises(NotAllowed, match="less than a year ago"):
        open_round(cast, "too soon", of=(cast.la_maison, cast.foundation), at=OVER)
    later = MONDAY + timedelta(days=365)
    again = open_round(cast, "again", at=later)
    all_give(people, again, at=later)
    again = settled(again, cast.louise)

    with acting(cast.ines, again.ends_at):
        found = queries.rounds(actor=cast.ines)
        before = queries.same_before(again, found)
        [shared, *others] = queries.spreads(again, before, actor=cast.ines)
    assert before == of
    assert (shared.numbers, shared.before) == ((3, 2, 2, 2, 2), (3, 2, 2, 2, 2))
    assert [(one.numbers, one.before) for one in others] == [(None, None)] * 2


def test_when_the_organisations_change_what_was_said_before_is_put_away(
    cast: Cast, people: list[Actor]
) -> None:
    """Else one whole, taken from the other, would tell what the new one said."""
    of = open_round(cast, of=(cast.la_maison, cast.elsewhere))
    all_give(people, of)
    settled(of, cast.louise)
    later = MONDAY + timedelta(days=400)
    again = open_round(cast, "again", at=later)
    all_give([*people, cast.roy], again, at=later)
    assert seen(Outcome, cast.ines, later) == 5
    again = settled(again, cast.louise)

    with acting(cast.ines, again.ends_at):
        rounds = [one.pk for one in queries.rounds(actor=cast.ines) if one.is_said]
        figures = set(Outcome.objects.values_list("round_id", flat=True))
    assert rounds == [again.pk]
    assert figures == {again.pk}


def test_a_round_of_few_is_made_longer_or_ends_unread_by_another_too(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give(people[:4], of)
    later = OVER + timedelta(days=7)
    with acting(cast.louise, OVER):
        actions.make_longer(of, ends_at=later, by=cast.louise, at=OVER)
    with acting(cast.ines, OVER):
        of = ReflectionRound.objects.select_related("asks").get(pk=of.pk)
        assert queries.to_answer([of], actor=cast.ines, at=OVER) == [of]

    with acting(another(cast), later):
        actions.settle(of, [Heard("shared", "x", "", is_of_few=False)], by=another(cast), at=later)
        stands = ReflectionRound.objects.get(pk=of.pk)
    assert (stands.settled_by, stands.answers) == (another(cast).user_id, None)
    assert seen(Position, cast.louise, later) == 0
    assert the_night_comes(later) == [of.pk]
    # What ended unread told nothing: it may be asked again at once.
    open_round(cast, "anew", at=later)


def test_another_neither_counts_it_nor_tells_it(cast: Cast, people: list[Actor]) -> None:
    of = open_round(cast)
    all_give(people, of)
    other = another(cast)
    with acting(other, OVER), pytest.raises(NotAllowed, match="Only whoever opened"):
        actions.count(of, by=other, at=OVER)
    of = counted(of, cast.louise)
    with acting(other, OVER), pytest.raises(NotAllowed, match="Only whoever opened"):
        actions.settle(of, [], by=other, at=OVER)


def test_one_organisation_is_never_asked_alone_and_workers_open_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="at least two"):
        open_round(cast, of=(cast.la_maison,))
    for who in (cast.ines, cast.karim, cast.nadia, cast.roy):
        with pytest.raises(NotAllowed, match="opens rounds"):
            open_round(cast, by=who)


def test_opened_twice_from_one_page_it_is_one(cast: Cast) -> None:
    first, second = open_round(cast), open_round(cast)

    assert first == second
    with acting(cast.louise):
        told = Event.objects.filter(action="round.opened").values_list("record_ids", flat=True)
        assert list(told) == [[uuid_of("round")]]


def test_a_part_of_a_partner_answers_with_it(cast: Cast, people: list[Actor]) -> None:
    from spheres.accounts.models import Organisation
    from tests.cast import LOADER, add_organisation

    with acting(LOADER):
        unit = add_organisation("unite", "unit")
        Organisation.objects.filter(pk=unit.pk).update(
            parent_id=cast.elsewhere.pk, is_partner=False
        )
    of = open_round(cast)
    # Five elsewhere: four there, and one of a part of it.
    all_give([*people[:-1], *workers(unit, 1)], of)

    assert counted(of, cast.louise).answers == 11
