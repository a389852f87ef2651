"""Is what to do when it cannot wait one press away everywhere, and fit for the eyes that see it?"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.safety_net.models import Look, Part
from spheres.followup.safety_net.tests.test_pages import CRISIS, address, keep, looks
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db
NAV = re.compile(r'<nav class="staff-file".*?</nav>', re.DOTALL)


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def seen(cast: Cast, where: str, language: str = "en", **headers: str) -> str:
    with clock.at(MONDAY):
        client = signed_in(cast.ines, language=language)
        answer = client.get(where, headers=headers)
    assert answer.status_code == 200, where
    return unescape(answer.content.decode())


def at_hand(page: str) -> list[str]:
    [nav] = NAV.findall(page)
    return re.findall(r'<a href="([^"]+)"', nav)


def test_on_a_screen_she_is_shown_what_is_urgent_stands_with_the_way_to_hide_and_nothing_else(
    cast: Cast,
) -> None:
    library = seen(cast, f"/files/{cast.maya.file_id}/exercises/")
    [first, *_] = re.findall(rf'href="(/files/{cast.maya.file_id}/exercises/[-0-9a-f]+/)"', library)

    page = seen(cast, f"{first}together/")

    assert at_hand(page) == [address(cast, "urgent/together/"), "/b"]


def test_what_it_opens_there_says_who_can_be_called_and_nothing_of_her_file(cast: Cast) -> None:
    keep(cast, "net")
    keep(cast, "plan", Part.CRISIS, answers=CRISIS)
    looks(cast, Look.Why.CRISIS, MONDAY)
    with acting(cast.ines):
        before = Event.objects.filter(chain_id=cast.maya.file_id).count()

    pages = [seen(cast, address(cast, "urgent/together/"), language) for language in ("fr", "en")]

    for page in pages:
        assert "911" in page
        assert "1 800 263-2266" in page
        assert [
            w for w in ("Maya", "Karine", "tempête", "staff-bar", "/people/") if w in page
        ] == []
        assert f"/files/{cast.maya.file_id}/urgent_needs/new/" in page
        assert at_hand(page) == [address(cast, "urgent/together/"), "/b"]
    with acting(cast.ines):
        assert Event.objects.filter(chain_id=cast.maya.file_id).count() == before


def test_from_there_one_goes_back_to_the_screen_one_was_on(cast: Cast) -> None:
    came = f"/files/{cast.maya.file_id}/exercises/"
    where = address(cast, "urgent/together/")

    page = seen(cast, where, referer=f"http://{settings.STAFF_HOST}{came}")
    lost = seen(cast, where, referer="https://example.org/a/")

    assert [re.findall(r'href="([^"]*)"[^>]*>(?:<[^>]+>)*Go on', one) for one in (page, lost)] == [
        [came],
        [f"/files/{cast.maya.file_id}/"],
    ]


def test_among_several_it_stands_at_the_same_place_and_names_nobody(cast: Cast) -> None:
    board = seen(cast, "/activities/")
    urgent = seen(cast, "/urgent/")

    assert at_hand(board) == ["/danger/", "/urgent/", "/b"]
    assert "911" in urgent
    assert "/contact/?what=urgent_needs" in urgent
    assert "Maya" not in urgent


def test_where_there_is_nobody_nothing_stands_there(cast: Cast) -> None:
    assert NAV.findall(seen(cast, "/people/")) == []


def test_who_accompanies_nobody_is_not_led_there(cast: Cast) -> None:
    with clock.at(MONDAY):
        pages = [
            signed_in(cast.louise).get("/urgent/").status_code,
            signed_in(cast.samir).get(address(cast, "urgent/together/")).status_code,
        ]

    assert pages == [403, 404]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    with untranslated() as missing:
        for where in ("/urgent/", address(cast, "urgent/together/")):
            seen(cast, where, language)

    assert missing == set()
