"""Two speak for her, under one roof or with one telephone; one is suspended: what reaches whom?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from spheres.config.tests.test_access_requests_pages import THEN, at_desk, get, main, post
from spheres.config.tests.test_access_requests_pages import signed_in as signed_in_then
from spheres.config.tests.test_representatives import LATER, SOON, Who, is_twelve, suspend
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.participants import queries as participants
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.actions import Asked
from spheres.portal.notebook.tests import factories
from spheres.privacy.access_requests.forms import HandedForm
from spheres.privacy.access_requests.models import Asker, Keep
from spheres.privacy.access_requests.tests.factories import (
    answer,
    found,
    ready_for_parent,
    receive,
    seat,
)
from spheres.vault import actions as vault
from tests.cast import Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def she_is_twelve(cast: Cast) -> None:
    is_twelve(cast)


def open_notebook(cast: Cast, agreed: str, at=SOON) -> None:  # type: ignore[no-untyped-def]
    factories.confirm_contact(cast)
    file_id, asked = cast.maya.file_id, Asked(uuid4(), "READ", frozenset({"plan"}), agreed)
    with acting(cast.ines, at):
        known = participants.known(file_id, actor=cast.ines)
        assert known is not None
        vault.open(known.rows, by=cast.ines)
        ready = queries.ready(participants.header_of(known), known, at=at)
        actions.open_together(file_id, asked, ready=ready, by=cast.ines, at=at)


def give_code(cast: Cast, code: str) -> bool:
    with acting(cast.ines, LATER):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
        return actions.give_code(
            cast.maya.file_id, code, factories.PIN, given_id=uuid4(),
            no_more=person.suspended, by=cast.ines, at=LATER,
        )  # fmt: skip


def code_page(cast: Cast) -> int:
    with clock.at(LATER):
        client = signed_in(cast.ines, at=LATER)
        return client.get(reverse("notebook:code", args=[cast.maya.file_id])).status_code


def notebook_page(cast: Cast) -> str:
    with clock.at(LATER):
        client = signed_in(cast.ines, at=LATER, language="en")
        answer = client.get(reverse("notebook:page", args=[cast.maya.file_id]))
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("agreed", "may"), [("PARENT", False), ("TUTOR", True), ("EXCEPTION", True)]
)
def test_no_code_is_given_to_a_notebook_that_rests_on_the_suspended_one(
    cast: Cast, agreed: str, may: bool
) -> None:
    open_notebook(cast, agreed)
    suspend(cast, Who.PARENT)

    shown = code_page(cast), "To look at again" in notebook_page(cast)

    assert shown == ((200, False) if may else (403, True))
    if may:
        assert give_code(cast, factories.CODE)
    else:
        with pytest.raises(NotAllowed):
            give_code(cast, factories.CODE)


def test_opened_anew_on_the_other_one_s_yes_a_code_is_given(cast: Cast) -> None:
    open_notebook(cast, "PARENT")
    suspend(cast, Who.PARENT)
    open_notebook(cast, "TUTOR", LATER)

    assert give_code(cast, factories.CODE)


@pytest.mark.parametrize(
    ("who", "ends", "is_in"), [(Who.PARENT, True, False), (Who.PARENT, False, True),
                               (Who.TUTOR, True, True)],
)  # fmt: skip
def test_ended_with_all_they_agreed_to_whoever_holds_the_telephone_is_out(
    cast: Cast, who: str, ends: bool, is_in: bool
) -> None:
    open_notebook(cast, "PARENT")
    factories.give_code(cast, at=SOON)
    telephone = factories.telephone()
    home = factories.come_in(telephone, at=SOON)["Location"]

    suspend(cast, who, ends=ends)

    with clock.at(SOON + timedelta(minutes=1)):
        inside = telephone.get(home).status_code
    again = factories.telephone()
    tried = factories.come_in(again, at=LATER)
    assert (inside == 200, tried.status_code == 302) == (is_in, is_in)


def test_the_other_one_s_answer_goes_from_hand_to_hand_and_never_by_mail(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR, wish="PORTABLE", keep=Keep.SENT)
    ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    officer = seat(cast, request_id)
    answer(request_id, by=officer)
    before = main(get(signed_in_then(cast.nadia, "en"), at_desk("seat_one", request_id)))
    suspend(cast, Who.PARENT)
    nadia = signed_in_then(cast.nadia, "en")

    shown = main(get(nadia, at_desk("seat_one", request_id)))
    handed = post(nadia, at_desk("seat_handed", request_id), HandedForm, words="À elle, au bureau.")

    mailed = "In a sealed envelope, to the address they gave"
    assert (mailed in before, mailed in shown, "Nothing is mailed now" in shown) == (
        True, False, True,
    )  # fmt: skip
    assert handed.status_code == 302
    with acting(officer, THEN):
        asked = replace(found(request_id, officer), is_beside_suspended=True)
        assert (asked.status.status, asked.reaches) == ("DELIVERED", Keep.TAKEN)


def test_the_suspended_one_is_handed_nothing_though_both_have_one_address(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.PARENT, wish="PORTABLE", keep=Keep.TAKEN)
    ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    answer(request_id, by=seat(cast, request_id))
    suspend(cast, Who.PARENT)
    nadia = signed_in_then(cast.nadia)

    handed = post(nadia, at_desk("seat_handed", request_id), HandedForm, words="À lui.")

    assert handed.status_code == 403
