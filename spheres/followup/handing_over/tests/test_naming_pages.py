"""What do a lead, and whoever she names for somebody with whom nobody walks, see and press?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.handing_over.forms import CannotForm, NameForm, WelcomeForm
from spheres.followup.handing_over.tests.factories import LATER, alone, name, reads, told
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.ui.forms import Form
from tests import pages
from tests.cast import MONDAY, Cast, acting, follow, uuid_of


def page(who: Actor, url: str, *, language: str = "en", at: datetime = LATER) -> str:
    with clock.at(at):
        answer = pages.signed_in(who, at=at, language=language).get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    said = answer.content.decode()
    return said[said.index("<main") :]


def send(who: Actor, url: str, form: Form, at: datetime = LATER, **said: str) -> Any:
    with clock.at(at):
        client = pages.signed_in(who, at=at, language="en")
        return client.post(url, {"form_id": form.signed_id, **said})


def test_the_lead_names_somebody_on_the_page_of_departures(cast: Cast) -> None:
    alone(cast)
    [one] = told(cast.karim)
    where = f"/handing-over/team/{one.token}/"
    form = NameForm(workers=[])

    before = page(cast.karim, "/handing-over/team/")
    empty = send(cast.karim, where, form, user="")
    knows = send(cast.karim, where, form, user=str(cast.ines.user_id))
    sent = [send(cast.karim, where, form, user=str(cast.yanick.user_id)) for _twice in "12"]
    after = page(cast.karim, "/handing-over/team/")

    assert "Since March 2" in before
    assert "French" in before
    assert "Maya" not in before + after
    assert str(cast.maya.file_id) not in before + after
    assert (empty.status_code, knows.status_code) == (422, 422)
    assert "cannot be proposed" in knows.content.decode()
    assert [(one.status_code, one["Location"]) for one in sent] == [
        (302, "/handing-over/team/"),
        (302, "/handing-over/team/"),
    ]
    assert "Yanick is asked, and has not taken them on yet." in after
    assert "Nobody walks with 1 person any more" not in page(cast.karim, "/team/")


def test_the_team_page_tells_the_lead_until_somebody_is_named(cast: Cast) -> None:
    alone(cast)

    assert "Nobody walks with 1 person any more: name who tells them." in page(cast.karim, "/team/")
    assert "name who tells" not in page(cast.louise, "/team/")


def test_whoever_is_named_finds_it_on_her_day_without_a_name_and_takes_her_on(cast: Cast) -> None:
    alone(cast)
    name(cast, cast.yanick)
    handed = f"/handed/{uuid_of('named')}/"
    file = f"/files/{cast.maya.file_id}/"

    day, shown = page(cast.yanick, "/"), page(cast.yanick, handed)
    asks = page(cast.yanick, f"{file}handing-over/welcome/")
    answer = send(
        cast.yanick,
        f"{file}handing-over/welcome/",
        WelcomeForm(),
        told_on="2026-03-02",
        way="ME",
    )

    assert "Nobody walks with a person any more: Karim asks you to tell them." in day
    assert "Maya" not in day
    assert "Maya" in shown
    assert "J’ai dormi" not in shown
    assert "We have met" not in shown
    assert f'href="{file}handing-over/welcome/"' in shown
    assert "Nobody walked with them any more." in asks
    assert (answer.status_code, answer["Location"]) == (302, file)
    assert "J’ai dormi" in page(cast.yanick, file)


def test_whoever_knows_her_says_so_and_the_file_closes(cast: Cast) -> None:
    alone(cast)
    name(cast, cast.yanick)
    handed = f"/handed/{uuid_of('named')}/"

    asks = page(cast.yanick, f"{handed}decline/")
    answer = send(cast.yanick, f"{handed}decline/", CannotForm(), reason="KNOWS")

    assert "Your team lead sees that somebody else is to be named, and nothing else." in asks
    assert answer.status_code == 302
    assert reads(cast.yanick) == []
    lead = page(cast.karim, "/handing-over/team/")
    assert "Yanick was asked and could not: name somebody else." in lead


@pytest.mark.parametrize("who", ["ines", "yanick", "louise", "samir"])
def test_nobody_else_finds_the_page_to_name(cast: Cast, who: str) -> None:
    alone(cast)
    [one] = told(cast.karim)

    answer = send(
        getattr(cast, who),
        f"/handing-over/team/{one.token}/",
        NameForm(workers=[]),
        user=str(cast.yanick.user_id),
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_sentence_is_said_in_both_languages(cast: Cast, language: str) -> None:
    alone(cast)
    name(cast, cast.yanick)
    file = f"/files/{cast.maya.file_id}/"
    with pages.untranslated() as missing:
        page(cast.karim, "/handing-over/team/", language=language)
        for url in ("/", f"/handed/{uuid_of('named')}/", f"{file}handing-over/welcome/"):
            page(cast.yanick, url, language=language)

    assert missing == set()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_departures_costs_the_same(cast: Cast, rows: int) -> None:
    alone(cast)
    for number in range(rows - 1):
        other = follow(
            f"Nour {number}", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        )
        with acting(cast.ines, MONDAY):
            Assignment.objects.filter(file_id=other.file_id).update(ends_at=MONDAY)
            sharing.declare_conflict(other.file_id, by=cast.ines, at=MONDAY)
    with clock.at(LATER):
        client = pages.signed_in(cast.karim, at=LATER)
        client.get("/handing-over/team/")
        with CaptureQueriesContext(connection) as asked_for:
            client.get("/handing-over/team/")

    assert len(told(cast.karim)) == rows
    assert len(asked_for) == 7
