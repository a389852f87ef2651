"""Is nothing lost, doubled, or told to a log, whatever is typed and whatever breaks?"""

import logging
import time
from html import escape

import pytest
from django.core.signing import TimestampSigner
from django.db import OperationalError

from spheres.accounts import limits
from spheres.core import clock, log
from spheres.followup.admission import actions as admission
from spheres.public.forms import SelfForm
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import BY_PATH, form_id, main_of, number_in
from spheres.public.tests.test_sending import advice_at_the_desk, at_the_desk
from spheres.regions import queries as regions
from tests.cast import MONDAY

FORMS = list(BY_PATH)
WAYS_IN = ["/for-me/", "/referral/", "/relative/"]
HERS = ["Lou", "438 555", "Mireille", "Dormir tranquille", "élève"]


def body(response):
    return response.content.decode()


def kept(page, form):
    """Every answer of this form is in the page again."""
    return [
        value
        for name, value in form.items()
        if value and name != "form_id" and escape(value) not in page
    ]


def test_an_empty_form_says_each_thing_beside_it_and_on_top(visitor):
    answer = visitor.send("/for-me/", {"form_id": form_id(visitor.get("/for-me/"))})
    page = body(answer)

    missing = ["chosen_name", "age_band_0", "language_0", "channel_0", "reach", "hours", "urgent_0"]
    assert answer.status_code == 422
    assert [name for name in missing if f'href="#id_{name}"' not in page] == []
    assert [
        name for name in missing if f'id="id_{name.removesuffix("_0")}_error"' not in page
    ] == []
    assert page.index("error-summary") < page.index('<form class="form"')


@pytest.mark.parametrize(
    ("path", "changes", "at", "sentence"),
    [
        ("/for-me/", {"language": "other"}, "interpreter", "Écrire quelle langue."),
        ("/for-me/", {"reach": "au parc"}, "reach", "Écrire un numéro de téléphone"),
        ("/for-me/", {"urgent_words": "Un lit"}, "urgent", "répondre Oui, ou l’effacer"),
        ("/for-me/", {"age_band": "25-30"}, "age_band", "Cette réponse n’est plus dans la liste"),
        ("/for-me/", {"channel": "email"}, "channel", "Cette réponse n’est plus dans la liste"),
        ("/for-me/", {"chosen_name": "x" * 81}, "chosen_name", "le maximum est de 80"),
        ("/for-me/", {"words": "a\u202eb"}, "words", "ordre de lecture"),
        ("/referral/", {"channel": "email", "reach": "450"}, "reach", "adresse courriel complète"),
        ("/referral/", {"channel": "wait", "reach": ""}, "", ""),
        ("/referral/", {"referrer_contact": "ici"}, "referrer_contact", "téléphone ou un courriel"),
        ("/referral/", {"aware": ""}, "aware", "Choisir une réponse"),
        (
            "/relative/",
            {"relation": "police"},
            "relation",
            "Cette réponse n’est plus dans la liste",
        ),
        ("/advice/", {"reach": "mon bureau"}, "reach", "un numéro de téléphone complet"),
        ("/advice/", {"worries": "   "}, "worries", "Il faut cette réponse"),
        ("/training/", {"reach": "mon bureau"}, "reach", "téléphone ou un courriel complet"),
        ("/training/", {"environment": "nowhere"}, "environment", "n’est plus dans la liste"),
        ("/training/", {"needs": "   "}, "needs", "Il faut cette réponse"),
    ],
)
def test_a_wrong_answer_is_said_in_a_sentence_and_nothing_is_lost(
    world, visitor, path, changes, at, sentence
):
    form = visitor.fill(path, **changes)
    answer = visitor.send(path, form)

    if not at:
        assert answer.status_code == 200
        return
    error = body(answer).split(f'id="id_{at}_error"')[1].split("</p>")[0]
    assert answer.status_code == 422
    assert sentence in error
    assert kept(body(answer), {n: v.strip() for n, v in form.items() if n not in {at}}) == []
    assert at_the_desk(world) == [] == advice_at_the_desk(world)


@pytest.mark.parametrize(
    "name",
    [
        "L’Écuyer-D'Amour",
        "ليلى",
        "Łukasz Ñandú-O’Brien",
        "נועה",
        "小雨",
        "Zoé 👩‍👧",
        "<b>Lou</b>",
        "Lou\x00\u200b",
    ],
)
def test_a_name_of_any_kind_arrives_as_it_is(world, visitor, name):
    answer = visitor.send("/for-me/", chosen_name=name)

    (matter,) = at_the_desk(world)
    assert answer.status_code == 200
    assert matter.person.opened.chosen_name == name.replace("\x00", "").replace("\u200b", "")


def test_five_million_letters_come_back_whole_with_a_sentence(world, visitor):
    long = "a" * 5_000_001
    answer = visitor.send("/for-me/", wish=long)

    assert answer.status_code == 422
    assert long in body(answer)
    assert "5 millions de caractères" in main_of(answer).split("1 sur 6")[0]
    assert at_the_desk(world) == []


def test_more_than_the_house_takes_in_is_said_on_a_page_of_ours(visitor):
    answer = visitor.send("/for-me/", wish="a" * 9_000_000)

    assert answer.status_code == 413
    assert "C’est trop long pour être envoyé" in main_of(answer)
    assert "911" in main_of(answer)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("altered", ["", "x", "0" * 32 + ":x:y"])
