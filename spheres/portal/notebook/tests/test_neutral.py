"""Does every page of her notebook, whatever folder brings it, bear a title and a mark that say
nothing?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from spheres.core import clock
from spheres.portal.advisory.tests.factories import open_round
from spheres.portal.my_say.tests.factories import PROVEN, past_pin
from spheres.portal.notebook.tests.factories import (
    EVERYTHING,
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from spheres.portal.notebook.tests.test_inside import how_was_today
from spheres.portal.own_pages.tests.factories import first_page, write_first
from tests.cast import MONDAY, Cast
from tests.pages import learn_french

learn_french()
# One press leads elsewhere from there: no page stands under these.
LEADING = {"n/3/", "n/9/"}


def routes(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in found:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        else:
            yield route


def of_her_notebook() -> list[str]:
    """Every address of hers that the youth site knows."""
    known = routes(get_resolver("spheres.config.urls_youth").url_patterns)
    return sorted({route for route in known if route.startswith("n/")})


@pytest.fixture
def client(cast: Cast) -> Client:
    """Everything is open to her; a page of her own is written, a round is open."""
    confirm_contact(cast)
    open_notebook(cast, kinds=EVERYTHING | {"say"})
    give_code(cast)
    open_round(cast)
    found = telephone()
    come_in(found)
    write_first(found)
    return found


def addresses(client: Client) -> list[str]:
    """Each with something of hers in the place of what it names."""
    named = {
        "<uuid:exercise_id>": str(how_was_today()),
        "<uuid:own_page_id>": str(first_page(client).pk),
        "<int:number>": "5",
    }
    found = [route for route in of_her_notebook() if route not in LEADING]
    for argument, value in named.items():
        found = [route.replace(argument, value) for route in found]
    return [f"/{route}" for route in found]


def bears(page: str) -> tuple[list[str], list[str]]:
    """Its title and its marks, however many."""
    return re.findall(r"<title>(.*?)</title>", page), re.findall(
        r'<link rel="[^"]*icon[^>]*>', page
    )


def test_each_page_of_hers_bears_one_title_and_one_mark_that_say_nothing(client: Client) -> None:
    with clock.at(MONDAY):
        mark = bears(telephone().get("/e/limites").content.decode())[1]
        asked = {address: client.get(address) for address in addresses(client)}
    proven = {f"{address}, proven": past_pin(client, address) for address in PROVEN}

    assert len(mark) == 1
    assert {address: page.status_code for address, page in asked.items()} == dict.fromkeys(
        asked, 200
    )
    found = {name: bears(page.content.decode()) for name, page in (asked | proven).items()}
    assert found == dict.fromkeys(found, (["Page"], mark))


def test_what_is_not_there_bears_it_too(client: Client) -> None:
    with clock.at(MONDAY):
        answer = client.get(f"/n/10/{uuid4()}/")
    page = answer.content.decode()

    assert answer.status_code == 404
    assert not re.search("carnet|sphères", bears(page)[0][0], re.IGNORECASE)


def test_the_mark_itself_says_nothing(client: Client) -> None:
    path = finders.find("ui/mark.svg")
    assert isinstance(path, str)
    with open(path) as mark:
        drawn = mark.read()

    assert re.findall(r"<(title|desc|text|metadata)\b", drawn) == []
    assert not re.search("sph[eè]re|carnet|notebook", drawn, re.IGNORECASE)


def test_no_address_of_hers_says_what_it_is() -> None:
    assert len(of_her_notebook()) >= 30
    assert [
        one for one in of_her_notebook() if re.search("[a-z]{2,}", re.sub("<[^>]*>", "", one))
    ] == []
