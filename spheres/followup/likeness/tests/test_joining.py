"""What she says of two referrals: one person, or two; no row moves, and no referrer learns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.likeness import actions, queries
from spheres.followup.likeness.forms import AnswerForm
from spheres.followup.likeness.queries import Asked
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.models import Joined
from tests.alike import SHELTER, around, assign, notes_in, reads, receipts, refer, take_on
from tests.alike import people as people_of
from tests.cast import MONDAY, Cast, acting, sign_note
from tests.pages import learn_french, signed_in

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
THURSDAY = MONDAY + timedelta(days=3)
FILE = 14  # statements of the page of one file


@pytest.fixture(autouse=True)
def _in_french() -> None:
    learn_french()


@pytest.fixture
def kim(cast: Cast) -> UUID:
    """Referred by a nurse, followed by Inès."""
    return take_on(cast, refer(cast, "Kim"), cast.ines, admitted=True)


@pytest.fixture
def kimberly(cast: Cast, kim: UUID) -> UUID:
    """Referred by a shelter two days later, taken on by Inès."""
    file_id = refer(cast, "Kimberly", at=WEDNESDAY, **SHELTER)
    return take_on(cast, file_id, cast.ines, at=WEDNESDAY)


def asked(actor: Actor) -> set[frozenset[UUID]]:
    with acting(actor, THURSDAY):
        mine = Assignment.objects.filter(user_id=actor.user_id).values_list("file_id", flat=True)
        found = [one for file_id in list(mine) for one in queries.to_ask(file_id, actor=actor)]
    return {frozenset((one.file_id, one.other_id)) for one in found}


def people(actor: Actor) -> list[str]:
    return people_of(actor, at=THURSDAY)


def read(actor: Actor, file_id: UUID) -> bool:
    return reads(actor, file_id, at=THURSDAY)


def do(verb: Callable[..., object], one: UUID, other: UUID, by: Actor, at=THURSDAY) -> object:
    with acting(by, at):
        return verb(one, other, by=by, at=at)


def get(actor: Actor, path: str) -> str:
    client = signed_in(actor, at=THURSDAY)
    with clock.at(THURSDAY):
        return client.get(path).content.decode()


def answer(actor: Actor, one: UUID, other: UUID, said: str) -> tuple[int, str]:
    client = signed_in(actor, at=THURSDAY)
    form = {"form_id": AnswerForm().signed_id, "answer": said}
    with clock.at(THURSDAY):
        page = client.post(f"/files/{one}/alike/{other}/", form)
    return page.status_code, page.headers.get("Location", "")


def test_whoever_accompanies_her_by_both_is_asked_to_ask_her(cast: Cast, kim, kimberly) -> None:
    with acting(cast.ines, THURSDAY):
        found = queries.to_ask(kimberly, actor=cast.ines)

    assert found == [Asked(kimberly, kim, "name")]
    assert asked(cast.ines) == {frozenset((kim, kimberly))}
    for page in (f"/files/{kim}/", f"/files/{kimberly}/"):
        assert "Deux références semblent parler de la même personne" in get(cast.ines, page)


def test_whoever_has_one_of_the_two_learns_nothing_of_the_other(cast: Cast, kim) -> None:
    take_on(cast, refer(cast, "Kimberly", at=WEDNESDAY), cast.samir, at=WEDNESDAY)

    assert asked(cast.ines) == asked(cast.samir) == set()
    assert "même personne" not in get(cast.ines, f"/files/{kim}/")


def test_a_colleague_who_has_only_one_of_them_is_not_asked(cast: Cast, kim) -> None:
    take_on(cast, refer(cast, "Kimberly", at=WEDNESDAY), cast.yanick, at=WEDNESDAY)

    assert asked(cast.ines) == asked(cast.yanick) == set()


def test_both_are_her_and_the_followed_file_goes_on_though_the_other_is_asked_first(
    cast: Cast, kim, kimberly
) -> None:
    kept = do(actions.join, kimberly, kim, cast.ines)

    assert kept == kim
    assert asked(cast.ines) == set()
    assert people(cast.ines) == ["Kim", "Maya"]
    found = [around(cast.ines, file_id, at=THURSDAY) for file_id in (kim, kimberly)]
    assert found == [queries.Around([], [kimberly], None), queries.Around([], [], kim)]


def test_of_two_without_a_follow_up_the_older_file_goes_on(cast: Cast) -> None:
    older = refer(cast, "Zora B", at=WEDNESDAY)
    newer = refer(cast, "Zora")
    take_on(cast, older, cast.ines, at=MONDAY + timedelta(hours=50))
    take_on(cast, newer, cast.ines, at=THURSDAY)

    assert do(actions.join, newer, older, cast.ines) == older


def test_joined_a_colleague_who_accompanies_her_by_the_kept_file_reads_the_other(
    cast: Cast, kim, kimberly
) -> None:
    assign(kim, cast.yanick, by=cast.ines, at=WEDNESDAY)
    before = read(cast.yanick, kimberly)
    do(actions.join, kim, kimberly, cast.ines)

    assert (before, read(cast.yanick, kimberly)) == (False, True)
    assert people(cast.yanick) == ["Kim"]


def test_the_stricter_side_is_kept_for_whoever_declared_a_conflict_on_one(
    cast: Cast, kim, kimberly
) -> None:
    assign(kim, cast.yanick, by=cast.ines, at=WEDNESDAY)
    with acting(cast.yanick, WEDNESDAY):
        sharing.declare_conflict(kimberly, by=cast.yanick, at=WEDNESDAY)
    before = read(cast.yanick, kim)
    do(actions.join, kim, kimberly, cast.ines)

    assert before
    assert (read(cast.yanick, kim), read(cast.yanick, kimberly)) == (False, False)


def test_parted_in_one_step_each_stands_alone_and_they_are_never_joined_again(
    cast: Cast, kim, kimberly
) -> None:
    assign(kim, cast.yanick, by=cast.ines, at=WEDNESDAY)
    do(actions.join, kim, kimberly, cast.ines)
    for _twice in range(2):
        do(actions.part, kimberly, kim, cast.ines)

    assert read(cast.yanick, kimberly) is False
    assert people(cast.ines) == ["Kim", "Kimberly", "Maya"]
    assert asked(cast.ines) == set()
    with pytest.raises(WrongState, match="ce sont deux personnes"):
        do(actions.join, kim, kimberly, cast.ines)


def test_two_people_is_kept_and_never_asked_again(cast: Cast, kim, kimberly) -> None:
    for _twice in range(2):
        do(actions.tell_apart, kim, kimberly, cast.ines)

    assert asked(cast.ines) == set()
    assert people(cast.ines) == ["Kim", "Kimberly", "Maya"]
    assert "même personne" not in get(cast.ines, f"/files/{kim}/")
    with pytest.raises(WrongState, match="ce sont deux personnes"):
        do(actions.join, kim, kimberly, cast.ines)


def test_not_asked_yet_leaves_the_question(cast: Cast, kim, kimberly) -> None:
    assert answer(cast.ines, kim, kimberly, "not_asked") == (302, f"/files/{kim}/")
    assert asked(cast.ines) == {frozenset((kim, kimberly))}


def test_the_answer_sent_twice_is_one_link(cast: Cast, kim, kimberly) -> None:
    for _twice in range(2):
        assert answer(cast.ines, kimberly, kim, "both") == (302, f"/files/{kim}/")

    with acting(cast.ines, THURSDAY):
        assert Joined.objects.count() == 1


def test_an_empty_answer_says_what_is_missing(cast: Cast, kim, kimberly) -> None:
    assert answer(cast.ines, kim, kimberly, "")[0] == 422


def test_of_two_workers_who_answer_otherwise_the_second_is_told(cast: Cast, kim, kimberly) -> None:
    for file_id in (kim, kimberly):
        assign(file_id, cast.yanick, by=cast.ines, at=WEDNESDAY)
    do(actions.join, kim, kimberly, cast.ines)

    with pytest.raises(WrongState, match="vient de noter que les deux sont elle"):
        do(actions.tell_apart, kim, kimberly, cast.yanick)
    assert do(actions.join, kim, kimberly, cast.yanick) == kim


def test_when_one_file_was_closed_to_her_meanwhile_a_sentence_says_so(
    cast: Cast, kim, kimberly
) -> None:
    with acting(cast.ines, WEDNESDAY):
        Assignment.objects.filter(file_id=kimberly).update(ends_at=WEDNESDAY)

    with pytest.raises(WrongState, match="ne vous est plus ouvert"):
        do(actions.join, kim, kimberly, cast.ines)
    client = signed_in(cast.ines, at=THURSDAY)
    with clock.at(THURSDAY):
        page = client.post(
            f"/files/{kim}/alike/{kimberly}/",
            {"form_id": AnswerForm().signed_id, "answer": "both"},
        )
    assert page.status_code == 409
    assert "L’un des deux dossiers ne vous est plus ouvert" in page.content.decode()


def test_a_file_that_resembles_none_is_not_joined(cast: Cast, kim) -> None:
    with pytest.raises(WrongState, match="Plus rien ne dit"):
        do(actions.join, kim, cast.maya.file_id, cast.ines)


@pytest.mark.parametrize("verb", [actions.join, actions.tell_apart, actions.part])
def test_the_coordination_and_the_lead_decide_nothing(cast: Cast, kim, kimberly, verb) -> None:
    for actor in (cast.louise, cast.karim):
        with pytest.raises(NotAllowed):
            do(verb, kim, kimberly, actor)


def test_nobody_else_finds_the_pages(cast: Cast, kim, kimberly) -> None:
    for actor in (cast.samir, cast.yanick, cast.roy, cast.louise):
        assert answer(actor, kim, kimberly, "both")[0] == 404
        client = signed_in(actor, at=THURSDAY)
        with clock.at(THURSDAY):
            assert client.post(f"/files/{kim}/alike/{kimberly}/part/").status_code == 404


def test_what_was_begun_in_the_joined_file_is_finished_there(cast: Cast, kim, kimberly) -> None:
    do(actions.join, kim, kimberly, cast.ines)

    with acting(cast.ines, THURSDAY):
        sign_note(kimberly, "a note begun before", by=cast.ines, length="hour", observation="Vue.")
    assert notes_in(kimberly, cast.ines, at=THURSDAY) == 1


def test_each_file_says_where_the_other_is(cast: Cast, kim, kimberly) -> None:
    do(actions.join, kim, kimberly, cast.ines)

    kept, joined = get(cast.ines, f"/files/{kim}/"), get(cast.ines, f"/files/{kimberly}/")

    assert "Aussi reçu\u00a0: une autre référence" in kept
    assert f'href="/files/{kimberly}/"' in kept
    assert "On écrit maintenant dans l’autre dossier" in joined
    assert f'href="/files/{kim}/"' in joined


def test_neither_referrer_learns_anything_by_a_join_or_a_parting(cast: Cast, kim, kimberly) -> None:
    def told() -> list[str]:
        return receipts("Kim", "Kimberly", at=THURSDAY)

    before = told()
    do(actions.join, kim, kimberly, cast.ines)
    joined = told()
    do(actions.part, kim, kimberly, cast.ines)

    assert before == joined == told() == ["contact", "contact"]


def test_both_journals_tell_it(cast: Cast, kim, kimberly) -> None:
    do(actions.join, kim, kimberly, cast.ines)
    do(actions.part, kim, kimberly, cast.ines)

    with acting(cast.ines, THURSDAY):
        told = [
            [one.action for one in Event.objects.filter(chain_id=file_id).order_by("number")][-2:]
            for file_id in (kim, kimberly)
        ]
    assert told == [["likeness.joined", "likeness.parted"]] * 2


def test_of_three_alike_the_one_that_keeps_another_keeps_the_third(
    cast: Cast, kim, kimberly
) -> None:
    third = take_on(cast, refer(cast, "Kimmy", at=WEDNESDAY), cast.ines, at=WEDNESDAY)
    do(actions.join, kim, kimberly, cast.ines)

    assert asked(cast.ines) == {frozenset((kim, third))}
    assert do(actions.join, third, kim, cast.ines) == kim
    assert people(cast.ines) == ["Kim", "Maya"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_file_costs_the_same_with_one_likeness_and_three(cast: Cast, kim, size: int) -> None:
    for name in ("Kimberly", "Kimmy", "Kim B")[:size]:
        take_on(cast, refer(cast, name, at=WEDNESDAY), cast.ines, at=WEDNESDAY)
    client = signed_in(cast.ines, at=THURSDAY)

    with clock.at(THURSDAY):
        client.get(f"/files/{kim}/")
        with CaptureQueriesContext(connection) as statements:
            page = client.get(f"/files/{kim}/").content.decode()

    assert page.count("Deux références semblent parler") == size
    assert len(statements) == FILE
