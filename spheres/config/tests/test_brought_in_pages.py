"""What does the coordination see of a list of past trainings, from its model to its end?"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import service
from spheres.training.attestations.models import Attestation
from spheres.training.attestations.tests.factories import teach
from spheres.training.brought_in import actions, queries
from spheres.training.brought_in.columns import COLUMNS, places_of
from spheres.training.brought_in.models import PastList
from spheres.training.brought_in.tests.factories import MIREILLE, listed
from tests.cast import MONDAY, Cast, acting
from tests.pages import Page, signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db
HERE = "/training/past/"
SERVICE = service("past_trainings")
HERS = "Quelqu’un d’autre"


@pytest.fixture
def taught(cast: Cast) -> Iterator[Cast]:
    teach()
    with demo_words():
        yield cast


def ask(who: Any, path: str = HERE, *, at: Any = MONDAY, language: str = "fr") -> Any:
    with clock.at(at):
        return signed_in(who, at=at, language=language).get(path)


def send(who: Any, content: bytes, name: str = "liste.csv") -> Any:
    with clock.at(MONDAY):
        client = signed_in(who)
        number = Page(client.get(HERE).content.decode()).fields["form_id"]
        return client.post(HERE, {"form_id": number, "sent": SimpleUploadedFile(name, content)})


def post(who: Any, path: str, *, at: Any = MONDAY, **said: str) -> Any:
    with clock.at(at):
        client = signed_in(who, at=at)
        number = Page(client.get(path).content.decode()).fields.get("form_id", "")
        return client.post(path, {"form_id": number} | said)


def press(who: Any, path: str, *, at: Any = MONDAY) -> Any:
    with clock.at(at):
        return signed_in(who, at=at).post(path)


def words(page: Any) -> str:
    found = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).replace("\u00a0", " ").split())


def one(cast: Cast) -> str:
    with acting(cast.louise):
        return f"{HERE}{PastList.objects.get().pk}/"


def work(cast: Cast) -> None:
    with acting(cast.louise):
        which = PastList.objects.get().pk
    more = True
    while more:
        with acting(SERVICE):
            more = actions.go_on(which, by=SERVICE, at=MONDAY)


def cells_of(answer: Any) -> list[list[str]]:
    text = answer.content.decode().removeprefix("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_a_list_goes_from_its_model_to_what_it_adds_and_back(taught: Cast) -> None:
    louise = taught.louise
    sent = send(louise, listed(MIREILLE))
    looked = ask(louise, sent["Location"])
    brought = post(louise, one(taught))
    moving = ask(louise, one(taught))
    work(taught)
    done = ask(louise, one(taught))
    undone = press(louise, f"{one(taught)}undo/")
    work(taught)
    over = ask(louise, one(taught))

    assert [answer.status_code for answer in (sent, looked, brought, undone)] == [
        302, 200, 302, 302,
    ]  # fmt: skip
    assert "1 formation est ajoutée" in words(looked)
    assert "Rien n’est encore ajouté." in words(looked)
    assert (moving["Refresh"], "0 sur 1" in words(moving)) == ("4", True)
    assert "1 formation a été ajoutée." in words(done)
    assert "Refresh" not in done
    assert "La liste peut être envoyée de nouveau." in words(over)
    with acting(louise):
        assert not Attestation.objects.exists()


def test_what_is_wrong_is_shown_and_kept_by_line_and_column_without_the_list(
    taught: Cast,
) -> None:
    wrong = MIREILLE.replace("2024-03-12", "31-02-2024").replace("Mireille Fortin", HERS)
    send(taught.louise, listed(MIREILLE, wrong))
    looked = ask(taught.louise, one(taught))
    kept = ask(taught.louise, f"{one(taught)}faults/")

    assert "Ligne 3, Date · Ce jour n’existe dans aucun calendrier." in words(looked)
    assert HERS not in words(looked)
    assert cells_of(kept) == [
        ["Ligne", "Colonne", "Ce qui ne va pas"],
        ["3", "Date", "Ce jour n’existe dans aucun calendrier."],
    ]
    assert kept["Content-Disposition"] == 'attachment; filename="a-corriger.csv"'


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_empty_model_is_a_list_that_is_understood(taught: Cast, language: str) -> None:
    kept = ask(taught.louise, f"{HERE}model/", language=language)
    text = kept.content.decode().removeprefix("\ufeff").strip()
    header = text.split("," if language == "en" else ";")

    assert places_of([*header]) == {one.code: place for place, one in enumerate(COLUMNS)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in header)


def test_a_list_that_is_none_is_refused_beside_its_field(taught: Cast) -> None:
    refused = send(taught.louise, b"")
    strange = send(taught.louise, b"%PDF-1.7")

    assert (refused.status_code, strange.status_code) == (422, 422)
    assert "Cette liste est vide" in words(refused)
    assert "ni une liste à séparateurs" in words(strange)


def test_what_is_in_doubt_is_asked_before_anything_is_added(taught: Cast) -> None:
    here = MIREILLE.replace("mfortin@rives.example", "").replace("2024-03-12", "02/03/24")
    send(taught.louise, listed(here, here.replace("des Rives", "des Lacs")))
    looked = ask(taught.louise, one(taught))
    silent = post(taught.louise, one(taught))
    said = post(taught.louise, one(taught), days="day")

    assert "2 dates se lisent de deux façons, par exemple 02/03/2024." in words(looked)
    assert "Mireille Fortin · École des Rives · École des Lacs" in words(looked)
    assert (silent.status_code, said.status_code) == (422, 302)


def test_what_has_stopped_is_taken_up_by_whoever_waits(taught: Cast) -> None:
    send(taught.louise, listed(MIREILLE))
    post(taught.louise, one(taught))
    later = MONDAY + timedelta(minutes=5)
    early = press(taught.louise, f"{one(taught)}again/")
    waiting = ask(taught.louise, one(taught), at=later)
    again = press(taught.louise, f"{one(taught)}again/", at=later)

    assert (early.status_code, again.status_code) == (403, 302)
    assert "Rien n’a été écrit depuis une minute." in words(waiting)
    assert "Refresh" not in waiting


def test_a_list_is_set_aside(taught: Cast) -> None:
    send(taught.louise, listed(MIREILLE))
    done = press(taught.louise, f"{one(taught)}aside/")

    assert done["Location"] == HERE
    assert "Elle a été mise de côté" in words(ask(taught.louise, one(taught)))
    assert "Aucune liste pour l’instant" in words(ask(taught.louise))


def test_it_is_for_the_coordination_alone(taught: Cast) -> None:
    send(taught.louise, listed(MIREILLE))
    pages = (HERE, f"{HERE}model/", one(taught), f"{one(taught)}faults/")

    for who in (taught.ines, taught.karim, taught.samir):
        assert {ask(who, page).status_code for page in pages} == {403}
    assert ask(taught.louise, f"{HERE}{taught.ines.user_id}/").status_code == 404


@pytest.mark.parametrize("stage", ["READ", "BRINGING", "BROUGHT"])
def test_pages_are_said_in_both_languages_and_cost_the_same(taught: Cast, stage: str) -> None:
    with untranslated() as missing:
        ask(taught.louise)
        send(taught.louise, listed(*(MIREILLE.replace("-12", f"-{day}") for day in (11, 12)), "x"))
        if stage != "READ":
            post(taught.louise, one(taught))
        if stage == "BROUGHT":
            work(taught)
        for language in ("fr", "en"):
            ask(taught.louise, one(taught), language=language)
            ask(taught.louise, language=language)
            ask(taught.louise, f"{one(taught)}faults/", language=language)

    assert missing == set()


def cost(cast: Cast, path: str) -> int:
    with clock.at(MONDAY):
        client = signed_in(cast.louise)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
    return len(captured)


def test_a_page_costs_the_same_for_one_line_and_for_three(taught: Cast) -> None:
    send(taught.louise, listed(MIREILLE))
    first = (cost(taught, HERE), cost(taught, one(taught)))
    path = one(taught)
    send(taught.louise, listed(*(MIREILLE.replace("-12", f"-{day}") for day in (13, 14, 15))))
    with acting(taught.louise):
        newest = queries.lists(actor=taught.louise)
    other = next(f"{HERE}{row.pk}/" for row in newest if f"{HERE}{row.pk}/" != path)

    assert (cost(taught, HERE), cost(taught, other)) == first
