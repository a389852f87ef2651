"""What do the pages of sessions show, ask and refuse, in both languages and without a script?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import occasions, programme
from spheres.training.sessions import queries, rooms
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    LEA,
    MONDAY,
    SESSION,
    SHORTLY_BEFORE,
    STARTS,
    enrols,
    enrols_from_outside,
    plan,
    row,
    stands,
    the_list,
)
from tests.cast import Cast, acting, uuid_of
from tests.pages import signed_in, untranslated, visitor

pytestmark = pytest.mark.django_db
HERE = f"/training/sessions/{SESSION}/"


def text_of(page: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def sealed(page: Any, action: str = "") -> str:
    """The sealed number of a form of this page: of the one that goes there, or the last one."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page.content.decode(), re.S)
    found = [one for one in forms if "form_id" in one and action in one]
    return re.findall(r'name="form_id" value="([^"]+)"', found[-1])[0]


def outside() -> Client:
    return visitor(settings.YOUTH_HOST)


def test_louise_plans_a_session_and_everybody_finds_it_in_the_calendar(
    cast: Cast, odile: Actor
) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.louise)
        page = client.get("/training/sessions/new/")
        said = {
            "form_id": sealed(page), "topic": str(uuid_of("stages")), "held_on_day": "24",
            "held_on_month": "3", "held_on_year": "2026", "starts": "9:00", "ends": "12:00",
            "mode": "ONLINE", "where": "https://salle.example.org", "places": "12",
            "language": "fr", "host": str(cast.la_maison.pk), "trainer": str(odile.user_id),
        }  # fmt: skip
        made = client.post("/training/sessions/new/", said)
        twice = client.post("/training/sessions/new/", said)
        wrong = client.post("/training/sessions/new/", said | {"ends": "8:00", "places": "0"})
        shown = client.get(made["Location"])
        listed = client.get("/training/sessions/")

    assert (made.status_code, twice["Location"]) == (302, made["Location"])
    assert wrong.status_code == 422
    assert "Une séance finit après son début." in text_of(wrong)
    assert "https://salle.example.org" in text_of(shown)
    assert text_of(listed).count("Stades de changement") == 2
    with acting(cast.samir):
        found = programme.planned(actor=cast.samir, since=MONDAY, until=MONDAY + timedelta(days=28))
        kinds = [(one.starts_at.day, one.kind) for one in found]
        ridden = [one.kind for one in occasions.to_come(actor=cast.samir)]
    assert kinds == [(9, "training"), (24, "training")]
    assert ridden.count("training") == 2


def test_a_worker_comes_leaves_and_is_there_by_the_code_of_the_room(
    cast: Cast, odile: Actor
) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.ines)
        before = text_of(client.get(HERE))
        client.post(f"{HERE}enrol/")
        after = text_of(client.get(HERE))
        client.post(f"{HERE}leave/")
        left = stands(cast.ines)
        client.post(f"{HERE}enrol/")
        calendar_file = client.get(f"{HERE}appointment/")
    assert ("Vous n’êtes pas sur la liste." in before, "A une place" in after) == (True, True)
    assert "Tenir la séance" not in after
    assert left == "LEFT"
    body = calendar_file.content.decode()
    assert ("SUMMARY:Rendez-vous" in body, "Stades" in body, "Salle" in body) == (
        True, False, False,
    )  # fmt: skip

    with clock.at(SHORTLY_BEFORE):
        client = signed_in(cast.ines, at=SHORTLY_BEFORE)
        page = client.get(HERE)
        wrong = client.post(
            f"{HERE}here/", {"form_id": sealed(page, "here/"), "room_code": "000 000"}
        )
        right = {"form_id": sealed(page, "here/"), "room_code": rooms.code_of(SESSION)}
        client.post(f"{HERE}here/", right)
    assert (wrong.status_code, "Regardez-le encore" in text_of(wrong)) == (422, True)
    assert stands(cast.ines) == "CAME"


def test_nobody_finds_the_code_of_a_room_by_trying(cast: Cast, odile: Actor) -> None:
    with clock.at(SHORTLY_BEFORE):
        client = signed_in(cast.ines, at=SHORTLY_BEFORE)
        number = sealed(client.get(HERE), "here/")
        answers = [
            client.post(f"{HERE}here/", {"form_id": number, "room_code": f"{guess:06}"}).status_code
            for guess in range(12)
        ]
    assert answers == [422] * 10 + [429] * 2


