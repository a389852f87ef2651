"""What does Inès see and press when Maya pauses, leaves, comes back, or closes with her?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.followup.passages import queries, standing
from spheres.followup.passages.forms import ClosingForm, FitForm, WordsForm
from spheres.participants import queries as participants
from tests.alike import assign
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

LATER = MONDAY + timedelta(days=91)
STEPS = ("pause", "leave", "go-on", "adulthood")


def step(client: Client, cast: Cast, name: str) -> tuple[int, str]:
    with clock.at(MONDAY + timedelta(minutes=5)):
        answer = client.post(f"/files/{cast.maya.file_id}/follow-up/{name}/")
    return answer.status_code, answer.headers.get("Location", "")


def offered(client: Client, cast: Cast) -> list[str]:
    """The steps that her file's page offers."""
    with clock.at(MONDAY):
        page = client.get(f"/files/{cast.maya.file_id}/").content.decode()
    return [name for name in (*STEPS, "return") if f'/follow-up/{name}/"' in page]


def states(cast: Cast) -> list[str]:
    with acting(cast.ines):
        return [row.status for row in queries.standing(cast.maya.file_id, actor=cast.ines)]


def test_one_press_one_step_and_back_to_the_file(cast: Cast) -> None:
    client = signed_in(cast.ines)
    file = f"/files/{cast.maya.file_id}/"

    assert offered(client, cast) == ["pause", "leave", "adulthood"]
    assert step(client, cast, "leave") == (302, file)
    assert offered(client, cast) == ["return"]
    assert step(client, cast, "return") == (302, file)
    assert offered(client, cast) == ["pause", "leave", "go-on", "adulthood"]
    assert states(cast) == ["RETURNED", "LEFT"]


def test_a_therapist_of_her_team_reads_how_it_stands_and_is_offered_no_step(cast: Cast) -> None:
    """Who came later: whoever began a file alone keeps it (ADR a-file-of-their-own)."""
    assign(cast.maya.file_id, cast.yanick, by=cast.ines, at=MONDAY + timedelta(minutes=1))
    therapist = replace(cast.yanick, roles=frozenset({Role.PSYCHOTHERAPIST}))
    with acting(LOADER):
        Membership.objects.filter(user_id=therapist.user_id).update(role=Role.PSYCHOTHERAPIST)

    with acting(therapist, MONDAY + timedelta(minutes=2)):
        assert participants.header(cast.maya.file_id, actor=therapist) is not None
        block = standing.block(cast.maya.file_id, actor=therapist)
        assert block is not None
        page = render_to_string(
            block.template, {"block": block.says, "person": {"file_id": cast.maya.file_id}}
        )

    links = re.findall(rf'"/files/{cast.maya.file_id}/([a-z/-]+)/"', page)
    assert links == ["letters"]


def test_a_step_that_does_not_exist_is_no_page(cast: Cast) -> None:
    assert step(signed_in(cast.ines), cast, "expel") == (404, "")


@pytest.mark.parametrize("name", [*STEPS, "return"])
def test_nobody_else_moves_it(cast: Cast, name: str) -> None:
    assert step(signed_in(cast.samir), cast, name) == (404, "")
    assert states(cast) == ["ACTIVE"]


def test_it_closes_with_a_letter_that_is_then_shown(cast: Cast) -> None:
    client = signed_in(cast.ines)
    page = f"/files/{cast.maya.file_id}/closing/"
    form = ClosingForm(record_id=uuid_of("letter"))
    said = {"form_id": form.signed_id, "letter": "Chère Maya, la porte reste ouverte."}

    with clock.at(MONDAY):
        empty = client.post(page, {"form_id": form.signed_id, "her_words": "Merci."})
        sent = client.post(page, said)
        again = client.post(page, said)
        letters = client.get(sent.headers["Location"]).content.decode()

    assert (empty.status_code, "Merci." in empty.content.decode()) == (422, True)
    assert (sent.status_code, again.status_code) == (302, 302)
    assert letters.count("Chère Maya, la porte reste ouverte.") == 1


def test_a_name_in_a_letter_is_looked_at_once_more_and_nothing_is_lost(cast: Cast) -> None:
    client = signed_in(cast.ines)
    page = f"/files/{cast.maya.file_id}/closing/"
    form = ClosingForm(record_id=uuid_of("letter"))
    letter = "Ton amie Julie Tremblay, au 514 555-0123."

    with clock.at(MONDAY):
        pointed_out = client.post(page, {"form_id": form.signed_id, "letter": letter})
        kept = client.post(
            page, {"form_id": form.signed_id, "letter": letter, "looked_again": "yes"}
        )

    assert pointed_out.status_code == 422
    assert (letter in pointed_out.content.decode(), kept.status_code) == (True, 302)


def test_what_she_asked_for_early_is_shown_on_the_day(cast: Cast) -> None:
    client = signed_in(cast.ines)
    words = WordsForm(record_id=uuid4())

    with clock.at(MONDAY):
        kept = client.post(
            f"/files/{cast.maya.file_id}/words-for-the-end/",
            {"form_id": words.signed_id, "words": "Pas d’adieu, un café."},
        )
        closing = client.get(f"/files/{cast.maya.file_id}/closing/").content.decode()

    assert (kept.status_code, "Pas d’adieu, un café." in closing) == (302, True)


def test_my_day_asks_by_name_whether_it_still_fits_and_an_answer_is_enough(cast: Cast) -> None:
    client = signed_in(cast.ines, at=LATER)
    page = f"/files/{cast.maya.file_id}/fit/"
    form = FitForm(record_id=uuid4())

    with clock.at(LATER):
        before = client.get("/").content.decode()
        answered = client.post(page, {"form_id": form.signed_id, "answer": "yes"})
        after = client.get("/").content.decode()

    assert ("Est-ce que ça convient toujours à Maya?" in before, page in before) == (True, True)
    assert answered.status_code == 302
    assert page not in after


@pytest.mark.parametrize("page", ["closing", "words-for-the-end", "fit", "letters", "death"])
def test_whoever_does_not_walk_with_her_finds_no_such_page(cast: Cast, page: str) -> None:
    client = signed_in(cast.samir)

    with clock.at(MONDAY):
        hers = client.get(f"/files/{cast.maya.file_id}/{page}/")
        nobodys = client.get(f"/files/{uuid4()}/{page}/")

    assert (hers.status_code, nobodys.status_code) == (404, 404)


def test_what_was_written_before_she_came_back_stays_closed_until_she_asks(cast: Cast) -> None:
    client = signed_in(cast.ines)
    file = f"/files/{cast.maya.file_id}/"
    step(client, cast, "leave")
    step(client, cast, "return")

    with clock.at(MONDAY + timedelta(minutes=6)):
        closed = client.get(file).content.decode()
        opened = client.get(f"{file}?earlier=yes").content.decode()

    said = "J’ai dormi."
    assert (said in closed, said in opened) == (False, True)
    link = 'href="?earlier=yes"'
    assert (link in closed, link in opened) == (True, False)


def test_a_death_is_noted_after_what_follows_is_said_and_told_on_my_day_with_care(
    cast: Cast,
) -> None:
    client = signed_in(cast.ines)
    page = f"/files/{cast.maya.file_id}/death/"

    with clock.at(MONDAY):
        before = client.get(page).content.decode()
        noted = client.post(page)
        my_day = client.get("/").content.decode()

    assert "Plus aucun message ni rappel ne part." in before
    assert (noted.status_code, offered(client, cast)) == (302, ["go-on"])
    assert "Maya est décédée. Prenez le temps qu’il faut; parlez-en à votre équipe." in my_day
