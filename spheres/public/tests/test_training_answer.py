"""Does an organisation read with its code what was answered to it, and nobody else anything?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.core.actor import asker, service
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import TRAINING, code_in, main_of, number_in
from spheres.training.requests import actions, queries
from spheres.training.requests.models import Answer, TrainingRequest
from tests.cast import MONDAY, acting, uuid_of
from tests.pages import untranslated

HERE = "/training/answer/"
UNKNOWN = "2222-2222-2222"
EXPIRY, AN_HOUR = service("expiry"), timedelta(hours=1)
A_DAY = date(2026, 4, 16)
WORDS = "Nous venons à deux, à la bibliothèque."


def title_of(page) -> str:
    return re.findall(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.S)[0].strip()


def come_back(visitor: Visitor, code: str):
    return visitor.send(HERE, {"answer_code": code})


def answer(world, outcome: str = "PROPOSED", hours: int = 1, words: str = WORDS) -> UUID:
    with acting(world.louise):
        (one,) = queries.requests(actor=world.louise)
    at = MONDAY + timedelta(hours=hours)
    given = actions.Given(uuid_of(f"{outcome} {hours}"), outcome, words, A_DAY)
    with acting(world.louise, at):
        actions.answer(given, one.row.pk, by=world.louise, at=at)
    return one.row.pk


def test_the_code_of_the_receipt_reads_that_it_waits_then_what_was_answered(world, visitor):
    receipt = visitor.send("/training/")
    code = code_in(receipt)
    before = come_back(visitor, code)
    answer(world)
    after = come_back(visitor, code.lower().replace("-", " "))

    assert title_of(before) == "Pas encore de réponse"
    assert title_of(after) == "Il y a une réponse"
    said = main_of(after)
    assert number_in(receipt) in said
    shown = [WORDS, "16 avril 2026", TRAINING["dates"], TRAINING["where"], "Dans notre milieu"]
    assert [words for words in shown if words not in said] == []


def test_neither_who_asked_nor_who_answered_stands_there(world, visitor):
    code = code_in(visitor.send("/training/"))
    answer(world)

    said = come_back(visitor, code).content.decode()

    kept_back = [TRAINING[name] for name in ("organisation", "group", "needs", "reach")]
    assert [words for words in [*kept_back, "Louise"] if words in said] == []


def test_the_newest_answer_comes_first_and_those_before_are_folded(world, visitor):
    code = code_in(visitor.send("/training/"))
    answer(world)
    answer(world, "AGREED", hours=2)

    said = main_of(come_back(visitor, code))

    order = ["C’est convenu", "Réponses précédentes", "Oui, avec plaisir"]
    assert sorted(order, key=said.index) == order


def test_an_address_of_this_site_in_the_answer_is_a_way_to_enrol_and_no_other_is(world, visitor):
    code = code_in(visitor.send("/training/"))
    ours, others = "http://youth.localhost/t/ab-C_9/", "http://elsewhere.example/t/ab/"
    answer(world, words=f"Inscrivez-vous : {ours}, jamais {others}.")

    page = come_back(visitor, code).content.decode()

    assert re.findall(r'href="([^"]*/t/[^"]*)"', page) == ["/t/ab-C_9/"]


def test_the_same_form_sent_twice_bears_one_code(world, visitor):
    form = visitor.fill("/training/")

    assert len({code_in(visitor.send("/training/", form)) for _ in range(2)}) == 1


def test_a_code_that_is_unknown_mistyped_or_of_what_is_erased_opens_nothing(world, visitor):
    code = code_in(visitor.send("/training/"))
    theirs = answer(world)
    mistyped = code[:-1] + ("2" if code[-1] != "2" else "3")
    pages = [come_back(visitor, typed) for typed in (UNKNOWN, mistyped)]
    later = MONDAY + timedelta(days=800)
    with acting(EXPIRY, later):
        assert actions.expire(theirs, before=MONDAY + AN_HOUR, by=EXPIRY, at=later)
    pages.append(come_back(visitor, code))

    assert {title_of(page) for page in pages} == {"Rien sous ce code"}
    assert {page.status_code for page in pages} == {200}
    assert len({main_of(page) for page in pages}) == 1


def test_codes_are_not_tried_in_bulk_and_a_right_one_costs_nothing(world, visitor):
    code = code_in(visitor.send("/training/"))
    right = [come_back(visitor, code).status_code for _ in range(12)]
    wrong = [come_back(visitor, UNKNOWN).status_code for _ in range(12)]

    assert right == [200] * 12
    assert wrong == [200] * 10 + [429] * 2
    # Nobody who comes back for a word of their own pays for it.
    assert visitor.send("/answer/", {"answer_code": UNKNOWN}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"answer_code": ""}, 422), ({"answer_code": UNKNOWN, "e2": "https://example.org"}, 429)],
)
def test_no_code_and_what_a_machine_filled_look_nothing_up(world, visitor, sent, status):
    assert visitor.send(HERE, sent).status_code == status


def test_another_site_sends_no_code(world, visitor):
    sent = {"answer_code": UNKNOWN}

    assert visitor.send(HERE, sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_database_gives_the_holder_of_a_code_one_request_and_no_pen(world, visitor):
    visitor.send("/training/")
    theirs = answer(world)
    with acting(asker(theirs)):
        assert (TrainingRequest.objects.count(), Answer.objects.count()) == (1, 1)
    with acting(asker(uuid_of("another"))):
        assert (TrainingRequest.objects.count(), Answer.objects.count()) == (0, 0)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting(asker(theirs)):
        Answer.objects.bulk_create(
            [
                Answer(
                    id=uuid_of("own"), request_id=theirs, outcome="NO", answered_by=theirs,
                    answered_at=MONDAY, words=b"",
                )
            ]
        )  # fmt: skip


def test_only_a_digest_of_the_code_is_kept(world, visitor):
    code = code_in(visitor.send("/training/"))
    with acting(world.louise), connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from requests_trainingrequest r")
        ((kept,),) = cursor.fetchall()

    assert re.findall("|".join(code.split("-")), kept) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_set_no_cookie_and_are_said_in_both_languages(world, language):
    visitor = Visitor(language)
    with untranslated() as missing:
        code = code_in(visitor.send("/training/"))
        waits = come_back(visitor, code)
        answer(world)
        pages = [visitor.get(HERE), waits, come_back(visitor, code), come_back(visitor, UNKNOWN)]

    assert [(page.status_code, page.cookies) for page in pages] == [(200, {})] * 4
    assert missing == set()
