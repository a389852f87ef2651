"""Does somebody ask, come back with a code, add, meet or erase, and leave no trace of where?"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Attempt
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock
from spheres.core.actor import asker
from spheres.followup.admission import queries as referrals
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.questions import actions, queries
from spheres.followup.questions.models import QuestionStatus
from spheres.public import guard
from spheres.public.tests.letters import ASK, code_in, form_id, looked, main_of
from tests.cast import MONDAY, TUESDAY, acting, uuid_of

NOTHING = "Rien sous ce code"
UNKNOWN = "2222-2222-2222"


def asked(visitor, **changes):
    """A question was sent; the code of its receipt."""
    return code_in(visitor.send("/ask/", **changes))


def come_back(visitor, code, **more):
    with clock.at(TUESDAY):
        return visitor.client.post("/answer/", {"answer_code": code} | more)


def title_of(answer):
    return re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)[0].strip()


def waiting(world):
    with acting(world.louise, TUESDAY):
        return queries.queue(actor=world.louise).waiting


def answered_by_louise(world, words="Oui, c’est possible."):
    (one,) = waiting(world)
    with acting(world.louise, TUESDAY):
        actions.answer(one.file_id, uuid_of("answer"), words=words, by=world.louise, at=TUESDAY)
    return one.file_id


def test_somebody_asks_comes_back_and_reads_the_answer(world, visitor):
    code = asked(visitor)
    before = come_back(visitor, code)
    answered_by_louise(world)
    after = come_back(visitor, code)

    assert [title_of(before), title_of(after)] == ["Pas encore de réponse", "Il y a une réponse"]
    assert ASK["words"] in main_of(before)
    assert "Oui, c’est possible." in main_of(after)
    assert "Louise" not in after.content.decode()


def test_what_must_be_told_is_said_before_sending(visitor):
    page = main_of(visitor.get("/ask/"))

    before, _send, _after = page.partition("Que veux-tu demander?")
    for words in ("Une seule personne lit d’abord", "du lundi au vendredi", "trois jours ouvrables",
                  "une vie est en danger", "moins de 18 ans", "On ne cherche jamais"):  # fmt: skip
        assert words in before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_code_stands_in_no_title_no_address_and_no_cookie(world, visitor, language):
    receipt = visitor.send("/ask/")
    code = code_in(receipt)
    thread = come_back(visitor, code)

    for page in (receipt, thread):
        whole = page.content.decode()
        assert code not in re.search("<title>.*?</title>", whole, re.S)[0]
        assert [
            where for where in re.findall(r'(?:href|action)="([^"]*)"', whole) if code in where
        ] == []
        assert page.cookies == {}
        assert page.headers["Cache-Control"].count("no-store") == 1
        assert "data-spheres-one-entry" in whole


def test_unknown_wrong_and_erased_codes_answer_alike(world, visitor):
    code = asked(visitor)
    other = asked(visitor)
    come_back(visitor, code, do="erase")
    wrong = f"{other[:-1]}{'2' if other[-1] != '2' else '3'}"

    pages, counts = [], []
    for tried in (UNKNOWN, wrong, code, "x"):
        with CaptureQueriesContext(connection) as said:
            pages.append(come_back(visitor, tried))
        counts.append(len(said))
    for do in ("add", "erase", "meet"):
        pages.append(come_back(visitor, UNKNOWN, do=do, words="Allô"))

    assert [page.status_code for page in pages] == [200] * 7
    assert {without_seals(page) for page in pages} == {without_seals(pages[0])}
    assert title_of(pages[0]) == NOTHING
    assert len(set(counts)) == 1


def without_seals(answer):
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


def test_the_eleventh_wrong_code_of_an_hour_is_refused_and_a_right_one_never_counts(world, visitor):
    code = asked(visitor)
    right = [come_back(visitor, code).status_code for _ in range(12)]

    wrong = [come_back(visitor, UNKNOWN).status_code for _ in range(11)]

    assert (right, wrong) == ([200] * 12, [200] * 10 + [429])
    assert come_back(visitor, code).status_code == 429


def test_she_adds_a_word_once_and_it_waits_again(world, visitor):
    code = asked(visitor)
    answered_by_louise(world)
    seal = form_id(come_back(visitor, code))
    said = {"do": "add", "words": "Merci. Et le soir?", "form_id": seal}

    pages = [come_back(visitor, code, **said) for _ in range(2)]

    assert [main_of(page).count("Merci. Et le soir?") for page in pages] == [1, 1]
    (one,) = waiting(world)
    assert one.words == "Merci. Et le soir?"


def test_a_machine_adds_twenty_words_a_day_and_what_it_typed_comes_back(
    world, visitor, monkeypatch
):
    code = asked(visitor)
    monkeypatch.setitem(guard.limits.LIMITS, "question_word", guard.limits.Limit(2))

    def add(words):
        seal = form_id(come_back(visitor, code))
        return come_back(visitor, code, do="add", words=words, form_id=seal)

    pages = [add(f"Mot {number}") for number in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 429]
    assert "Mot 2" in pages[-1].content.decode()
    (one,) = waiting(world)
    assert one.words in {"Mot 0", "Mot 1"}  # both were kept at one moment


def test_a_name_or_a_number_is_pointed_out_gently_and_kept_if_she_wants(world, visitor):
    form = visitor.fill("/ask/", words="Mon amie Jade Tremblay, 514 555-0199, a besoin d’aide.")

    first = visitor.send("/ask/", form)
    second = visitor.send("/ask/", form | {"looked": looked(first)})

    assert first.status_code == 422
    assert "Rien n’est encore envoyé. Tu n’as pas à donner" in main_of(first)
    assert code_in(second)
    (one,) = waiting(world)
    assert "Jade Tremblay" in one.words


def test_stop_erases_it_before_the_page_is_shown(world, visitor):
    code = asked(visitor)
    matter = answered_by_louise(world)

    page = come_back(visitor, code, do="erase")

    assert title_of(page) == "C’est effacé"
    assert title_of(come_back(visitor, code)) == NOTHING
    with acting(world.louise, TUESDAY):
        assert queries.thread(matter, actor=world.louise) is None


@pytest.mark.parametrize(
    ("bring", "name", "wish"),
    [([], "", ""), (["nickname"], "Loup", ""), (["nickname", "question"], "Loup", ASK["words"])],
)
def test_meeting_someone_carries_what_she_chooses_and_sends_nothing(
    world, visitor, bring, name, wish
):
    code = asked(visitor, nickname="Loup")

    page = come_back(visitor, code, do="meet", bring=bring).content.decode()

    assert "Je veux de l’aide pour moi" in page
    assert f'value="{name}"' in page if name else 'value="Loup"' not in page
    assert (wish in page) if wish else (ASK["words"] not in page)
    assert code not in page
    with acting(world.louise, TUESDAY):
        assert referrals.desk(actor=world.louise, at=TUESDAY).in_all == 0


def test_i_want_help_for_me_waits_for_her_under_a_code_without_any_number(world, visitor):
    receipt = visitor.send("/for-me/", channel="wait", reach="", hours="", words="")
    code = code_in(receipt)

    thread = come_back(visitor, code)

    assert title_of(thread) == "Pas encore de réponse"
    (one,) = waiting(world)
    assert one.is_with_referral
    with acting(world.louise, TUESDAY):
        (referral,) = referrals.desk(actor=world.louise, at=TUESDAY).waiting
    assert referral.referral.file_id == one.file_id
    answered_by_louise(world)
    assert title_of(come_back(visitor, code)) == "Il y a une réponse"


def test_the_same_form_sent_twice_gives_the_same_code_and_one_thread(world, visitor):
    form = visitor.fill("/for-me/", channel="wait", reach="", hours="", words="")
    codes = {code_in(visitor.send("/for-me/", form)) for _ in range(2)}

    assert len(codes) == 1
    assert len(waiting(world)) == 1


def test_she_takes_her_referral_back_under_her_code_until_somebody_says_yes(world, visitor):
    code = code_in(visitor.send("/for-me/", channel="wait", reach="", hours="", words=""))
    (one,) = waiting(world)

    page = come_back(visitor, code, do="erase")

    assert title_of(page) == "C’est effacé"
    with acting(world.louise, TUESDAY):
        assert referrals.desk(actor=world.louise, at=TUESDAY).in_all == 0
    with acting(asker(one.file_id), TUESDAY):
        assert not QuestionStatus.objects.exclude(status="ERASED").exists()
    assert ReferralStatus  # its line stays, to be counted


def test_nothing_of_the_connection_is_kept_but_keyed_digests(world, visitor, caplog):
    address = "203.0.113.77"
    with clock.at(MONDAY):
        form = visitor.fill("/ask/")
        code = code_in(visitor.client.post("/ask/", form, REMOTE_ADDR=address))
        visitor.client.post("/answer/", {"answer_code": code}, REMOTE_ADDR=address)
        visitor.client.post("/answer/", {"answer_code": UNKNOWN}, REMOTE_ADDR=address)

    assert address not in caplog.text
    kept = []
    with acting(world.louise), connection.cursor() as cursor:
        for table in ("questions_question", "questions_message", "questions_questionstatus",
                      "sharing_handler", "audit_event"):  # fmt: skip
            cursor.execute(f"select row_to_json(r)::text from {table} r")
            kept += [row for (row,) in cursor.fetchall()]
    with acting(DOORKEEPER):
        attempts = [str(vars(one)) for one in Attempt.objects.all()]
    assert attempts != []
    assert [row for row in [*kept, *attempts] if "203.0.113" in row or "Mozilla" in row] == []


def test_after_five_from_one_network_the_sixth_is_refused_and_loses_nothing_typed(world, visitor):
    pages = [visitor.send("/ask/") for _ in range(7)]

    assert [page.status_code for page in pages] == [200] * 5 + [429] * 2
    assert ASK["words"] in pages[-1].content.decode()
    assert "514" in main_of(pages[-1]) or "911" in main_of(pages[-1])


def test_the_ceiling_of_a_day_holds_whatever_the_networks(world, visitor, monkeypatch):
    monkeypatch.setitem(guard.limits.LIMITS, "question_everywhere", guard.limits.Limit(3))

    def send(number):
        with clock.at(MONDAY):
            return visitor.client.post(
                "/ask/", visitor.fill("/ask/"), REMOTE_ADDR=f"198.51.100.{number}"
            ).status_code

    assert [send(number) for number in range(1, 6)] == [200, 200, 200, 429, 429]


def test_what_a_machine_filled_is_said_and_nothing_is_kept(world, visitor):
    page = visitor.send("/ask/", e2="https://example.org")

    assert page.status_code == 422
    assert waiting(world) == []


@pytest.mark.parametrize("path", ["/ask/", "/answer/"])
def test_another_site_sends_neither_a_question_nor_a_code(world, visitor, path):
    form = visitor.fill("/ask/") | {"answer_code": UNKNOWN}
    with clock.at(MONDAY):
        page = visitor.client.post(path, form, headers={"sec-fetch-site": "cross-site"})

    assert page.status_code == 403
    assert waiting(world) == []
