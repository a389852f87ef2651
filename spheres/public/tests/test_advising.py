"""Does a professional ask, come back with a code, write again and leave, and name nobody?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.public import guard
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import ADVICE, code_in, form_id, looked, main_of, number_in
from spheres.records.between.lent import Work
from spheres.regions import queries as regions
from spheres.worker_support.intervention_support import actions, queries
from spheres.worker_support.intervention_support.models import AdviceStanding
from tests.cast import MONDAY, TUESDAY, acting, uuid_of

WHERE = "/advice/answer/"
NOTHING = "Rien sous ce code"
UNKNOWN = "2222-2222-2222"
GUIDE = Work("guide", "Un guide, 2021.", "https://example.org/guide")


def come_back(visitor, code, **more):
    with clock.at(TUESDAY):
        return visitor.client.post(WHERE, {"advice_code": code} | more)


def title_of(answer):
    return re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)[0].strip()


def at_the_desk(world):
    with acting(world.louise, TUESDAY):
        return queries.listed(actor=world.louise, on=clock.day_of(TUESDAY))


def answered_by_louise(world, way="CODE", words="Commencez par le lien."):
    (one,) = at_the_desk(world)
    given = actions.Given(uuid_of(f"answer {way}"), way, words, [GUIDE])
    with acting(world.louise, TUESDAY):
        actions.answer(one.row.pk, given, by=world.louise, at=TUESDAY)
    return one.row.pk


def test_a_professional_asks_comes_back_and_reads_the_answer(world, visitor):
    receipt = visitor.send("/advice/")
    code = code_in(receipt)
    before = come_back(visitor, code)
    answered_by_louise(world)
    after = come_back(visitor, code)

    assert number_in(receipt)
    assert [title_of(before), title_of(after)] == [
        "Pas encore de réponse à votre demande",
        "Vous avez une réponse",
    ]
    assert ADVICE["worries"] in main_of(before)
    for words in ("Commencez par le lien.", GUIDE.citation):
        assert words in main_of(after)
    assert f'href="{GUIDE.address}"' in after.content.decode()
    assert "Louise" not in after.content.decode()


def test_after_a_call_the_page_says_that_it_took_place_and_nothing_of_it(world, visitor):
    code = code_in(visitor.send("/advice/"))
    answered_by_louise(world, "PHONE", "Ce qui s’est dit.")
    page = main_of(come_back(visitor, code))

    assert "Nous nous sommes parlé au téléphone." in page
    assert (GUIDE.citation in page, "Ce qui s’est dit" in page) == (True, False)


def test_what_the_law_asks_is_said_before_sending_and_again_of_whoever_wrote(world, visitor):
    page = main_of(visitor.get("/advice/"))
    receipt = main_of(visitor.send("/advice/", category="must_some"))

    every, some = "pour tout motif", "un abus sexuel ou physique"
    before_button = page.rpartition("Envoyer")[0]
    assert [words in before_button for words in (every, some)] == [True, True]
    assert [words in receipt for words in (every, some)] == [False, True]
    assert "composez le 911" in receipt


@pytest.mark.parametrize(
    "named",
    [
        "Marie Tremblay manque l’école.",
        "MARIE TREMBLAY manque l’école.",
        "Tremblay, Marie manque l’école.",
        "Sa carte porte TREM 0812 3456.",
    ],
)
def test_a_full_identity_is_refused_and_nothing_typed_is_lost(world, visitor, named):
    form = visitor.fill("/advice/", worries=named, tried="En parler en équipe.")
    first = visitor.send("/advice/", form)
    again = visitor.send("/advice/", form | {"looked": "anything"})

    assert [first.status_code, again.status_code] == [422, 422]
    assert at_the_desk(world) == []
    for page in (first, again):
        assert "nomme quelqu’un" in main_of(page)
        assert all(words in page.content.decode() for words in ("manque", "En parler en équipe.")
                   if words in f"{named} En parler en équipe.")  # fmt: skip


def test_a_place_or_a_first_name_is_pointed_out_and_kept_when_it_names_nobody(world, visitor):
    form = visitor.fill("/advice/", worries="Une élève attend quelqu’un au métro Longueuil.")
    first = visitor.send("/advice/", form)
    visitor.send("/advice/", form | {"looked": looked(first)})

    assert first.status_code == 422
    assert "métro Longueuil" in main_of(first)
    (one,) = at_the_desk(world)
    assert one.row.says_nobody


@pytest.mark.parametrize(
    ("way", "reach", "status"),
    [
        ("PHONE", "", 422), ("PHONE", "mon bureau", 422), ("PHONE", "450 555-0142", 200),
        ("MAIL", "450 555-0142", 422), ("MAIL", "moi@example.org", 200),
        ("CODE", "", 200), ("", "450 555-0142", 422),
    ],
)  # fmt: skip
def test_a_way_to_answer_comes_with_what_it_needs(world, visitor, way, reach, status):
    assert visitor.send("/advice/", answer_by=way, reach=reach).status_code == status


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_code_stands_in_no_title_no_address_and_no_cookie(world, language):
    visitor = Visitor(language)
    receipt = visitor.send("/advice/")
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


def test_unknown_wrong_and_forgotten_codes_answer_alike(world, visitor):
    code = code_in(visitor.send("/advice/"))
    forgotten = code_in(visitor.send("/advice/"))
    (rule,) = [one for one in regions.retention_rules() if one.code == AdviceStanding.KEEP]
    assert rule.keep_years
    wrong = f"{code[:-1]}{'2' if code[-1] != '2' else '3'}"

    pages, counts = [], []
    for tried in (UNKNOWN, wrong, forgotten[:-1], "x"):
        with CaptureQueriesContext(connection) as said:
            pages.append(come_back(visitor, tried))
        counts.append(len(said))
    for do in ("add", "say", "done"):
        pages.append(come_back(visitor, UNKNOWN, do=do, words="Allô"))

    assert [page.status_code for page in pages] == [200] * 7
    assert {without_seals(page) for page in pages} == {without_seals(pages[0])}
    assert title_of(pages[0]) == NOTHING
    assert len(set(counts)) == 1


def without_seals(answer):
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


def test_the_eleventh_wrong_code_of_an_hour_is_refused_and_a_right_one_never_counts(world, visitor):
    code = code_in(visitor.send("/advice/"))
    right = [come_back(visitor, code).status_code for _ in range(12)]
    wrong = [come_back(visitor, UNKNOWN).status_code for _ in range(11)]

    assert (right, wrong) == ([200] * 12, [200] * 10 + [429])


def test_a_hospital_that_mistypes_keeps_no_young_person_from_reading_an_answer(world, visitor):
    for _ in range(11):
        come_back(visitor, UNKNOWN)
    with clock.at(TUESDAY):
        hers = visitor.client.post("/answer/", {"answer_code": UNKNOWN})

    assert hers.status_code == 200


def test_a_machine_that_sends_five_hundred_leaves_five_an_hour(world, visitor):
    answers = [visitor.send("/advice/").status_code for _ in range(7)]

    assert answers == [200] * 5 + [429] * 2
    assert guard.limits.LIMITS["advice_everywhere"] == guard.limits.Limit(100, guard.A_DAY)
    assert len(at_the_desk(world)) == 5


def test_one_more_word_arrives_once_and_a_name_in_it_is_refused(world, visitor):
    code = code_in(visitor.send("/advice/"))
    answered_by_louise(world)
    seal = form_id(come_back(visitor, code))
    named = come_back(visitor, code, do="add", words="Marie Tremblay part.", form_id=seal)
    pages = [
        come_back(visitor, code, do="add", words="Et si elle part?", form_id=seal) for _ in range(2)
    ]

    assert (named.status_code, [page.status_code for page in pages]) == (422, [200, 200])
    assert [main_of(page).count("Et si elle part?") for page in pages] == [1, 1]
    (one,) = at_the_desk(world)
    assert one.standing.status == "WAITING"


def test_the_two_questions_are_asked_after_an_answer_and_once(world, visitor):
    code = code_in(visitor.send("/advice/"))
    both = {"do": "say", "clearer": "YES", "equipped": "PARTLY"}
    early = come_back(visitor, code, **both)
    answered_by_louise(world)
    half = come_back(visitor, code, do="say", clearer="YES")
    whole = come_back(visitor, code, **both)

    assert [page.status_code for page in (early, half, whole)] == [422, 422, 200]
    asked = [  # the radio buttons stand on the page only while the questions wait
        'name="clearer"' in page.content.decode() for page in (come_back(visitor, code), half)
    ]
    assert asked == [False, True]


def test_what_is_done_may_be_taken_up_again(world, visitor):
    code = code_in(visitor.send("/advice/"))
    closed = come_back(visitor, code, do="done")
    open_again = come_back(
        visitor, code, do="add", words="Encore une chose.", form_id=form_id(closed)
    )

    assert title_of(closed) == "Cette demande est fermée"
    assert open_again.status_code == 200
    (one,) = at_the_desk(world)
    assert one.standing.due_on == clock.day_of(TUESDAY) + timedelta(
        days=regions.region().advice_answer_days
    )
    assert clock.day_of(MONDAY) < one.standing.due_on
