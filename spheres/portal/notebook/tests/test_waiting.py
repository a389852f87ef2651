"""Does her first screen say that an answer waits, in neutral words, until she has read it?"""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from spheres.core import clock
from spheres.portal.my_say import actions as my_say
from spheres.portal.my_say import queries as asking
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from spheres.portal.notebook.tests.test_inside import page, send
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french

learn_french()


@pytest.fixture
def client(cast: Cast) -> Client:
    """Her telephone, at the level where the least opens."""
    confirm_contact(cast)
    open_notebook(cast, "PRACTICAL", frozenset())
    give_code(cast)
    found = telephone()
    come_in(found)
    return found


def leaves(client: Client, words: str) -> None:
    send(client, "/n/11/", "form", "/n/11/", words=words)


def asks_for_a_copy(client: Client) -> None:
    send(client, "/n/46/5/", "form", "/n/46/5/", words="Sans logo.")


def answered(cast: Cast, words: str) -> UUID:
    """Her worker answers every word that waits."""
    file_id, by = cast.maya.file_id, cast.ines
    with acting(by):
        for word in queries.words_of_file(file_id, actor=by):
            actions.answer(word, uuid4(), words, by=by, at=MONDAY)
    return file_id


def taken_up(cast: Cast, stands: str = "TAKEN_UP") -> None:
    with acting(cast.ines):
        for ask in asking.asked(cast.maya.file_id, actor=cast.ines):
            my_say.answer(ask, uuid4(), stands, "Je la prépare.", by=cast.ines, at=MONDAY)


def said(client: Client) -> list[str]:
    shown = re.findall(r'<p class="lead"><a href="([^"]+)">([^<]+)</a>', page(client, "/n/1/"))
    return [f"{address} {words}" for address, words in shown]


def test_nothing_is_said_while_nothing_is_answered(client: Client) -> None:
    leaves(client, "Je serai en retard.")
    asks_for_a_copy(client)

    assert said(client) == []


def test_an_answer_waits_until_it_is_read(cast: Cast, client: Client) -> None:
    leaves(client, "Je serai en retard.")
    answered(cast, "Pas de souci.")

    assert said(client) == ["/n/11/ 1 réponse attend\xa0: ce que j’ai laissé"]
    assert "Pas de souci." not in page(client, "/n/1/")
    page(client, "/n/11/")
    assert said(client) == []


def test_read_without_a_word_it_waits_too(cast: Cast, client: Client) -> None:
    leaves(client, "Je serai en retard.")
    answered(cast, "")

    assert said(client) == ["/n/11/ 1 réponse attend\xa0: ce que j’ai laissé"]


def test_what_she_asked_is_told_apart(cast: Cast, client: Client) -> None:
    leaves(client, "Je serai en retard.")
    leaves(client, "Finalement, non.")
    asks_for_a_copy(client)
    answered(cast, "Pas de souci.")
    taken_up(cast)

    both = said(client)
    page(client, "/n/47/")

    assert both == [
        "/n/11/ 2 réponses attendent\xa0: ce que j’ai laissé",
        "/n/47/ 1 réponse attend\xa0: ce que j’ai demandé",
    ]
    assert said(client) == both[:1]


def test_settled_after_it_was_read_it_waits_again(cast: Cast, client: Client) -> None:
    asks_for_a_copy(client)
    taken_up(cast)
    page(client, "/n/47/")

    taken_up(cast, "DONE")

    assert said(client) == ["/n/47/ 1 réponse attend\xa0: ce que j’ai demandé"]


def test_that_her_worker_read_it_again_changes_nothing(cast: Cast, client: Client) -> None:
    leaves(client, "Je serai en retard.")
    file_id = answered(cast, "Pas de souci.")
    with acting(cast.ines):
        [word] = queries.words_of_file(file_id, actor=cast.ines)
        queries.vault.open([word, word.reply], by=cast.ines)

    assert said(client) == ["/n/11/ 1 réponse attend\xa0: ce que j’ai laissé"]


@pytest.mark.parametrize("answers", [1, 3])
def test_the_first_screen_costs_the_same_however_many_wait(
    cast: Cast, client: Client, answers: int, django_assert_num_queries
) -> None:
    for number in range(answers):
        leaves(client, f"Mot {number}")
    answered(cast, "Pas de souci.")

    with clock.at(MONDAY), django_assert_num_queries(9):
        client.get("/n/1/")
