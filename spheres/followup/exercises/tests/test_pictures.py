"""Do the pictures of several sheets say what their tables say, and only what was asked for?"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.exercises.models import Pen
from spheres.followup.exercises.tests.test_pages import at_her_desk, fill, named, where
from tests.cast import MONDAY, TUESDAY, Cast, acting
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db

SPHERES, NEEDS = "my-spheres", "what-i-need"
FOOD, SLEEP = "physical_food", "physical_sleep"


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


@pytest.fixture
def two_voices(cast: Cast) -> None:
    """Hers twice, and once her worker’s."""
    fill(cast, SPHERES, "old", {"p-wheel-sleep-faces": "1"}, pen=Pen.TOGETHER)
    fill(cast, SPHERES, "new", {"p-wheel-sleep-faces": "4", "p-wheel-money-faces": "2"},
         pen=Pen.HERSELF, at=TUESDAY)  # fmt: skip
    fill(cast, SPHERES, "guess", {"p-wheel-sleep-faces": "5", "p-wheel-money-faces": "unknown"},
         pen=Pen.WORKER, at=TUESDAY)  # fmt: skip


def seen(cast: Cast, page: str, slug: str, asked: str = "") -> str:
    with clock.at(TUESDAY):
        client = signed_in(cast.ines, language="en", at=TUESDAY)
        answer = client.get(where(cast, page, named(slug).id) + asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def cells(page: str) -> list[list[str]]:
    [table] = re.findall(r"<table.*?</table>", page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def drawn(page: str) -> str:
    [svg] = re.findall(r"<svg class=\"(?:wheel|time-picture)\".*?</svg>", page, re.DOTALL)
    return svg


def radii(svg: str, kind: str) -> list[float]:
    return [float(r) for r in re.findall(rf'class="{kind}" d="M150 150L\S+ \S+A(\S+) ', svg)]


def test_her_part_stands_alone_until_she_asks(cast: Cast, two_voices: None) -> None:
    page = seen(cast, "exercises:voices", SPHERES)

    assert cells(page) == [
        ["Sphere", "Your own words, March 3, 2026"],
        ["1. Sleep", "Rather good"],
        ["2. Money", "Not great"],
    ]
    assert radii(drawn(page), "wheel-part") == [118 * 0.8, 118 * 0.4]
    assert "wheel-worker" not in page
    assert "wheel-before" not in page
    assert "I ask to see my worker’s part too" in page


def test_two_voices_and_an_older_day_lie_over_each_other_when_she_asks(
    cast: Cast, two_voices: None
) -> None:
    page = seen(cast, "exercises:voices", SPHERES, "?worker=yes&older=yes")

    table = cells(page)
    assert table == [
        ["Sphere", "Your own words, March 3, 2026", "Your worker’s, March 3, 2026",
         "Your own words before, March 2, 2026"],
        ["1. Sleep", "Rather good", "Good", "Really hard"],
        ["2. Money", "Not great", "I don’t know", "Not said"],
    ]  # fmt: skip
    svg = drawn(page)
    assert radii(svg, "wheel-part") == [94.4, 47.2]
    assert radii(svg, "wheel-worker") == [118.0]
    assert radii(svg, "wheel-before") == [23.6]
    assert 'fill="url(#voices-wheel-stripes)"' in svg
    for title in table[0][1:]:
        assert title in svg
    for word in ("total", "average", "mean", "%", "difference"):
        assert word not in re.sub(r"<style.*?</style>|\"[^\"]*\"", "", svg).lower()


def test_all_that_was_asked_for_is_opened_in_one_event(cast: Cast, two_voices: None) -> None:
    opened = []
    for asked in ("", "?worker=yes", "?worker=yes&older=yes"):
        with acting(cast.ines):
            before = set(Event.objects.values_list("pk", flat=True))
        seen(cast, "exercises:voices", SPHERES, asked)
        with acting(cast.ines):
            opened.append([one.action for one in Event.objects.exclude(pk__in=before)])

    assert opened == [["open"], ["open"], ["open"]]


def test_the_worker_alone_is_never_shown_without_her(cast: Cast) -> None:
    fill(cast, SPHERES, "guess", {"p-wheel-sleep-faces": "5"}, pen=Pen.WORKER)

    page = seen(cast, "exercises:voices", SPHERES, "?worker=yes")

    assert "Nothing is filled in your own words yet." in page
    assert "<table" not in page


def test_needs_over_time_say_in_which_pile_each_one_was(cast: Cast) -> None:
    first = {f"p-cards-{FOOD}": "now", f"p-cards-{SLEEP}": "later", "p-cards-top-0": FOOD}
    fill(cast, NEEDS, "one", first)
    fill(cast, NEEDS, "two", {f"p-cards-{FOOD}": "fine", "p-cards-social_papers": "fine"},
         at=TUESDAY)  # fmt: skip

    page = seen(cast, "exercises:needs", NEEDS)

    table = cells(page)
    svg = drawn(page)
    assert table[0] == ["Need", "1. March 2, 2026", "2. March 3, 2026"]
    assert [row[1:] for row in table[1:]] == [
        ["It matters now, among the first", "It’s okay for now"]
    ]
    assert table[1][0] in svg
    assert (svg.count("<rect"), svg.count("mark-full"), svg.count("mark-first")) == (1, 1, 1)
    assert re.findall(r'class="time-day" x="(\d+)" y="20">(\d)<', svg) == [("22", "1"), ("68", "2")]


def test_pictures_cost_the_same_however_many_sheets(cast: Cast) -> None:
    for page, slug, sent in (
        ("exercises:voices", SPHERES, {"p-wheel-sleep-faces": "2"}),
        ("exercises:needs", NEEDS, {f"p-cards-{FOOD}": "now"}),
    ):
        costs = []
        for number in range(3):
            at = MONDAY - timedelta(days=number)
            fill(cast, slug, f"{slug} {number}", sent, pen=Pen.HERSELF, at=at)
            if number == 1:
                fill(cast, slug, f"{slug} w", sent, pen=Pen.WORKER, at=at)
            with clock.at(MONDAY):
                client = at_her_desk(cast)
                with CaptureQueriesContext(connection) as asked:
                    client.get(where(cast, page, named(slug).id) + "?worker=yes&older=yes")
            costs.append(len(asked))
        assert len(set(costs)) == 1, page


def test_her_plan_leads_to_the_pictures_and_who_may_not_read_finds_none(cast: Cast) -> None:
    with clock.at(MONDAY):
        plan = at_her_desk(cast).get(where(cast, "plan:page")).content.decode()
        ways = [
            where(cast, "exercises:voices", named(SPHERES).id),
            where(cast, "exercises:needs", named(NEEDS).id),
        ]
        statuses = [
            client.get(way).status_code
            for client in (at_her_desk(cast), signed_in(cast.samir))
            for way in ways
        ]

    assert all(way in plan for way in ways)
    assert statuses == [200, 200, 404, 404]
