"""Does a worker ask the desk one question about an offer, and learn nothing but the answer?"""

from __future__ import annotations

import pytest

from spheres.core import clock
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.admission import actions, queries
from spheres.followup.admission.forms import AnswerForm, QuestionForm
from tests.cast import MONDAY, acting, refer, uuid_of
from tests.pages import signed_in

OFFER, TO_INES = uuid_of("offer of Léa"), uuid_of("offer of Léa to Inès")


@pytest.fixture
def lea(cast):
    """Léa's referral, offered to Samir and to Inès."""
    file_id = refer("Léa", desk=cast.institute.id)
    asked = {OFFER: cast.samir.user_id, TO_INES: cast.ines.user_id}
    with acting(cast.louise):
        actions.offer_to(file_id, asked, by=cast.louise, at=MONDAY)
    return file_id


def ask(who, path, data=None):
    browser = signed_in(who)
    with clock.at(MONDAY):
        return browser.get(path) if data is None else browser.post(path, data)


def seal(form, word):
    return form().signer().sign(uuid_of(word).hex)


def questions_of(cast, lea):
    with acting(cast.louise):
        made = queries.offers_made(lea, actor=cast.louise)
        return {one.name: (one.question, one.answer) for one in made}


def test_samir_asks_one_question_louise_answers_and_he_reads_it(cast, lea):
    said = {"form_id": seal(QuestionForm, "q"), "question": "which_hours"}
    asked = ask(cast.samir, f"/offers/{OFFER}/question/", said)
    waiting = ask(cast.louise, "/desk/").content.decode()
    shown = ask(cast.louise, f"/desk/{lea}/").content.decode()
    path = f"/desk/{lea}/offers/{OFFER}/answer/"
    told = ask(cast.louise, path, {"form_id": seal(AnswerForm, "a"), "answer": "evenings"})
    read = ask(cast.samir, f"/offers/{OFFER}/").content.decode()

    assert (asked.status_code, told.status_code) == (302, 302)
    assert "Une question attend" in waiting
    assert "Samir demande\u00a0:" in shown
    assert questions_of(cast, lea) == {"Samir": ("which_hours", "evenings"), "Inès": ("", "")}
    assert "En fin d’après-midi ou le soir" in read
    assert [words for words in ("Léa", "Mireille") if words in read] == []
    assert "En fin d’après-midi" not in ask(cast.ines, f"/offers/{TO_INES}/").content.decode()


def test_an_empty_question_or_answer_is_said_beside_it(cast, lea):
    asked = ask(cast.samir, f"/offers/{OFFER}/question/", {"form_id": seal(QuestionForm, "q")})
    with acting(cast.samir):
        actions.ask_more(OFFER, question="urgent", by=cast.samir, at=MONDAY)
    path = f"/desk/{lea}/offers/{OFFER}/answer/"
    told = ask(cast.louise, path, {"form_id": seal(AnswerForm, "a"), "answer": ""})

    assert (asked.status_code, told.status_code) == (422, 422)
    assert ["Choisir une réponse." in page.content.decode() for page in (asked, told)] == [
        True,
        True,
    ]


def test_one_question_is_asked_and_answered_once(cast, lea):
    with acting(cast.samir):
        actions.ask_more(OFFER, question="urgent", by=cast.samir, at=MONDAY)
        actions.ask_more(OFFER, question="urgent", by=cast.samir, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.ask_more(OFFER, question="which_hours", by=cast.samir, at=MONDAY)
    with acting(cast.louise):
        actions.tell_more(OFFER, answer="no", by=cast.louise, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.tell_more(OFFER, answer="yes", by=cast.louise, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.tell_more(TO_INES, answer="yes", by=cast.louise, at=MONDAY)

    assert questions_of(cast, lea)["Samir"] == ("urgent", "no")


def test_nobody_else_asks_or_answers(cast, lea):
    with acting(cast.ines), pytest.raises(WrongState):
        actions.ask_more(OFFER, question="urgent", by=cast.ines, at=MONDAY)
    with acting(cast.samir):
        actions.ask_more(OFFER, question="urgent", by=cast.samir, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.tell_more(OFFER, answer="yes", by=cast.samir, at=MONDAY)
    for who in (cast.yanick, cast.karim, cast.roy, cast.amrani):
        data = {"form_id": seal(QuestionForm, "q"), "question": "urgent"}
        assert ask(who, f"/offers/{OFFER}/question/", data).status_code == 404
        path = f"/desk/{lea}/offers/{OFFER}/answer/"
        assert ask(who, path, {"answer": "yes"}).status_code == 403


def test_a_question_ends_with_its_offer(cast, lea):
    with acting(cast.samir):
        actions.ask_more(OFFER, question="urgent", by=cast.samir, at=MONDAY)
    with acting(cast.louise):
        actions.take_back(OFFER, by=cast.louise, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.tell_more(OFFER, answer="yes", by=cast.louise, at=MONDAY)

    assert "Samir demande" not in ask(cast.louise, f"/desk/{lea}/").content.decode()
    assert ask(cast.samir, f"/offers/{OFFER}/").status_code == 404
