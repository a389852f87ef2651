"""Does everyone who signs in arrive on a page that is theirs?"""

from __future__ import annotations

import re
from html import unescape

import pytest

from spheres.core import clock
from tests.cast import MONDAY, Cast
from tests.pages import signed_in


@pytest.mark.parametrize(
    ("who", "language", "title"),
    [
        ("ines", "fr", "Bonjour, Inès"),
        ("amrani", "fr", "Bonjour, Dr Amrani"),
        ("nadia", "en", "Privacy"),
    ],
)
def test_every_role_has_a_first_page(cast: Cast, who: str, language: str, title: str) -> None:
    client = signed_in(getattr(cast, who), language=language)

    with clock.at(MONDAY):
        answer = client.get("/", follow=True)

    assert answer.status_code == 200
    titles = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)
    assert [unescape(found) for found in titles] == [title]


def test_the_police_partner_begins_with_what_was_handed_over_and_nothing_else(cast: Cast) -> None:
    client = signed_in(cast.roy)

    with clock.at(MONDAY):
        answer = client.get("/", follow=True)

    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert answer.redirect_chain == [("/received/", 302)]
    assert re.findall(r'href="([^"]+)"', main) == []


@pytest.mark.parametrize(("path", "marked"), [("/", "/"), ("/people/", "/people/")])
def test_a_file_is_marked_among_my_people(cast: Cast, path: str, marked: str) -> None:
    client = signed_in(cast.ines)

    with clock.at(MONDAY):
        pages = [client.get(path), client.get(f"/files/{cast.maya.file_id}/who/")]

    ways = [
        re.findall(r'<a href="([^"]+)" aria-current="page"', page.content.decode())
        for page in pages
    ]
    assert ways == [[marked], ["/people/"]]
