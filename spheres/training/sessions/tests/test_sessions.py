"""Who plans, who comes, who has the last place, who reads which name, what follows from a list?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core.actor import VISITOR, Actor, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.records.between import trained
from spheres.records.between.trained import TookPart
from spheres.regions import queries as regions
from spheres.training.sessions import actions, documents, queries, rooms, standing
from spheres.training.sessions.actions import FromOutside
from spheres.training.sessions.models import CostLine, Enrolment, Outsider, TrainingSession
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    LEA,
    SESSION,
    SHORTLY_BEFORE,
    STARTS,
    enrols,
    enrols_from_outside,
    leaves,
    plan,
    row,
    stands,
    the_list,
)
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
EXPIRY = service("expiry")
A_MINUTE = timedelta(minutes=1)


def test_all_who_work_in_the_programme_see_a_session_and_enrol(cast: Cast, odile: Actor) -> None:
    enrols(cast.ines)
    enrols(cast.ines)  # pressed twice

    with acting(cast.roy):
        [one], [] = queries.of_a_year(actor=cast.roy, at=MONDAY)
        enrolled = Enrolment.objects.all()
        assert (one.topic.slug, one.trainers, one.taken, one.waiting, one.free) == (
            "stages", ["Odile"], 1, 0, 1,
        )  # fmt: skip
        assert list(enrolled) == []
    assert stands(cast.ines) == "ENROLLED"


def test_a_worker_plans_nothing_and_a_trainer_only_where_she_teaches(
    cast: Cast, odile: Actor
) -> None:
    with pytest.raises(NotAllowed):
        plan(cast.ines, cast.ines, name="hers")
    with pytest.raises(NotAllowed):
        plan(odile, cast.roy, name="another’s")

    plan(odile, odile, cast.roy, name="her own")

    assert row(odile, name="her own").trainer_ids == [odile.user_id, cast.roy.user_id]


def test_the_database_refuses_a_session_in_which_a_trainer_does_not_teach(
    cast: Cast, odile: Actor
) -> None:
    of = row(odile)
    of.pk, of.link, of.planned_by = uuid_of("forged"), "forged", odile.user_id
    of.trainer_ids = [cast.roy.user_id]
    with acting(odile), pytest.raises(ProgrammingError), transaction.atomic():
        TrainingSession.objects.bulk_create([of])


def test_whoever_comes_once_all_places_are_taken_waits_and_has_the_place_that_is_freed(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    enrols(cast.samir)
    enrols(cast.roy, MONDAY + A_MINUTE)
    enrols(cast.amrani, MONDAY + 2 * A_MINUTE)
    assert [stands(one) for one in (cast.ines, cast.samir, cast.roy, cast.amrani)] == [
        "ENROLLED", "ENROLLED", "WAITING", "WAITING",
    ]  # fmt: skip

    leaves(cast.ines, MONDAY + 3 * A_MINUTE)

    assert [stands(one) for one in (cast.ines, cast.samir, cast.roy, cast.amrani)] == [
        "LEFT", "ENROLLED", "ENROLLED", "WAITING",
    ]  # fmt: skip
    with acting(cast.roy, MONDAY + 4 * A_MINUTE):
        [line] = standing.soon(actor=cast.roy)
    assert "place was freed" in line.sentence or "place s’est libérée" in line.sentence


def test_whoever_left_and_comes_back_waits_after_those_who_wait(cast: Cast, odile: Actor) -> None:
    for number, who in enumerate((cast.ines, cast.samir, cast.roy)):
        enrols(who, MONDAY + number * A_MINUTE)
    leaves(cast.ines, MONDAY + 4 * A_MINUTE)
    enrols(cast.ines, MONDAY + 5 * A_MINUTE)

    assert (stands(cast.roy), stands(cast.ines)) == ("ENROLLED", "WAITING")


def test_one_person_of_two_organisations_is_on_the_list_once(cast: Cast, odile: Actor) -> None:
    with acting(LOADER):
        also = add_person("Inès elsewhere", cast.elsewhere, Role.YOUTH_WORKER)
    elsewhere = Actor(cast.ines.user_id, cast.elsewhere.pk, also.roles)

    enrols(cast.ines)
    enrols(elsewhere)

    assert the_list(cast.louise) == [("Inès", "La Maison", "ENROLLED")]


def test_a_manager_enrols_their_own_people_and_sees_them_alone(cast: Cast, odile: Actor) -> None:
    enrols(cast.samir)
    of = row(cast.karim)
    with acting(cast.karim):
        people = [cast.ines.user_id, cast.yanick.user_id]
        actions.enrol_team(of, people, by=cast.karim, at=MONDAY)
        with pytest.raises(WrongState):
            actions.enrol_team(of, [cast.roy.user_id], by=cast.karim, at=MONDAY)
        found = queries.session(SESSION, actor=cast.karim)
        assert found is not None
        there = [one[1:] for one in queries.team(found, actor=cast.karim, at=MONDAY) if one[2]]
        seen = set(Enrolment.objects.values_list("user_id", flat=True))

    assert [name for name, _stands in there] == ["Inès", "Yanick"]
    assert seen == {cast.ines.user_id, cast.yanick.user_id}
    assert (stands(cast.ines), stands(cast.yanick)) == ("ENROLLED", "WAITING")
    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.enrol_team(of, people, by=cast.ines, at=MONDAY)


def test_somebody_from_outside_is_there_once_however_they_write_their_address(
    cast: Cast, odile: Actor
) -> None:
    first = enrols_from_outside()
    again = enrols_from_outside(
        FromOutside("L. Fortin", "É", "school", "fr", " Lea.FORTIN@Example.org")
    )
    phone = enrols_from_outside(FromOutside("Ali", "CLSC", "health", "fr", "514 555-0199"))
    same = enrols_from_outside(FromOutside("Ali", "CLSC", "health", "en", "+1 (514) 555-0199"))

    assert (first.pk, phone.pk) == (again.pk, same.pk)
    assert the_list(odile) == [
        ("Ali", "CLSC", "ENROLLED"), ("Léa Fortin", "École des Rives", "ENROLLED"),
    ]  # fmt: skip


def test_names_are_for_whoever_coordinates_and_teaches_there_and_for_nobody_else(
    cast: Cast, odile: Actor
) -> None:
    enrols_from_outside()
    with acting(LOADER):
        another = add_person("Gaëlle", cast.elsewhere, Role.TRAINER)
        coordinator = add_person("Bruno", cast.elsewhere, Role.COORDINATOR)

    assert len(the_list(cast.louise)) == len(the_list(odile)) == 1
    for who in (cast.ines, cast.karim, cast.roy, cast.nadia, another, coordinator, VISITOR):
        with acting(who):
            assert list(Outsider.objects.all()) == []
            assert list(Enrolment.objects.all()) == []


def test_nobody_gives_a_place_or_writes_on_the_list_by_themselves(cast: Cast, odile: Actor) -> None:
    enrols(cast.ines)
    for who in (cast.ines, odile, cast.louise, cast.karim):
        with acting(who), transaction.atomic():
            try:
                changed = Enrolment.objects.update(seat=1)
            except ProgrammingError:
                changed = 0
        assert changed == 0
    mine = Enrolment(
        id=uuid_of("mine"), session_id=SESSION, user_id=cast.roy.user_id, language="fr", seat=2,
        organisation_id=cast.roy.organisation_id, status="ENROLLED", asked_at=MONDAY,
        asked_by=cast.roy.user_id, status_by=cast.roy.user_id, status_at=MONDAY,
    )  # fmt: skip
    with acting(cast.roy), pytest.raises(ProgrammingError), transaction.atomic():
        Enrolment.objects.bulk_create([mine])


def test_a_session_that_is_called_off_stays_and_all_on_its_list_read_it(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    of = row(odile)
    at = STARTS - timedelta(hours=9)  # at night
    with acting(odile, at):
        actions.cancel(of, by=odile, at=at)
        actions.cancel(row_again := TrainingSession.objects.get(pk=SESSION), by=odile, at=at)
        found = queries.session(SESSION, actor=odile)
        assert found is not None
        words = documents.letter(found)

    assert row_again.is_off
    with acting(cast.ines, at):
        [line] = standing.soon(actor=cast.ines)
    assert line.url == f"/training/sessions/{SESSION}/"
    assert "Stades de changement" in words or "Stages of change" in words
    with pytest.raises(NotAllowed):
        enrols(cast.samir, at)
    with pytest.raises(WrongState):
        enrols_from_outside(at=at)


def test_somebody_else_teaches_in_one_step_and_who_did_reads_the_list_no_more(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    of = row(odile)
    with acting(odile):
        actions.reassign(of, [cast.roy.user_id], by=odile, at=MONDAY)

    assert row(cast.ines).trainer_ids == [cast.roy.user_id]
    assert [name for name, *_rest in the_list(cast.roy)] == ["Inès"]
    with acting(odile):
        assert list(Enrolment.objects.all()) == []
        again = TrainingSession.objects.get(pk=SESSION)
        with pytest.raises(NotAllowed):
            actions.reassign(again, [odile.user_id], by=odile, at=MONDAY)


def test_the_code_of_the_room_counts_around_the_session_for_those_on_the_list(
    cast: Cast, odile: Actor
) -> None:
    enrols_from_outside()
    of = row(odile)
    code = rooms.code_of(SESSION)

    assert (len(code), rooms.is_code(of, f"{code[:3]} {code[3:]}"), rooms.is_code(of, "")) == (
        6, True, False,
    )  # fmt: skip
    with acting(VISITOR, MONDAY):
        assert actions.come_from_outside(SESSION, LEA.reach, by=VISITOR, at=MONDAY)
    assert the_list(odile)[0][2] == "ENROLLED"  # too early: nothing is noted
    with acting(VISITOR, SHORTLY_BEFORE):
        assert actions.come_from_outside(SESSION, LEA.reach, by=VISITOR, at=SHORTLY_BEFORE)
        assert not actions.come_from_outside(SESSION, "x@y.org", by=VISITOR, at=SHORTLY_BEFORE)
    assert the_list(odile)[0][2] == "CAME"


def test_closing_the_list_tells_at_once_of_all_who_came_and_of_nobody_else(
    cast: Cast, odile: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[TookPart, ...]] = []
    monkeypatch.setattr(trained, "_following", [lambda those, *, by, at: told.append(tuple(those))])
    enrols(cast.ines)
    enrols(cast.samir)
    lea = enrols_from_outside().pk
    of = row(odile)
    walked_in = FromOutside("Ali", "CLSC", "health", "en")
    with acting(odile, SHORTLY_BEFORE):
        actions.add_in_the_room(uuid_of("form"), of, walked_in, by=odile, at=SHORTLY_BEFORE)
        came = {queries.of_user(SESSION, cast.ines.user_id), lea, uuid_of("form")}
        actions.note_who_came(of, came, by=odile, at=SHORTLY_BEFORE)
        with pytest.raises(NotAllowed):
            actions.close(of, by=odile, at=SHORTLY_BEFORE)
    with acting(odile, AFTERWARDS):
        actions.close(of, by=odile, at=AFTERWARDS)
        actions.close(TrainingSession.objects.get(pk=SESSION), by=odile, at=AFTERWARDS)

    [those] = told
    assert [(one.name, one.user_id, one.organisation, one.environment) for one in those] == [
        ("Ali", None, "CLSC", "health"),
        ("Inès", cast.ines.user_id, "", ""),
        ("Léa Fortin", None, "École des Rives", "school"),
    ]
    assert {(one.session_id, one.topic, one.on) for one in those} == {
        (SESSION, "stages", STARTS.date())
    }
    with acting(cast.samir, AFTERWARDS), pytest.raises(WrongState):
        actions.come(row(cast.samir, AFTERWARDS), by=cast.samir, at=AFTERWARDS)


def test_whoever_was_ticked_by_mistake_is_back_where_they_were(cast: Cast, odile: Actor) -> None:
    enrols(cast.ines)
    of = row(odile)
    mine = queries.of_user(SESSION, cast.ines.user_id)
    for came in ({mine}, set()):
        with acting(odile, SHORTLY_BEFORE):
            actions.note_who_came(of, came, by=odile, at=SHORTLY_BEFORE)

    assert stands(cast.ines) == "ENROLLED"


def test_the_coordination_alone_reads_what_a_session_costs(cast: Cast, odile: Actor) -> None:
    of = row(cast.louise)
    with acting(cast.louise):
        said = {"ROOM": 12_000, "MEALS": 8_550}
        actions.say_costs(uuid_of("costs"), of, said, by=cast.louise, at=MONDAY)
        assert queries.costs(SESSION, actor=cast.louise) == said
    with acting(odile):
        assert list(CostLine.objects.all()) == []
        with pytest.raises(NotAllowed):
            actions.say_costs(uuid_of("hers"), of, {"ROOM": 1}, by=odile, at=MONDAY)


def test_a_year_after_it_the_name_from_outside_is_erased_and_what_is_counted_stays(
    cast: Cast, odile: Actor
) -> None:
    who = enrols_from_outside().pk
    for at, left in ((AFTERWARDS + timedelta(days=360), 1), (AFTERWARDS + timedelta(days=370), 0)):
        with acting(EXPIRY, at):
            before = regions.term(Outsider.KEEP, at)
            actions.expire(who, before=before, by=EXPIRY, at=at)
        with acting(cast.louise, at):
            assert Outsider.objects.count() == left
    with acting(cast.louise):
        assert Enrolment.objects.filter(environment="school").count() == 1
    assert the_list(cast.louise) == []
