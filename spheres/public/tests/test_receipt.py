"""Do a number and its code tell how a referral stands, and nothing of what she decided?"""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection

from spheres.core import clock
from spheres.core.actor import VISITOR, service
from spheres.followup.admission import actions
from spheres.followup.admission.models import ReferralStatus
from spheres.public import queries
from spheres.public.forms import ReceiptForm
from tests.cast import MONDAY, acting, follow, refer, uuid_of
from tests.pages import visitor

EXPIRY = service("expiry")
RECEIVED, CONTACT, CLOSED = "Reçue", "Nous contactons la personne si elle est d’accord", "Fermée"


def receipt_of(name):
    form_id = uuid_of(f"referral of {name}")
    return actions.number_of(form_id), actions.code_of(form_id)


def look(number, code, browser=None, **more):
    said = {"receipt_number": number, "receipt_code": code} | more
    said["form_id"] = ReceiptForm().signed_id
    with clock.at(MONDAY):
        return (browser or visitor(settings.YOUTH_HOST)).post("/receipt/", said)


def title(answer):
    return re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)[0].strip()


def test_a_receipt_tells_received_then_contact_whatever_she_chooses(cast):
    refer("Léa", desk=cast.institute.id)
    refer("Zoé", desk=cast.institute.id)
    follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    zoe = actions.file_of(uuid_of("referral of Zoé"))
    offer = uuid_of("offer of Zoé")
    with acting(cast.louise):
        actions.offer(zoe, to=cast.samir.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
    offered = title(look(*receipt_of("Zoé")))
    with acting(cast.samir):
        actions.accept(offer, desk=cast.institute.id, by=cast.samir, at=MONDAY)
    accepted = look(*receipt_of("Zoé"))
    with acting(cast.samir):
        actions.close(zoe, to="WITHDRAWN", reason="other", by=cast.samir, at=MONDAY)
    withdrawn, admitted = look(*receipt_of("Zoé")), look(*receipt_of("Lou"))

    assert [title(look(*receipt_of("Léa"))), offered] == [RECEIVED, RECEIVED]
    assert [title(page) for page in (accepted, withdrawn, admitted)] == [CONTACT] * 3
    assert without_seals(accepted) == without_seals(withdrawn) == without_seals(admitted)


def without_seals(answer):
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


def test_what_is_unknown_answers_as_what_is_forgotten(cast, django_assert_num_queries):
    lea = refer("Léa", desk=cast.institute.id)
    number, code = receipt_of("Léa")
    other = receipt_of("Maya")[1]
    with acting(EXPIRY):
        actions.expire(lea, before=MONDAY, by=EXPIRY, at=MONDAY)
        assert ReferralStatus.objects.get(file_id=lea).code == b""

    answers = [look(number, code), look("2222-2222", "222-222"), look(receipt_of("Maya")[0], code)]

    assert [title(one) for one in answers] == [CLOSED] * 3
    assert len({without_seals(one) for one in answers}) == 1
    assert title(look(receipt_of("Maya")[0], other)) == CONTACT


def test_a_receipt_is_read_however_it_is_typed(cast):
    refer("Léa", desk=cast.institute.id)
    number, code = receipt_of("Léa")

    typed = f" {number.lower().replace('-', ' ')} ", code.replace("-", "")

    assert title(look(*typed)) == RECEIVED


def test_an_answer_says_nothing_of_hers_nor_of_the_worker(cast):
    page = look(*receipt_of("Maya")).content.decode()

    hers = ("Maya", "Inès", "La Maison", "Mireille", "2026", receipt_of("Maya")[0])
    assert [words for words in hers if words in page] == []


def test_the_eleventh_look_of_an_hour_is_refused(cast):
    browser = visitor(settings.YOUTH_HOST)

    answers = [look("2222-2222", "222-222", browser).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize("said", [{"receipt_number": ""}, {"e2": "x"}])
def test_a_receipt_that_is_not_whole_asks_nothing(cast, said):
    answer = look(*receipt_of("Maya"), **said)

    assert answer.status_code in {422, 429}
    assert CONTACT not in answer.content.decode()


def test_only_a_digest_of_the_code_is_kept(cast):
    number, code = receipt_of("Maya")
    with acting(EXPIRY):
        kept = ReferralStatus.objects.get(file_id=cast.maya.file_id)

    assert bytes(kept.code) == actions.asked_by(number, code)
    with acting(VISITOR):
        assert ReferralStatus.objects.count() == 0
        assert queries.stands(b"", actor=VISITOR) == queries.Stands.CLOSED
    assert connection.in_atomic_block
