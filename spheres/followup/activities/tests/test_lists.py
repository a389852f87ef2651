"""Who sees the list of a day, what does it leave behind, and when is it gone?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import service
from spheres.core.errors import NotAllowed
from spheres.followup.activities import actions, queries
from spheres.followup.activities.models import Attendance, Hold, Seat
from tests.cast import MONDAY, TUESDAY, Cast, Participant, acting, follow, uuid_of
from tests.pages import Page, signed_in

CLIMBING = uuid_of("climbing")
EXPIRY = service("expiry")
NIGHT = TUESDAY + timedelta(hours=18)  # the night after the outing of Tuesday

pytestmark = pytest.mark.django_db


def planned(cast: Cast) -> UUID:
    with acting(cast.ines):
        day = clock.day_of(TUESDAY)
        said = actions.Planned(CLIMBING, "sport_climbing", day, cents=4000)
        return actions.plan(said, by=cast.ines, at=MONDAY)


def put(cast: Cast, worker: Any, person: Participant, **codes: str) -> UUID:
    number = uuid_of(f"{person.name} comes")
    codes = {"food": "", "size": ""} | codes
    with acting(worker):
        actions.add(CLIMBING, number, person.file_id, by=worker, at=MONDAY, **codes)
    return number


def come(cast: Cast, worker: Any) -> None:
    with acting(worker):
        actions.come_along(CLIMBING, by=worker, at=MONDAY)


def three_come(cast: Cast) -> list[Participant]:
    """Two of Inès’s people, and one of Yanick’s, on one list."""
    planned(cast)
    come(cast, cast.yanick)
    rosalie = follow("Rosalie", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    kim = follow("Kim", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    put(cast, cast.ines, cast.maya, food="halal", size="small")
    put(cast, cast.ines, rosalie, food="halal")
    put(cast, cast.yanick, kim, size="large")
    return [cast.maya, rosalie, kim]


def listed(worker: Any, at: Any = MONDAY) -> tuple[list[str], int]:
    with acting(worker, at):
        found = queries.day_list(CLIMBING, actor=worker)
        return [one.name for one in found.known], found.others


def page(place: str) -> str:
    return reverse(f"shared_activities:{place}", args=[CLIMBING])


def test_each_worker_sees_the_names_she_may_read_and_counts_the_others(cast: Cast) -> None:
    three_come(cast)

    assert listed(cast.ines) == (["Maya", "Rosalie"], 1)
    assert listed(cast.yanick) == (["Kim"], 2)
    with clock.at(MONDAY):
        shown = signed_in(cast.yanick, language="en").get(page("list")).content.decode()
    assert "Kim" in shown
    assert "+2" in shown
    assert "Maya" not in shown


def test_whoever_does_not_come_along_sees_no_place_at_all(cast: Cast) -> None:
    three_come(cast)
    others = (cast.karim, cast.nadia, cast.louise, cast.samir, cast.roy, cast.amrani)

    assert [listed(actor) for actor in others] == [([], 0)] * 6
    with clock.at(MONDAY):
        answers = {
            actor.user_id: signed_in(actor).get(page("list")).status_code for actor in others
        }
    # At the same organisation the activity is known, its list is not; elsewhere, neither.
    assert [answers[actor.user_id] for actor in others] == [403, 403, 404, 404, 404, 404]


def test_nothing_joins_two_of_them(cast: Cast) -> None:
    """What stands in two files, and in their journals, has not one identifier in common."""
    maya, rosalie, _kim = three_come(cast)
    with acting(cast.ines):
        for person in (maya, rosalie):
            said = actions.Written(
                uuid_of(f"for {person.name}"), "sport_climbing", clock.day_of(MONDAY), MONDAY
            )
            actions.sign(person.file_id, said, by=cast.ines, at=MONDAY)
    kept: dict[str, set[Any]] = {}
    with acting(cast.ines):
        for person in (maya, rosalie):
            rows = [
                *Attendance.objects.filter(file_id=person.file_id).values(),
                *queries.of_file(person.file_id, actor=cast.ines).values(),
            ]
            told = Event.objects.filter(
                chain_id=person.file_id, action__in=["attendance.added", "participation.written"]
            )
            kept[person.name] = {
                value for row in rows for value in row.values() if isinstance(value, UUID)
            } | {number for event in told for number in event.record_ids}
    common = kept["Maya"] & kept["Rosalie"]
    assert len(kept["Maya"]) > 3
    assert common == {cast.ines.user_id}
    assert CLIMBING not in kept["Maya"] | kept["Rosalie"]


def test_put_twice_she_is_there_once_and_taken_off_nothing_is_left(cast: Cast) -> None:
    planned(cast)
    number = put(cast, cast.ines, cast.maya)
    put(cast, cast.ines, cast.maya)
    assert listed(cast.ines) == (["Maya"], 0)
    with acting(cast.ines):
        actions.take_off(CLIMBING, number, by=cast.ines, at=MONDAY)
        assert (Attendance.objects.count(), Seat.objects.count()) == (0, 0)


def test_the_supplier_gets_numbers_and_not_one_name(cast: Cast) -> None:
    three_come(cast)
    with clock.at(MONDAY):
        shown = signed_in(cast.yanick, language="en").get(page("numbers")).content.decode()

    assert "Number of persons: 3\nFood: Halal: 2\nSizes: Small: 1, Large: 1" in shown
    said = re.sub(r'="[^"]*"', "", shown)  # without tokens, which say anything
    assert not any(name in said for name in ("Maya", "Rosalie", "Kim"))


# Its end.


def forgotten(at: Any = NIGHT) -> None:
    with acting(EXPIRY, at):
        actions.forget_lists(at=at)


def left(cast: Cast, at: Any = NIGHT) -> int:
    """How many rows of her file still say that she has a place."""
    with acting(cast.ines, at):
        return Attendance.objects.filter(file_id=cast.maya.file_id).count()


def test_the_next_night_nothing_is_left(cast: Cast) -> None:
    three_come(cast)
    forgotten(TUESDAY)
    assert left(cast) == 1
    forgotten()
    assert left(cast) == 0
    with acting(cast.ines, MONDAY):
        assert Seat.objects.count() == 0


def test_after_its_day_the_list_is_refused_with_a_sentence(cast: Cast) -> None:
    three_come(cast)
    after = TUESDAY + timedelta(days=1)
    with clock.at(after):
        ines = signed_in(cast.ines, at=after)
        refused = [ines.get(page("list")), ines.post(page("add")), ines.get(page("numbers"))]

    assert [answer.status_code for answer in refused] == [403] * 3
    assert all("Le jour de cette liste est passé" in a.content.decode() for a in refused)
    assert listed(cast.ines, after) == ([], 0)
    with acting(cast.ines, after), pytest.raises(NotAllowed, match="passé"):
        actions.add(
            CLIMBING, uuid_of("too late"), cast.maya.file_id, food="", size="",
            by=cast.ines, at=after,
        )  # fmt: skip


def test_a_list_is_kept_when_something_happened_until_it_is_let_go(cast: Cast) -> None:
    three_come(cast)
    with clock.at(MONDAY):
        nadia = signed_in(cast.nadia)
        form = Page(nadia.get(page("detail")).content.decode())
        sent = {"form_id": form.fields["form_id"], "reason": "incident"}
        assert [nadia.post(page("keep"), sent).status_code for _ in (1, 2)] == [302, 302]
    forgotten()
    assert left(cast) == 1
    assert listed(cast.ines, NIGHT) == (["Maya", "Rosalie"], 1)
    assert listed(cast.nadia, NIGHT) == ([], 0)  # she stops the destruction, she reads no name

    with acting(cast.nadia, NIGHT):
        assert Hold.objects.count() == 1
        actions.let_go(CLIMBING, by=cast.nadia, at=NIGHT)
    forgotten(NIGHT + timedelta(days=1))
    assert left(cast, NIGHT + timedelta(days=1)) == 0


def test_what_is_kept_is_not_taken_off(cast: Cast) -> None:
    planned(cast)
    number = put(cast, cast.ines, cast.maya)
    with acting(cast.nadia):
        actions.keep(CLIMBING, uuid_of("kept"), "hold", by=cast.nadia, at=MONDAY)
    with acting(cast.ines):
        actions.take_off(CLIMBING, number, by=cast.ines, at=MONDAY)
        Attendance.objects.filter(pk=number).delete()
        Seat.objects.all().delete()
        assert (Attendance.objects.count(), Seat.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", ["ines", "karim", "samir"])
def test_nobody_else_keeps_a_list(cast: Cast, who: str) -> None:
    planned(cast)
    with clock.at(MONDAY):
        answer = signed_in(getattr(cast, who)).post(page("keep"), {"reason": "incident"})
    assert answer.status_code == (404 if who == "samir" else 403)


def test_the_list_costs_the_same_for_one_and_three(cast: Cast) -> None:
    planned(cast)
    people = [cast.maya] + [
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        for name in ("Rosalie", "Anaïs")
    ]
    costs = []
    for some in (people[:1], people[1:]):
        for person in some:
            put(cast, cast.ines, person)
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with CaptureQueriesContext(connection) as asked:
                assert ines.get(page("list")).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
