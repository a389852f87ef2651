"""Does it show how her safety came to be, without a word of it until one change is opened?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.followup.safety_net import actions
from spheres.followup.safety_net.models import Look, Part
from spheres.followup.safety_net.tests.factories import KNOTS
from spheres.followup.safety_net.tests.test_pages import CRISIS, address, keep, read
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
KARINE, HALTE, LINE = KNOTS
WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def versions(cast: Cast) -> None:
    """A net, a heavy moment, her plan, then the net said otherwise."""
    keep(cast, "one")
    with acting(cast.ines, TUESDAY):
        actions.look_again(
            cast.maya.file_id, uuid_of("look"), Look.Why.CRISIS, by=cast.ines, at=TUESDAY
        )
    keep(cast, "plan", Part.CRISIS, at=WEDNESDAY, answers=CRISIS)
    changed = {"knots": [KARINE, {**LINE, "who": "La roulotte"}], "sign": "On mange des sushis?"}
    keep(cast, "two", at=WEDNESDAY + timedelta(hours=1), answers=changed)


def shown(cast: Cast, rest: str) -> str:
    client = signed_in(cast.ines, language="en", at=WEDNESDAY + timedelta(hours=2))
    return unescape(read(client, address(cast, rest), WEDNESDAY + timedelta(hours=2)))


def test_the_picture_and_its_table_say_the_same_versions(cast: Cast, versions: None) -> None:
    page = shown(cast, "trail/")

    [svg] = re.findall(r"<svg class=\"trail-picture\".*?</svg>", page, re.DOTALL)
    [table] = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    cells = re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</t[hd]>", table)
    rows = [tuple(cells[at : at + 3]) for at in range(0, len(cells), 3)]
    assert rows == [
        ("1. March 2, 2026", "Safety net, version 1", "Nothing kept"),
        ("2. March 4, 2026", "Crisis plan, version 1", "There was a heavy moment"),
        ("3. March 4, 2026", "Safety net, version 2", "There was a heavy moment"),
    ]
    dots = re.findall(r'class="trail-number" x="(\d+)" y="\d+">(\d)<', svg)
    assert dots == [("150", "1"), ("216", "2"), ("150", "3")]
    assert svg.count("trail-ring") == 2
    assert "; ".join(f"{day}: {what}; {why}" for day, what, why in rows) in svg


def test_a_ring_is_explained_only_where_one_is_drawn(cast: Cast) -> None:
    keep(cast, "one")
    alone = shown(cast, "trail/")
    with acting(cast.ines, TUESDAY):
        actions.look_again(
            cast.maya.file_id, uuid_of("look"), Look.Why.CRISIS, by=cast.ines, at=TUESDAY
        )
    keep(cast, "two", at=WEDNESDAY)
    ringed = shown(cast, "trail/")

    assert [("A ring" in page, "trail-ring" in page) for page in (alone, ringed)] == [
        (False, False),
        (True, True),
    ]


def test_no_word_of_hers_is_on_the_trail(cast: Cast, versions: None) -> None:
    page = shown(cast, "trail/")

    assert [word for word in ("Karine", "La halte", "sushis", "tempête") if word in page] == []


def test_one_change_says_what_came_and_what_went(cast: Cast, versions: None) -> None:
    page = shown(cast, f"{uuid_of('two')}/changes/")

    lists = re.findall(r"<h3>(Came|Went)</h3><ul>(.*?)</ul>", page)
    assert [(word, re.findall("<li>(.*?)</li>", held)) for word, held in lists] == [
        ("Came", ["La roulotte · 1 800 263-2266"]),
        ("Went", ["La halte · jusqu’à minuit", "Tel-jeunes · 1 800 263-2266"]),
    ]
    assert "Karine" not in page
    assert "nothing came before it" in shown(cast, f"{uuid_of('one')}/changes/")


def test_it_costs_the_same_however_many_versions(cast: Cast) -> None:
    costs = []
    for number in range(3):
        keep(cast, f"v{number}", at=MONDAY + timedelta(minutes=number))
        if not number:
            continue
        client = signed_in(cast.ines, at=TUESDAY)
        for rest in ("trail/", f"{uuid_of(f'v{number}')}/changes/"):
            with clock.at(TUESDAY), CaptureQueriesContext(connection) as asked:
                assert client.get(address(cast, rest)).status_code == 200
            costs.append(len(asked))

    assert costs[:2] == costs[2:]


def test_who_may_not_read_her_safety_finds_nothing(cast: Cast, versions: None) -> None:
    with clock.at(TUESDAY):
        statuses = [
            signed_in(cast.samir, at=TUESDAY).get(address(cast, rest)).status_code
            for rest in ("trail/", f"{uuid_of('two')}/changes/")
        ]

    assert statuses == [404, 404]