def test_an_altered_identifier_sends_nothing_and_the_next_try_works(world, visitor, path, altered):
    form = visitor.fill(path, form_id=altered)
    answer = visitor.send(path, form)
    assert answer.status_code == 422
    assert kept(body(answer), form) == []
    assert at_the_desk(world) == [] == advice_at_the_desk(world)

    assert visitor.send(path, form | {"form_id": form_id(answer)}).status_code == 200


def test_a_page_opened_long_ago_asks_to_look_again_and_keeps_its_identifier(
    world, visitor, monkeypatch
):
    form = visitor.fill("/for-me/")
    monkeypatch.setattr(time, "time", lambda: real() + 25 * 3600)
    old = visitor.send("/for-me/", form)
    assert old.status_code == 422
    assert "il y a plus d’une journée" in main_of(old)

    sent = visitor.send("/for-me/", form | {"form_id": form_id(old)})
    again = visitor.send("/for-me/", form | {"form_id": form_id(old)})

    signer = TimestampSigner(salt=SelfForm.signer().salt)
    assert signer.unsign(form["form_id"]) == signer.unsign(form_id(old))
    assert number_in(sent) == number_in(again)
    assert len(at_the_desk(world)) == 1


real = time.time


def test_an_identifier_of_one_form_is_no_use_in_another(world, visitor):
    answer = visitor.send("/referral/", form_id=form_id(visitor.get("/for-me/")))

    assert answer.status_code == 422
    assert at_the_desk(world) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "", "origin": "https://elsewhere.example"}, 403),
        ({"sec-fetch-site": "", "origin": "null"}, 403),
        ({"sec-fetch-site": "", "origin": "http://youth.localhost"}, 200),
        ({"sec-fetch-site": ""}, 200),
    ],
)
def test_a_form_sent_from_another_site_is_refused_and_given_back(world, visitor, headers, status):
    form = visitor.fill("/for-me/")
    answer = visitor.send("/for-me/", form, headers=headers)

    assert answer.status_code == status
    assert len(at_the_desk(world)) == (1 if status == 200 else 0)
    if status == 403:
        assert "à partir d’un autre site" in main_of(answer)
        assert kept(body(answer), form) == []


def test_the_sixth_form_of_the_hour_waits_with_its_text_and_numbers(world, visitor):
    for _ in range(5):
        assert visitor.send("/for-me/").status_code == 200
    form = visitor.fill("/referral/")
    refused = visitor.send("/referral/", form)

    assert refused.status_code == 429
    assert "1 833 900-1010" in main_of(refused)
    assert kept(body(refused), form) == []
    assert len(at_the_desk(world)) == 5

    with clock.at(MONDAY + limits.HOUR * 1.1):
        assert visitor.client.post("/referral/", form).status_code == 200


def test_a_form_already_received_finds_its_receipt_past_the_limit(world, visitor):
    first = visitor.fill("/for-me/")
    receipt = visitor.send("/for-me/", first)
    for _ in range(6):
        visitor.send("/for-me/")

    assert main_of(visitor.send("/for-me/", first)) == main_of(receipt)


def test_mistakes_do_not_count_as_forms(visitor):
    for _ in range(8):
        visitor.send("/for-me/", urgent="")

    assert visitor.send("/for-me/").status_code == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
    ],
)
def test_a_household_is_one_line_to_the_outside(address, network):
    assert limits.network_of(address) == network


@pytest.mark.parametrize("path", WAYS_IN)
def test_a_database_that_goes_away_gives_the_text_back_and_numbers(
    world, visitor, monkeypatch, path
):
    form = visitor.fill(path)

    def gone(*args, **others):
        raise OperationalError("could not write block: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(admission, "refer", gone)
        answer = visitor.send(path, form)

    assert answer.status_code == 503
    assert kept(body(answer), form) == []
    assert "1 833 900-1010" in main_of(answer)
    assert [
        word for word in ("Traceback", "OperationalError", "space left") if word in body(answer)
    ] == []
    assert "Set-Cookie" not in answer.headers

    again = {name: value for name, value in form.items()}
    assert visitor.send(path, again).status_code == 200
    assert len(at_the_desk(world)) == 1


def test_words_that_cannot_be_read_any_more_give_a_page_all_the_same(visitor, monkeypatch):
    def gone():
        raise OperationalError("the database system is shutting down")

    monkeypatch.setattr(regions, "_now", gone)
    answer = visitor.get("/")

    assert answer.status_code == 503
    assert 'href="tel:911"' in body(answer)


def test_no_name_and_no_text_is_in_any_log(world, visitor, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(log.formatter())
    for path in FORMS:
        form = visitor.fill(path)
        visitor.send(path, form)
        visitor.send(path, form | {"form_id": "x"})
        visitor.send(path, form, headers={"sec-fetch-site": "cross-site"})

    def gone(*args, **others):
        raise OperationalError("could not write block")

    monkeypatch.setattr(admission, "refer", gone)
    visitor.send("/for-me/")
    written = "\n".join(caplog.handler.format(record) for record in caplog.records)
    assert "database.away" in written  # the log was listening
    assert "could not write block" not in written
    assert [word for word in HERS if word in written] == []


def test_english_mistakes_are_said_in_english(world):
    answer = Visitor("en").send("/for-me/", reach="the park")

    assert "Write a phone number, with its area code" in main_of(answer)
