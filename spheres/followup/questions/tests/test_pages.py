"""What do the desk and the worker it asks see of questions, do with them, and at what cost?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import asker
from spheres.followup.questions import actions
from spheres.followup.questions.forms import AnswerHerForm, HandForm
from spheres.followup.questions.tests.factories import WORDS, answer, ask, code_of, seen_under
from tests.cast import MONDAY, TUESDAY, acting, uuid_of
from tests.pages import learn_french, signed_in

learn_french()
LIST = "/questions/"


def get(actor, path, at=TUESDAY, language="fr"):
    client = signed_in(actor, at=at, language=language)
    with clock.at(at):
        return client.get(path)


def post(actor, path, at=TUESDAY, **said):
    client = signed_in(actor, at=at)
    with clock.at(at):
        return client.post(path, said)


def page_of(matter):
    return reverse("questions:one", args=[matter])


def words_of(response):
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def a_machine_asks(cast, number):
    return [
        ask(cast, f"machine {n}", words=f"Spam {n}", at=MONDAY + timedelta(seconds=20 * n))
        for n in range(number)
    ]


def test_the_desk_leads_to_the_questions_that_wait(cast):
    before = words_of(get(cast.louise, "/desk/"))
    ask(cast)
    after = words_of(get(cast.louise, "/desk/"))

    told = "1 question posée sous un code attend une réponse, depuis 1 jour."
    assert (told in before, told in after) == (False, True)
    assert WORDS in words_of(get(cast.louise, LIST))


def test_louise_answers_on_the_page_and_it_waits_under_the_code(cast):
    matter = ask(cast)

    sent = post(cast.louise, page_of(matter), words="Oui.", form_id=AnswerHerForm().signed_id)

    assert (sent.status_code, sent.url) == (302, page_of(matter))
    assert seen_under(code_of(), TUESDAY) == [WORDS, "Oui."]
    shown = words_of(get(cast.louise, page_of(matter)))
    assert all(words in shown for words in (WORDS, "Oui.", "Louise", "Loup", "A une réponse"))


def test_the_numbers_to_call_stand_beside_the_answer(cast):
    shown = words_of(get(cast.louise, page_of(ask(cast))))

    assert "Vous ne pouvez savoir ni qui écrit, ni d’où" in shown
    assert "911" in shown
    assert "/danger/" in get(cast.louise, page_of(ask(cast))).content.decode()


def test_an_empty_answer_is_refused_and_the_thread_stays(cast):
    matter = ask(cast)

    sent = post(cast.louise, page_of(matter), words="", form_id=AnswerHerForm().signed_id)

    assert sent.status_code == 422
    assert WORDS in words_of(sent)


def test_a_worker_is_handed_a_question_on_their_day_and_answers(cast):
    matter = ask(cast)
    hand = reverse("questions:hand", args=[matter])
    form = HandForm(candidates=[])

    sent = post(cast.louise, hand, worker=str(cast.ines.user_id), form_id=form.signed_id)

    assert sent.status_code == 302
    day = get(cast.ines, "/")
    assert page_of(matter) in day.content.decode()
    shown = words_of(get(cast.ines, page_of(matter)))
    assert WORDS in shown
    assert "Confier la réponse" not in shown
    assert get(cast.ines, LIST).status_code == 403
    back = reverse("questions:take_back", args=[matter])
    assert post(cast.louise, back, worker=str(cast.ines.user_id)).status_code == 302
    assert get(cast.ines, page_of(matter)).status_code == 404


@pytest.mark.parametrize("who", ["roy", "nadia", "amrani", "samir", "karim", "ines"])
def test_nobody_else_finds_a_question(cast, who):
    matter = ask(cast)
    actor = getattr(cast, who)

    assert get(actor, LIST).status_code == 403
    assert get(actor, page_of(matter)).status_code == 404
    for name in ("hand", "take_back", "take_up"):
        assert post(actor, reverse(f"questions:{name}", args=[matter])).status_code == 404


def test_what_a_machine_sent_is_one_line_set_aside_unread_and_the_true_one_stays(cast):
    ask(cast)
    matters = a_machine_asks(cast, 12)

    page = get(cast.louise, LIST)

    shown = words_of(page)
    assert "12 questions sont arrivées d’un coup" in shown or "13 questions" in shown
    assert "Spam" not in shown
    sent = post(cast.louise, reverse("questions:set_aside"), question=[str(one) for one in matters])
    assert sent.status_code == 302
    after = words_of(get(cast.louise, LIST))
    assert WORDS in after
    assert "Mises de côté (12)" in after
    assert post(cast.louise, reverse("questions:take_up", args=[matters[3]])).status_code == 302
    assert "Spam 3" in words_of(get(cast.louise, LIST))


def test_a_true_one_amid_a_burst_comes_back_with_a_word(cast):
    matters = a_machine_asks(cast, 12)
    with acting(cast.louise):
        actions.set_aside(matters, by=cast.louise, at=MONDAY)
    with acting(asker(matters[5]), TUESDAY) as her:
        actions.add(matters[5], uuid_of("true"), words="C’était vrai.", by=her, at=TUESDAY)

    assert "C’était vrai." in words_of(get(cast.louise, LIST))


def statements(actor, path):
    client = signed_in(actor, at=TUESDAY)
    with clock.at(TUESDAY):
        client.get(path)
        with CaptureQueriesContext(connection) as said:
            assert client.get(path).status_code == 200
    return len(said) - 3  # a savepoint, its end, and the context taken back


def many(cast, number):
    """So many true questions, hours apart."""
    return [ask(cast, f"true {n}", at=MONDAY + timedelta(hours=n)) for n in range(number)]


def test_the_queue_costs_the_same_for_one_and_three(cast):
    first = many(cast, 1)
    one = statements(cast.louise, LIST)
    many(cast, 3)

    assert (one, statements(cast.louise, LIST)) == (6, 6)
    assert first


def test_a_thread_costs_the_same_for_one_and_three_messages(cast):
    matter = ask(cast)
    answer(matter, "Oui.", by=cast.louise)
    one = statements(cast.louise, page_of(matter))
    for n in range(3):
        answer(matter, "Oui.", by=cast.louise, at=TUESDAY - timedelta(hours=n), name=f"more {n}")

    assert (one, statements(cast.louise, page_of(matter))) == (8, 8)
