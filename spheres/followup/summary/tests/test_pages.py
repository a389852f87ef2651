"""What does Inès see of Maya's page, print, and find when somebody wrote at the same time?"""

from __future__ import annotations

import pytest
from django.test import Client

from spheres.core import clock
from spheres.followup.summary import actions
from spheres.followup.summary.actions import Said
from spheres.followup.summary.forms import LineForm, RemoveForm
from spheres.followup.summary.models import Line
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

HERS = "Quand je me tais, attends."
WORKERS = "Le matin est plus facile."


def write(cast: Cast, which: str, text: str, *, on: int, whose: str = Line.Whose.HERS) -> str:
    said = Said(uuid_of(which), on, text, whose, "talk")
    with acting(cast.ines):
        actions.add(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
    return str(said.id)


def address(cast: Cast, rest: str = "") -> str:
    return f"/files/{cast.maya.file_id}/summary/{rest}"


def typed(which: str, text: str, *, on: int) -> dict[str, str]:
    form = LineForm(record_id=uuid_of(which))
    return {
        "form_id": form.signed_id, "on": str(on), "text": text, "whose": "hers", "heading": "helps",
    }  # fmt: skip


def send(client: Client, url: str, said: dict[str, str]) -> tuple[int, str]:
    with clock.at(MONDAY):
        answer = client.post(url, said)
    return answer.status_code, answer.content.decode()


def read(client: Client, url: str) -> str:
    with clock.at(MONDAY):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_her_page_stands_in_the_file_after_her_words(cast: Cast) -> None:
    write(cast, "first", HERS, on=0)
    write(cast, "second", WORKERS, on=1, whose=Line.Whose.WORKERS)

    file = read(signed_in(cast.ines), f"/files/{cast.maya.file_id}/")

    places = [
        file.index(words)
        for words in ("Dans ses mots", "pour m’aider", HERS, WORKERS, "Ce qui s’est passé")
    ]
    assert places == sorted(places)
    assert "mots de l’intervenant" in file[file.index(WORKERS) : file.index("Ce qui s’est passé")]


def test_a_line_is_added_once_however_often_it_is_sent(cast: Cast) -> None:
    client = signed_in(cast.ines)
    said = typed("sent", HERS, on=0)

    answers = [send(client, address(cast, "new/"), said)[0] for _ in range(2)]

    assert answers == [302, 302]
    assert read(client, address(cast)).count(HERS) == 1


def test_whoever_comes_second_sees_both_texts_and_keeps_both(cast: Cast) -> None:
    client = signed_in(cast.ines)
    late = typed("late", "Ma tante Rose.", on=0)
    write(cast, "first", HERS, on=0)

    status, page = send(client, address(cast, "new/"), late)
    again = send(client, address(cast, "new/"), late | {"on": "1"})[0]

    assert (status, HERS in page, "Ma tante Rose." in page) == (409, True, True)
    assert 'name="on" value="1"' in page
    assert again == 302
    both = read(client, address(cast))
    assert (both.count(HERS), both.count("Ma tante Rose.")) == (1, 1)


def test_a_line_that_was_taken_off_meanwhile_can_be_added_again(cast: Cast) -> None:
    client = signed_in(cast.ines)
    line = write(cast, "first", HERS, on=0)
    remove = {"form_id": RemoveForm(record_id=uuid_of("off")).signed_id}
    assert send(client, address(cast, f"lines/{line}/off/"), remove)[0] == 302

    status, page = send(client, address(cast, f"lines/{line}/"), typed("late", "Attends.", on=1))

    assert (status, "Attends." in page, f'action="{address(cast, "new/")}"' in page) == (
        409,
        True,
        True,
    )


def test_what_is_too_long_is_said_and_still_there(cast: Cast) -> None:
    status, page = send(signed_in(cast.ines), address(cast, "new/"), typed("long", "x" * 201, on=0))

    assert (status, "x" * 201 in page, "error-summary" in page) == (422, True, True)


def test_a_name_is_looked_at_once_more(cast: Cast) -> None:
    client = signed_in(cast.ines)
    said = typed("named", "Appelle Julie Tremblay au 514 555-0123.", on=0)

    assert send(client, address(cast, "new/"), said)[0] == 422
    assert send(client, address(cast, "new/"), said | {"looked_again": "yes"})[0] == 302


def test_a_press_that_did_not_come_from_the_page_takes_nothing_off(cast: Cast) -> None:
    line = write(cast, "first", HERS, on=0)
    client = signed_in(cast.ines)

    status, page = send(client, address(cast, f"lines/{line}/off/"), {})

    assert (status, HERS in page) == (422, True)


def test_what_is_taken_off_is_read_in_the_pages_before_only(cast: Cast) -> None:
    line = write(cast, "first", HERS, on=0)
    client = signed_in(cast.ines)
    remove = {"form_id": RemoveForm(record_id=uuid_of("off")).signed_id}

    assert send(client, address(cast, f"lines/{line}/off/"), remove)[0] == 302

    assert HERS not in read(client, address(cast))
    assert "a retiré une ligne" in read(client, address(cast, "versions/"))
    assert HERS in read(client, address(cast, f"versions/{line}/"))
    assert HERS not in read(client, address(cast, f"versions/{uuid_of('off')}/"))


def test_paper_names_the_programme_only_when_she_wants_it(cast: Cast) -> None:
    write(cast, "first", HERS, on=0)
    client = signed_in(cast.ines)

    pages = [read(client, address(cast, rest)) for rest in ("", "?programme=yes")]

    assert ['<p class="print-only">' in page for page in pages] == [False, True]


@pytest.mark.parametrize("rest", ["", "new/", "versions/"])
def test_a_stranger_finds_no_page(cast: Cast, rest: str) -> None:
    write(cast, "first", HERS, on=0)

    with clock.at(MONDAY):
        answer = signed_in(cast.samir).get(address(cast, rest))

    assert (answer.status_code, HERS in answer.content.decode()) == (404, False)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    line = write(cast, "first", HERS, on=0)
    write(cast, "second", WORKERS, on=1, whose=Line.Whose.WORKERS)
    client = signed_in(cast.ines, language=language)

    with untranslated() as missing:
        for rest in ("", "new/", f"lines/{line}/", "versions/", f"versions/{line}/"):
            read(client, address(cast, rest))
        send(client, address(cast, "new/"), typed("late", "Ma tante Rose.", on=0))
    assert missing == set()
