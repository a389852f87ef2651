"""Does one paper hold all that her notebook could show, open or not, and nothing else?"""

from __future__ import annotations

import io
from datetime import datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.consents.tests.factories import share
from spheres.followup.exercises import actions as exercises
from spheres.followup.exercises.models import Pen
from spheres.portal.my_say import actions as my_say
from spheres.portal.my_say import queries as asking
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    herself,
    note_unsafe,
    open_notebook,
    telephone,
)
from spheres.portal.notebook.tests.test_inside import how_was_today, send, written_with_her
from spheres.sharing.rules import PLAN
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
TITLES = [
    "Mes prochains rendez-vous", "Ma page", "Mes rêves, mes objectifs et mes petits pas",
    "Les pages que j’ai remplies", "Mon filet de sécurité", "Les mots que j’ai laissés",
    "Où en sont mes demandes", "Qui peut voir mon dossier", "Ce que je partage",
    "Ce qui a été dit de moi", "Qui l’a ouvert",
]  # fmt: skip


def place(cast: Cast, what: str = "") -> str:
    return f"/files/{cast.maya.file_id}/notebook/{what}"


def printed(cast: Cast, *without: str, language: str = "fr", at: datetime = MONDAY) -> HttpResponse:
    ines = signed_in(cast.ines, at=at, language=language)
    with clock.at(at):
        form_id = ines.get(place(cast)).context["paper_form"].signed_id
        typed = {"form_id": form_id, "leave_out": list(without)}
        return ines.post(place(cast, "paper/"), typed)  # type: ignore[return-value]


def text_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def filled_in(cast: Cast, words: str, pen: str = Pen.HERSELF) -> None:
    written = exercises.Written(uuid4(), how_was_today(), MONDAY, pen=pen, her_words=words)
    with acting(cast.ines):
        exercises.sign(PLAN, cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def used(cast: Cast) -> None:
    """She came in, left a word and asked for a copy; both were answered."""
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    client = telephone()
    come_in(client)
    send(client, "/n/11/", "form", "/n/11/", words="Je serai en retard.")
    send(client, "/n/46/5/", "form", "/n/46/5/", words="Sans logo.")
    file_id, by = cast.maya.file_id, cast.ines
    with acting(by):
        [word] = queries.words_of_file(file_id, actor=by)
        actions.answer(word, uuid4(), "Pas de souci.", by=by, at=MONDAY)
        [ask] = asking.asked(file_id, actor=by)
        my_say.answer(ask, uuid4(), "TAKEN_UP", "Je la prépare.", by=by, at=MONDAY)


def test_one_press_gives_all_that_she_could_read(cast: Cast) -> None:
    written_with_her(cast)
    used(cast)
    filled_in(cast, "Ça allait, dans l’autobus.")
    filled_in(cast, "À deux, c’est mieux.", Pen.TOGETHER)
    filled_in(cast, "VU PAR INÈS", Pen.WORKER)
    share(cast, user_id=cast.samir.user_id)

    answer = printed(cast)
    text = text_of(answer)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="pages.pdf"'
    assert [title for title in TITLES if title in text] == TITLES
    for said in (
        "3 mars", "Ne ferme pas la porte.", "Revoir la mer.", "Appeler ma sœur.", "Ma tante",
        "Ça allait, dans l’autobus.", "À deux, c’est mieux.", "Je serai en retard.",
        "Pas de souci.", "Je la prépare.", "Samir",
    ):  # fmt: skip
        assert said in text, said
    for never in ("OBSERVÉ", "QUELQU’UN D’AVANT", "GRAND CHÊNE", "VU PAR INÈS", "Sans logo.",
                  "J’ai dormi", "Maya"):  # fmt: skip
        assert never not in text, never


def test_whoever_never_had_a_notebook_has_the_same_paper(cast: Cast) -> None:
    written_with_her(cast)
    filled_in(cast, "Ça allait, dans l’autobus.")

    text = text_of(printed(cast))

    for said in ("Ne ferme pas la porte.", "Revoir la mer.", "Ma tante", "Ça allait", "Inès"):
        assert said in text, said


def test_closed_because_it_is_not_safe_the_paper_goes_on(cast: Cast) -> None:
    written_with_her(cast)
    used(cast)
    note_unsafe(cast)

    text = text_of(printed(cast))

    for said in ("Revoir la mer.", "Je serai en retard.", "Pas de souci."):
        assert said in text, said


def test_what_they_would_rather_not_have_at_home_stays_out(cast: Cast) -> None:
    written_with_her(cast)
    filled_in(cast, "Ça allait, dans l’autobus.")

    text = text_of(printed(cast, "safety", "exercises", "say"))

    assert "Revoir la mer." in text
    for out in ("Ma tante", "Ça allait", "Qui peut voir mon dossier", "Inès"):
        assert out not in text, out


def test_it_is_in_their_language_whatever_the_worker_reads(cast: Cast) -> None:
    written_with_her(cast)

    assert "Mes prochains rendez-vous" in text_of(printed(cast, language="en"))


def test_that_it_left_on_paper_is_in_her_journal(cast: Cast) -> None:
    printed(cast)

    with acting(cast.ines):
        assert Event.objects.filter(action="notebook.on_paper").count() == 1


def test_the_page_says_that_private_pages_are_never_on_it(cast: Cast) -> None:
    with clock.at(MONDAY):
        said = signed_in(cast.ines).get(place(cast)).content.decode()

    assert "Ses pages privées, si elle en a écrit, n’y sont jamais" in said


def test_she_herself_makes_no_paper(cast: Cast) -> None:
    used(cast)

    assert herself(cast).is_participant
    with clock.at(MONDAY):
        assert telephone().post(place(cast, "paper/")).status_code == 404


@pytest.mark.parametrize("who", ["louise", "karim", "samir", "roy", "nadia", "yanick"])
def test_nobody_else_prints_it(cast: Cast, who: str) -> None:
    with clock.at(MONDAY):
        found = signed_in(getattr(cast, who)).post(place(cast, "paper/"), {"form_id": ""})

    assert found.status_code == 404


@pytest.mark.parametrize("sheets", [1, 3])
def test_it_costs_the_same_however_much_she_filled_in(
    cast: Cast, sheets: int, django_assert_num_queries
) -> None:
    for _ in range(sheets):
        filled_in(cast, "Ça allait.")
    ines = signed_in(cast.ines)
    with clock.at(MONDAY):
        form_id = ines.get(place(cast)).context["paper_form"].signed_id

    with clock.at(MONDAY), django_assert_num_queries(37):
        ines.post(place(cast, "paper/"), {"form_id": form_id})