def test_whoever_teaches_keeps_the_list_adds_who_came_besides_and_closes_it(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    enrols_from_outside()
    with clock.at(SHORTLY_BEFORE):
        client = signed_in(odile, at=SHORTLY_BEFORE)
        page = client.get(f"{HERE}list/")
        paper = client.get(f"{HERE}list/paper/")
        refused = client.post(
            f"{HERE}list/room/", {"form_id": sealed(page, "room/"), "name": "Ali"}
        )
        walked_in = {
            "form_id": sealed(page, "room/"), "name": "Ali Roy", "place": "CLSC",
            "environment": "health", "agrees": "on",
        }  # fmt: skip
        client.post(f"{HERE}list/room/", walked_in)
        client.post(f"{HERE}list/room/", walked_in)
        mine = str(queries.of_user(SESSION, cast.ines.user_id))
        walked = str(next(one for one in of_list(odile) if one[0] == "Ali Roy")[1])
        client.post(f"{HERE}list/", {"form_id": sealed(page, 'list/"'), "came": [mine, walked]})
    with clock.at(AFTERWARDS):
        client = signed_in(odile, at=AFTERWARDS)
        client.post(f"{HERE}list/close/")
        closed = text_of(client.get(f"{HERE}list/"))

    text = text_of(page)
    assert all(one in text for one in ("Léa Fortin", "lea.fortin@example.org", "Inès"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert refused.status_code == 422
    assert sorted(the_list(odile)) == [
        ("Ali Roy", "CLSC", "CAME"),
        ("Inès", "La Maison", "CAME"),
        ("Léa Fortin", "École des Rives", "ENROLLED"),
    ]
    assert "2 personnes sont venues" in closed


def of_list(who: Actor) -> list[tuple[str, Any]]:
    with acting(who):
        found = queries.session(SESSION, actor=who)
        assert found is not None
        return [(one.name, one.row.pk) for one in queries.names(found, actor=who)]


def test_the_list_is_closed_to_whoever_does_not_run_the_session(cast: Cast, odile: Actor) -> None:
    with clock.at(MONDAY):
        for who in (cast.ines, cast.karim, cast.roy):
            client = signed_in(who)
            answers = [
                client.get(f"{HERE}{page}").status_code
                for page in ("list/", "list/paper/", "costs/", "teachers/")
            ]
            assert answers == [403, 403, 403, 403]
            assert rooms.code_of(SESSION) not in text_of(client.get(HERE))
        assert signed_in(odile).get(f"{HERE}costs/").status_code == 403


def test_the_coordination_hands_a_session_on_calls_it_off_and_says_what_it_costs(
    cast: Cast, odile: Actor
) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.louise)
        page = client.get(f"{HERE}teachers/")
        client.post(f"{HERE}teachers/", {"form_id": sealed(page), "trainer": str(cast.roy.user_id)})
        handed = text_of(client.get(HERE))
        costs = client.get(f"{HERE}costs/")
        wrong = client.post(f"{HERE}costs/", {"form_id": sealed(costs), "ROOM": "beaucoup"})
        client.post(f"{HERE}costs/", {"form_id": sealed(costs), "ROOM": "120", "MEALS": "85,50 $"})
        said = text_of(client.get(f"{HERE}costs/"))
        client.post(f"{HERE}cancel/")
        off = text_of(client.get(HERE))
    assert "Elle sera donnée par Roy" in handed
    assert wrong.status_code == 422
    assert "205,5 dollars" in said or "205,50 dollars" in said
    assert ("Cette séance n’a pas lieu" in off, "n’aura pas lieu" in off) == (True, True)


def test_karim_enrols_those_who_work_where_he_leads(cast: Cast, odile: Actor) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.karim)
        page = client.get(HERE)
        people = [str(cast.ines.user_id), str(cast.yanick.user_id)]
        number = sealed(page, "team/")
        none = client.post(f"{HERE}team/", {"form_id": number})
        client.post(f"{HERE}team/", {"form_id": number, "people": people})
        after = text_of(client.get(HERE))
    assert none.status_code == 422
    assert "Inès · A une place" in after
    assert (stands(cast.ines), stands(cast.yanick)) == ("ENROLLED", "ENROLLED")


def test_somebody_from_outside_enrols_leaves_and_comes_by_a_link_that_never_says_the_room(
    cast: Cast, odile: Actor
) -> None:
    link = f"/t/{row(odile).link}/"
    said = {
        "name": "Léa Fortin", "reach": LEA.reach, "place": "École des Rives",
        "environment": "school", "agrees": "on", "e2": "",
    }  # fmt: skip
    with clock.at(MONDAY):
        client = outside()
        page = client.get(link)
        number = sealed(page)
        wrong = client.post(link, {"form_id": number, "name": "Léa", "reach": "514"})
        received = client.post(link, said | {"form_id": number})
        again = client.post(link, said | {"form_id": number, "reach": LEA.reach.upper()})
        appointment = client.get(f"{link}appointment/")
        leaving = client.get(f"{link}leave/")
        other = {"form_id": sealed(leaving), "reach": "nobody@example.org", "e2": ""}
        nobody = client.post(f"{link}leave/", other)
        assert the_list(odile) == [("Léa Fortin", "École des Rives", "ENROLLED")]
        left = client.post(f"{link}leave/", other | {"reach": LEA.reach})
        assert the_list(odile) == []
        client.post(link, said | {"form_id": number})
    with clock.at(SHORTLY_BEFORE):
        there = client.get(f"{link}here/")
        known = {"form_id": sealed(there), "reach": LEA.reach, "e2": ""}
        code = rooms.code_of(SESSION)
        bad = client.post(f"{link}here/", known | {"room_code": "000000"})
        unknown = client.post(f"{link}here/", known | {"room_code": code, "reach": "x@y.org"})
        came = client.post(f"{link}here/", known | {"room_code": code})

    pages = (page, wrong, received, again, leaving, nobody, left, there, bad, unknown, came)
    assert [one.status_code for one in pages] == [
        200, 422, 200, 200, 200, 200, 200, 200, 422, 422, 200,
    ]  # fmt: skip
    assert not any("Salle 4" in text_of(one) or "Odile" in text_of(one) for one in pages)
    assert not any(one.cookies for one in pages)
    assert "Vous êtes sur la liste" in text_of(received)
    assert text_of(nobody) == text_of(left)
    assert "Rien n’a été noté" in text_of(bad)
    assert re.sub(r"\s", "", text_of(bad).replace(code, "")) != ""
    assert "Votre présence est notée" in text_of(came)
    assert the_list(odile) == [("Léa Fortin", "École des Rives", "CAME")]
    assert b"SUMMARY" in appointment.content


def test_a_link_of_no_session_is_as_no_page_at_all(cast: Cast, odile: Actor) -> None:
    with clock.at(MONDAY):
        client = outside()
        found = client.get("/t/nowhere/").status_code
        pages = [client.get(f"/t/nowhere/{page}/").status_code for page in ("leave", "here")]
        staff = visitor().get(HERE).status_code
    assert (found, pages, staff) == (404, [404, 404], 302)


def test_a_full_session_says_so_and_one_that_is_off_takes_nobody(cast: Cast, odile: Actor) -> None:
    enrols(cast.ines)
    enrols(cast.samir)
    link = f"/t/{row(odile).link}/"
    with clock.at(MONDAY):
        full = text_of(outside().get(link))
        signed_in(cast.louise).post(f"{HERE}cancel/")
        off = text_of(outside().get(link))
        late = outside().post(link, {"name": "Léa"})
    assert "Toutes les places sont prises" in full
    assert "Cette formation n’a pas lieu" in off
    assert late.status_code == 409


def test_pages_cost_the_same_whoever_is_on_the_list(cast: Cast, odile: Actor) -> None:
    costs = []
    for people in ((cast.ines,), (cast.samir, cast.roy)):
        for who in people:
            enrols(who)
        plan(cast.louise, odile, name=f"more {len(people)}")
        with clock.at(MONDAY):
            client = signed_in(cast.louise)
            for url in ("/training/sessions/", HERE, f"{HERE}list/"):
                client.get(url)
                with CaptureQueriesContext(
                    connection,
                ) as captured:
                    client.get(url)
                costs.append(len(captured))
    assert costs[:3] == costs[3:]


def test_the_pages_are_whole_in_french(cast: Cast, odile: Actor) -> None:
    enrols(cast.ines)
    enrols(cast.samir)
    enrols_from_outside()
    link = f"/t/{row(odile).link}/"
    with untranslated() as missing:
        for at in (MONDAY, SHORTLY_BEFORE, AFTERWARDS):
            with clock.at(at):
                for who in (cast.louise, odile, cast.karim, cast.ines):
                    client = signed_in(who, at=at)
                    for page in ("", "list/", "costs/", "teachers/", "list/paper/", "appointment/"):
                        client.get(f"{HERE}{page}")
                    client.get("/training/sessions/")
                    client.get("/training/sessions/new/")
                    client.get("/")
                for page in ("", "leave/", "here/"):
                    outside().get(f"{link}{page}")
    assert missing == set()
    assert STARTS > MONDAY
