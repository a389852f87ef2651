"""Does paper show what her say shows, and no more?"""

from __future__ import annotations

import io

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.consents.tests.factories import share
from spheres.portal.my_say.tests.factories import born_on, get, her_notebook
from spheres.portal.my_say.tests.test_asking import asked_page
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
FOUR = ["Qui peut voir mon dossier", "Ce que je partage", "Ce qui a été dit", "Qui l’a ouvert"]


def printed(cast: Cast, language: str = "fr") -> HttpResponse:
    ines = signed_in(cast.ines, language=language)
    with clock.at(MONDAY):
        form_id = ines.get(asked_page(cast)).context["paper_form"].signed_id
        return ines.post(f"{asked_page(cast)}paper/", {"form_id": form_id})  # type: ignore[return-value]


def text_of(answer: HttpResponse) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_one_button_prints_what_each_of_her_pages_shows(cast: Cast) -> None:
    share(cast, user_id=cast.samir.user_id)

    answer = printed(cast)
    text = text_of(answer)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="pages.pdf"'
    assert [title for title in FOUR if title in text] == FOUR
    assert "Inès" in text
    assert "Samir" in text
    assert "Maya" not in text


def test_before_14_it_holds_what_she_shares_alone(cast: Cast) -> None:
    her_notebook(cast)
    born_on(cast, "2013-05-04")

    text = text_of(printed(cast))

    assert [title for title in FOUR if title in text] == [FOUR[1]]


def test_that_it_left_on_paper_is_in_her_journal(cast: Cast) -> None:
    printed(cast, "en")

    with acting(cast.ines):
        assert Event.objects.filter(action="my_say.on_paper").count() == 1


@pytest.mark.parametrize("who", ["louise", "karim", "samir", "roy", "nadia"])
def test_nobody_else_prints_it(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))

    with clock.at(MONDAY):
        found = client.post(f"{asked_page(cast)}paper/", {"form_id": ""})

    assert (found.status_code, get(client, asked_page(cast)).status_code) == (404, 404)
