"""Does she answer from her notebook in a minute, and does whoever runs a round see it through?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.portal.advisory.actions import Heard
from spheres.portal.advisory.models import Round
from spheres.portal.advisory.tests.factories import OVER, eight_give, open_round, settled
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from tests.cast import MONDAY, Cast, acting
from tests.pages import Page, learn_french, signed_in

learn_french()
HERS = "/n/90/"


@pytest.fixture
def inside(cast: Cast) -> Client:
    """Maya’s telephone, in her notebook."""
    confirm_contact(cast)
    open_notebook(cast, "PRACTICAL", frozenset())
    give_code(cast)
    client = telephone("en")
    come_in(client)
    return client


def text(client: Client, path: str, at=MONDAY) -> str:
    with clock.at(at):
        page = Page(client.get(path).content.decode())
    return " ".join(" ".join(words for words, _box in page.texts).split())


def post(client: Client, path: str, at=MONDAY, **said: str):
    with clock.at(at):
        form = Page(client.get(path).content.decode())
        return client.post(path, {"form_id": form.fields["form_id"], **said})


def test_she_answers_once_from_her_notebook_and_is_thanked(cast: Cast, inside: Client) -> None:
    open_round(cast)
    asked = text(inside, HERS)

    given = post(inside, HERS, LISTENED="YES", SAFE="NO", words="Plus de soirs")
    after = text(inside, HERS)
    with clock.at(MONDAY):
        again = inside.post(HERS, {"LISTENED": "NO"})

    assert "Nobody knows that it is you" in asked
    assert (given.status_code, given["Location"]) == (302, HERS)
    assert "Thank you, it is given." in after
    assert "Plus de soirs" not in after
    assert again.status_code == 302


def test_everything_skipped_is_no_answer_and_she_is_told(cast: Cast, inside: Client) -> None:
    open_round(cast)

    refused = post(inside, HERS)

    assert refused.status_code == 422
    assert "Nothing is chosen yet." in refused.content.decode()
    assert "Nobody knows that it is you" in text(inside, HERS)


def test_a_face_that_does_not_exist_is_refused(cast: Cast, inside: Client) -> None:
    open_round(cast)

    assert post(inside, HERS, LISTENED="WONDERFUL").status_code == 422


def test_without_a_round_her_page_says_so(cast: Cast, inside: Client) -> None:
    assert "Nothing is asked right now" in text(inside, HERS)


def test_her_worker_and_the_coordination_see_no_number_before_the_end(cast: Cast) -> None:
    of = open_round(cast)
    before = text(signed_in(cast.louise, language="en"), "/advisory/")
    eight_give(cast, of)

    assert text(signed_in(cast.louise, language="en"), "/advisory/") == before


def test_louise_sees_a_round_through(cast: Cast) -> None:
    louise = signed_in(cast.louise, language="en")
    opened = post(louise, "/advisory/", last_day_day="20", last_day_month="3",
                  last_day_year=str(MONDAY.year))  # fmt: skip
    with acting(cast.louise):
        of = Round.objects.get()
    eight_give(cast, of, words="Merci")
    over = of.ends_at
    louise = signed_in(cast.louise, language="en", at=over)
    with clock.at(over):
        form = Page(louise.get("/advisory/").content.decode())
        louise.post("/advisory/count/", {"form_id": form.fields["form_id"]})
    sentences = text(louise, "/advisory/settle/", over)
    line = {"0-said_fr": "Plus de soirs.", "0-changed_fr": "On ouvre le jeudi soir."}
    settled = post(louise, "/advisory/settle/", over, **line)
    shown = text(louise, "/advisory/", over)

    assert opened.status_code == 302
    assert all(f"Merci {place}" in sentences for place in range(8))
    assert settled.status_code == 302
    assert "Plus de soirs." in shown
    assert "Merci" not in shown


def test_a_line_without_what_becomes_of_it_is_refused_and_nothing_typed_is_lost(
    cast: Cast,
) -> None:
    of = open_round(cast)
    eight_give(cast, of)
    louise = signed_in(cast.louise, language="en", at=OVER)
    with clock.at(OVER):
        form = Page(louise.get("/advisory/").content.decode())
        louise.post("/advisory/count/", {"form_id": form.fields["form_id"]})

    refused = post(louise, "/advisory/settle/", OVER, **{"0-said_fr": "Plus de soirs."})

    assert refused.status_code == 422
    assert "go together" in refused.content.decode()
    assert "Plus de soirs." in refused.content.decode()


def test_ines_types_in_an_envelope_and_never_a_thin_one(cast: Cast) -> None:
    open_round(cast)
    ines = signed_in(cast.ines, language="en")
    thin = post(ines, "/advisory/envelope/", sheets="3")
    going_on = post(ines, "/advisory/envelope/", sheets="8")
    typed = {f"{n}-LISTENED": "YES" for n in range(8)}
    kept = post(ines, going_on["Location"], **typed)

    assert thin.status_code == 422
    assert "could tell who wrote them" in thin.content.decode()
    assert going_on["Location"] == "/advisory/envelope/?sheets=8"
    assert (kept.status_code, kept["Location"]) == (302, "/advisory/")


def test_a_sheet_that_says_nothing_is_told_of_and_nothing_typed_is_lost(cast: Cast) -> None:
    open_round(cast)
    ines = signed_in(cast.ines, language="en")
    typed = {f"{n}-LISTENED": "YES" for n in range(4)} | {"0-words": "Merci"}

    refused = post(ines, "/advisory/envelope/?sheets=5", **typed)

    assert refused.status_code == 422
    assert "Sheet 5 says nothing: it is not counted." in refused.content.decode()
    assert "Merci" in refused.content.decode()


def test_whoever_counts_is_led_to_no_envelope(cast: Cast) -> None:
    open_round(cast)
    louise, ines = (signed_in(who, language="en") for who in (cast.louise, cast.ines))

    assert "Type in an envelope" not in text(louise, "/advisory/")
    assert "Type in an envelope" in text(ines, "/advisory/")
    with clock.at(MONDAY):
        assert louise.get("/advisory/envelope/").status_code == 403


def test_a_blank_sheet_names_nobody(cast: Cast) -> None:
    open_round(cast)

    sheet = text(signed_in(cast.ines, language="en"), "/advisory/sheet/")

    assert "People listen to me." in sheet
    assert "Nobody knows that it is you." in sheet
    assert "Maison" not in sheet


@pytest.mark.parametrize("name", ["page", "sheet", "envelope", "settle"])
def test_the_police_and_who_keeps_accounts_see_none_of_it(cast: Cast, name: str) -> None:
    open_round(cast)
    for who in (cast.karim, cast.nadia):
        with clock.at(MONDAY):
            assert signed_in(who).get(reverse(f"advisory:{name}")).status_code in {403, 404}


@pytest.mark.parametrize("rows", [1, 3])
def test_her_page_costs_the_same(
    cast: Cast, inside: Client, rows: int, django_assert_num_queries
) -> None:
    for place in range(rows):
        before = MONDAY - timedelta(days=30 * (place + 1))
        of = open_round(cast, f"before {place}", at=before)
        eight_give(cast, of, at=before)
        settled(cast, of, [Heard("Plus de soirs.", "On ouvre le jeudi.")] * rows)
    open_round(cast)
    text(inside, HERS)

    with clock.at(MONDAY), django_assert_num_queries(8):
        inside.get(HERS)
