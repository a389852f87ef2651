"""What follows when a session is given another day, another place, or more places?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.training.sessions import actions, documents, inviting, queries, standing
from spheres.training.sessions.actions import Moved
from spheres.training.sessions.models import TrainingSession
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    ENDS,
    SESSION,
    STARTS,
    enrols,
    plan,
    row,
    stands,
)
from spheres.training.sessions.tests.test_session_pages import HERE, sealed, text_of
from spheres.ui import moments
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated, visitor

pytestmark = pytest.mark.django_db
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
LATER = MONDAY + timedelta(hours=1)
AT_NIGHT = STARTS - timedelta(hours=9)
STOOD = Moved(STARTS, ENDS, "IN_PERSON", "Salle 4", 2)
NEXT_DAY = replace(STOOD, starts_at=STARTS + A_DAY, ends_at=ENDS + A_DAY)


def moves(by: Actor, to: Moved, at: datetime = LATER) -> None:
    of = row(by, at)
    with acting(by, at):
        actions.change(of, to, by=by, at=at)


def told(who: Actor, at: datetime = LATER) -> list[str]:
    with acting(who, at):
        return [one.sentence for one in standing.soon(actor=who)]


def test_everybody_on_the_list_is_told_of_another_day_and_the_calendar_follows(
    cast: Cast, odile: Actor
) -> None:
    for number, who in enumerate((cast.ines, cast.samir, cast.roy)):
        enrols(who, MONDAY + number * A_MINUTE)

    moves(odile, NEXT_DAY)
    moves(odile, NEXT_DAY)  # pressed twice

    moved = row(cast.ines)
    assert (moved.starts_at, moved.times_moved, moved.moved_by) == (
        STARTS + A_DAY, 1, odile.user_id,
    )  # fmt: skip
    assert [stands(one) for one in (cast.ines, cast.samir, cast.roy)] == [
        "ENROLLED", "ENROLLED", "WAITING",
    ]  # fmt: skip
    for who in (cast.ines, cast.samir, cast.roy):
        [sentence] = told(who)
        assert "le jour ou le lieu a changé" in sentence
    assert (told(odile), told(cast.karim)) == ([], [])
    body = inviting.invitation(moved, at=LATER).decode()
    assert ("SEQUENCE:1" in body, "STATUS:CONFIRMED" in body) == (True, True)
    with acting(odile, LATER):
        found = queries.session(SESSION, actor=odile)
        assert found is not None
        assert "Votre place est gardée" in documents.letter(found)


def test_a_moved_session_that_is_then_called_off_takes_itself_out_of_calendars(
    cast: Cast, odile: Actor
) -> None:
    before = inviting.invitation(row(odile), at=MONDAY).decode()
    moves(odile, NEXT_DAY)
    with acting(odile, LATER):
        actions.cancel(TrainingSession.objects.get(pk=SESSION), by=odile, at=LATER)

    off = inviting.invitation(row(odile, LATER), at=LATER).decode()

    assert ("SEQUENCE:0" in before, "SEQUENCE:2" in off, "STATUS:CANCELLED" in off) == (
        True, True, True,
    )  # fmt: skip


def test_those_who_wait_have_the_places_that_are_added_in_their_order(
    cast: Cast, odile: Actor
) -> None:
    people = (cast.ines, cast.samir, cast.roy, cast.amrani, cast.karim)
    for number, who in enumerate(people):
        enrols(who, MONDAY + number * A_MINUTE)

    moves(odile, replace(STOOD, places=4))

    assert [stands(one) for one in people] == [*["ENROLLED"] * 4, "WAITING"]
    assert (row(odile).times_moved, row(odile).moved_at) == (0, None)  # nothing else changed
    [sentence] = told(cast.roy)
    assert "Une place s’est libérée" in sentence


def test_places_are_never_fewer_than_were_given_and_a_freed_number_gives_no_place_too_many(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    enrols(cast.samir, MONDAY + A_MINUTE)
    with pytest.raises(WrongState):
        moves(odile, replace(STOOD, places=1))
    of = row(cast.ines, MONDAY + 2 * A_MINUTE)
    with acting(cast.ines, MONDAY + 2 * A_MINUTE):
        actions.leave(of, by=cast.ines, at=MONDAY + 2 * A_MINUTE)

    moves(odile, replace(STOOD, places=1))  # Samir has the second number
    enrols(cast.roy, LATER + A_MINUTE)

    assert [stands(one) for one in (cast.samir, cast.roy)] == ["ENROLLED", "WAITING"]


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 3, 7), -5), (date(2026, 3, 8), -4)])
def test_moved_across_the_clock_change_it_begins_at_the_hour_that_is_said(
    cast: Cast, odile: Actor, day: date, offset: int
) -> None:
    starts, ends = moments.moment_of(day, time(9)), moments.moment_of(day, time(12))

    moves(odile, replace(STOOD, starts_at=starts, ends_at=ends))

    assert row(odile).starts_at == datetime(2026, 3, day.day, 9 - offset, tzinfo=UTC)
    assert f"DTSTART:202603{day.day:02}T{9 - offset:02}0000Z" in inviting.invitation(
        row(odile), at=LATER
    ).decode().replace("\r\n", "\n")


def test_a_session_that_began_is_off_or_is_somebody_else_s_is_not_moved(
    cast: Cast, odile: Actor
) -> None:
    with acting(LOADER):
        another = add_person("Gaëlle", cast.elsewhere, Role.TRAINER)
    for who in (cast.ines, cast.karim, another):
        with pytest.raises(NotAllowed):
            moves(who, NEXT_DAY)
        with acting(who, LATER), transaction.atomic():
            try:
                changed = TrainingSession.objects.filter(pk=SESSION).update(places=9)
            except ProgrammingError:
                changed = 0
        assert changed == 0
    with pytest.raises(NotAllowed):
        moves(odile, NEXT_DAY, STARTS + A_MINUTE)
    with acting(odile, LATER):
        actions.cancel(TrainingSession.objects.get(pk=SESSION), by=odile, at=LATER)
    with pytest.raises(NotAllowed):
        moves(odile, NEXT_DAY)


def test_a_trainer_who_cancels_at_night_tells_the_list_whoever_teaches_along_and_the_coordination(
    cast: Cast, odile: Actor
) -> None:
    plan(cast.louise, odile, cast.roy, name="with Roy", starts_at=STARTS + A_DAY,
         ends_at=ENDS + A_DAY)  # fmt: skip
    of = row(odile, name="with Roy")
    with acting(cast.ines, MONDAY):
        actions.enrol(of, by=cast.ines, at=MONDAY)
    with acting(odile, AT_NIGHT):
        actions.cancel(of, by=odile, at=AT_NIGHT)

    morning = AT_NIGHT + timedelta(hours=8)

    for who in (cast.ines, cast.roy):
        assert any("n’a plus lieu" in one for one in told(who, morning))
    [at_desk] = told(cast.louise, morning)
    assert "elle a été annulée" in at_desk
    assert told(cast.karim, morning) == []


def test_to_a_trainer_who_cannot_come_who_teaches_along_and_another_day_are_offered(
    cast: Cast, odile: Actor
) -> None:
    of = row(odile)
    with acting(odile, MONDAY):
        both = [odile.user_id, cast.roy.user_id]
        actions.reassign(of, both, by=odile, at=MONDAY)
    with clock.at(AT_NIGHT), untranslated() as missing:
        client = signed_in(odile, at=AT_NIGHT)
        page = client.get(HERE).content.decode()
        teachers = client.get(f"{HERE}teachers/").content.decode()
        client.post(f"{HERE}cancel/")
        off = client.get(HERE).content.decode()
        again = client.get(f"/training/sessions/new/?topic={uuid_of('stages')}&held_on=nonsense")

    assert [f"{HERE}{way}/" in page for way in ("teachers", "move", "cancel")] == [True] * 3
    assert f'value="{cast.roy.user_id}" selected' in teachers
    assert f"/training/sessions/new/?topic={uuid_of('stages')}" in off
    assert f'value="{uuid_of("stages")}" selected' in again.content.decode()
    assert missing == set()


def test_whoever_teaches_along_closes_the_list_whatever_their_role(
    cast: Cast, odile: Actor
) -> None:
    of = row(odile)
    with acting(odile, MONDAY):
        both = [odile.user_id, cast.ines.user_id]
        actions.reassign(of, both, by=odile, at=MONDAY)
    enrols(cast.samir)
    with acting(cast.ines, AFTERWARDS):
        of = TrainingSession.objects.get(pk=SESSION)
        came = {queries.of_user(SESSION, cast.samir.user_id)}
        actions.note_who_came(of, came, by=cast.ines, at=AFTERWARDS)
        actions.close(of, by=cast.ines, at=AFTERWARDS)

    assert row(odile, AFTERWARDS).closed_by == cast.ines.user_id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_moves_a_session_says_what_is_wrong_and_outsiders_read_the_new_day(
    cast: Cast, odile: Actor, language: str
) -> None:
    enrols(cast.ines)
    enrols(cast.samir, MONDAY + A_MINUTE)
    link = f"/t/{row(odile).link}/"
    with clock.at(LATER), untranslated() as missing:
        client = signed_in(odile, at=LATER, language=language)
        page = client.get(f"{HERE}move/")
        said = {
            "form_id": sealed(page), "held_on": "2026-03-10", "starts": "10:00", "ends": "11:00",
            "mode": "ONLINE", "where": "https://salle.example.org", "places": "2",
        }  # fmt: skip
        for wrong in (
            {"places": "1"}, {"ends": "9:00"}, {"held_on": "2026-03-01"}, {"held_on": ""},
            {"held_on": "2026-03-08", "starts": "2:30", "ends": "4:00"},
        ):  # fmt: skip
            assert client.post(f"{HERE}move/", said | wrong).status_code == 422, wrong
        assert client.post(f"{HERE}move/", said).status_code == 302
        shown = text_of(client.get(HERE))
        refused = signed_in(cast.ines, at=LATER).get(f"{HERE}move/").status_code
        outside = text_of(visitor(settings.YOUTH_HOST).get(link))

    assert ("10:00" in shown or "10 h 00" in shown.replace("\u00a0", " "), refused) == (True, 403)
    assert "10 mars 2026" in outside or "March 10, 2026" in outside
    assert "salle.example.org" not in outside
    assert missing == set()
