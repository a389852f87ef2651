"""What does her worker see of her notebook, and do with her?"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from spheres.core import clock
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    herself,
    note_unsafe,
    open_notebook,
    telephone,
)
from spheres.sharing.models import Notebook
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()


def place(cast: Cast, what: str = "") -> str:
    return f"/files/{cast.maya.file_id}/notebook/{what}"


def main_of(client: Client, address: str) -> str:
    with clock.at(MONDAY):
        page = client.get(address)
    return re.sub(r"\s+", " ", page.content.decode().partition("<main")[2].partition("</main")[0])


def send(client: Client, address: str, form, **typed):  # type: ignore[no-untyped-def]
    with clock.at(MONDAY):
        return client.post(address, {"form_id": form.signed_id, **typed})


def test_the_page_says_what_to_do_first_when_it_cannot_open(cast: Cast) -> None:
    said = main_of(signed_in(cast.ines), place(cast))

    assert "Il n’a jamais été ouvert." in said
    assert "Parlez d’abord ensemble de la façon sûre de la joindre" in said
    assert 'name="level"' not in said


def test_her_worker_opens_it_with_her_gives_the_code_and_she_comes_in(cast: Cast) -> None:
    confirm_contact(cast)
    ines = signed_in(cast.ines)
    with clock.at(MONDAY):
        form = ines.get(place(cast)).context["form"]
    opened = send(ines, place(cast, "open/"), form, level="READ", kinds=["words"], agreed="HERSELF")
    with clock.at(MONDAY):
        form = ines.get(place(cast, "code/")).context["form"]
    paper = send(ines, place(cast, "code/"), form, pin="730194", again="730194")
    again = send(ines, place(cast, "code/"), form, pin="730194", again="730194")
    code = re.search(r"data-spheres-code>([^<]+)<", paper.content.decode())[1]

    inside = come_in(telephone(), code, "730194")

    assert opened.headers["Location"] == place(cast, "code/")
    assert re.fullmatch(r"\d{3} \d{3}-\d{4}, poste \d{6}", code)
    assert (again.status_code, again.headers["Location"]) == (302, place(cast))
    assert inside.status_code == 302


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("123456", "123456", "parmi les premiers"),
        ("730194", "730195", "ne sont pas pareils"),
        ("7301", "7301", "de 6 à 12 chiffres"),
    ],
)
def test_a_pin_that_will_not_do_is_refused_and_never_shown_again(
    cast: Cast, pin: str, again: str, said: str
) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    ines = signed_in(cast.ines)
    with clock.at(MONDAY):
        form = ines.get(place(cast, "code/")).context["form"]

    refused = send(ines, place(cast, "code/"), form, pin=pin, again=again)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert said in page
    assert pin not in page.replace("123456. Après", "")


def test_the_page_never_says_when_she_was_there(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    before = main_of(signed_in(cast.ines), place(cast))
    come_in(telephone())

    after = main_of(signed_in(cast.ines), place(cast))
    with clock.at(MONDAY):
        journal = signed_in(cast.ines).get(f"/files/{cast.maya.file_id}/who/").content.decode()

    tokens = r'(name="(form_id|csrfmiddlewaretoken)" value="[^"]+"|id="[^"]+"|for="[^"]+")'
    assert re.sub(tokens, "", before) == re.sub(tokens, "", after)
    assert "a ouvert ton carnet avec toi" in journal
    assert "entrée dans le carnet" not in journal
    with acting(cast.ines):
        assert str(herself(cast).user_id) not in journal


def test_closed_by_itself_the_page_says_why_and_offers_nothing(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    note_unsafe(cast)

    said = main_of(signed_in(cast.ines), place(cast))

    assert "Il s’est fermé de lui-même" in said
    assert 'name="level"' not in said
    assert "carnet reste fermé jusqu’à ce qu’elle dise le contraire" in said


def test_her_worker_closes_it(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    ines = signed_in(cast.ines)
    with clock.at(MONDAY):
        form = ines.get(place(cast)).context["close_form"]

    closed = send(ines, place(cast, "close/"), form)

    assert closed.headers["Location"] == place(cast)
    assert "Fermé depuis" in main_of(ines, place(cast))
    with acting(cast.ines):
        assert Notebook.objects.get().ended_by == cast.ines.user_id


@pytest.mark.parametrize("who", ["yanick", "karim", "louise", "samir", "nadia", "roy"])
def test_whoever_does_not_walk_with_her_finds_no_notebook(cast: Cast, who: str) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    client = signed_in(getattr(cast, who))

    with clock.at(MONDAY):
        answers = {client.get(place(cast, what)).status_code for what in ("", "code/")}

    assert answers == {404}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_often_it_was_opened(
    cast: Cast, rows: int, django_assert_num_queries
) -> None:
    confirm_contact(cast)
    for _ in range(rows):
        open_notebook(cast)
    ines = signed_in(cast.ines)

    with clock.at(MONDAY), django_assert_num_queries(8):
        ines.get(place(cast))
