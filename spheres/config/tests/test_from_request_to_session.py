"""Is what a school asks to learn read at the desk, and carried to the session that is planned?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings

from spheres.core import clock
from spheres.public.tests.letters import TRAINING, form_id
from spheres.regions import queries as regions
from spheres.training.requests import actions, queries
from spheres.training.sessions.tests.factories import teach
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated, visitor

pytestmark = pytest.mark.django_db
A_DAY = MONDAY.date() + timedelta(days=30)


def asks(cast: Cast, topics: list[str]) -> queries.Asked:
    """A school sends the public form; the coordination finds it."""
    with clock.at(MONDAY):
        client = visitor(settings.YOUTH_HOST)
        shown = client.get("/training/")
        sent = TRAINING | {"form_id": form_id(shown), "topics": topics, "e2": ""}
        assert client.post("/training/", sent).status_code == 200
    with acting(cast.louise):
        [one] = queries.requests(actor=cast.louise)
        found = queries.request(one.row.pk, actor=cast.louise)
        assert found is not None
        return found


def proposes(cast: Cast, asked: queries.Asked) -> str:
    """Louise proposes a day; the page of the request."""
    with acting(cast.louise):
        given = actions.Given(uuid_of("given"), "PROPOSED", "", A_DAY)
        actions.answer(given, asked.row.pk, by=cast.louise, at=MONDAY)
    with clock.at(MONDAY), untranslated() as missing:
        page = signed_in(cast.louise).get(f"/training/requests/{asked.row.pk}/")
    assert missing == set()
    return unescape(page.content.decode())


def test_the_topic_and_the_day_go_along_and_nothing_of_who_asks(cast: Cast) -> None:
    teach(cast)
    regions.forget()

    asked = asks(cast, ["stages"])
    page = proposes(cast, asked)
    [way] = re.findall(r'href="(/training/sessions/new/[^"]*)"', page)
    with clock.at(MONDAY):
        planning = signed_in(cast.louise).get(way).content.decode()

    assert asked.row.topics == ["stages"]
    assert way == (
        f"/training/sessions/new/?topic={uuid_of('stages')}&language=fr&places=12&held_on={A_DAY}"
    )
    assert f'value="{uuid_of("stages")}" selected' in planning
    assert [f'value="{part}"' in planning for part in (A_DAY.day, A_DAY.year, 12)] == [True] * 3


@pytest.mark.parametrize("said", [[], ["-"]])
def test_whoever_does_not_know_yet_says_so_and_the_topic_is_chosen_later(
    cast: Cast, said: list[str]
) -> None:
    asked = asks(cast, said)
    page = proposes(cast, asked)

    assert asked.row.topics == []
    assert "On ne le sait pas encore." in page
    assert f"/training/sessions/new/?language=fr&places=12&held_on={A_DAY}" in page
