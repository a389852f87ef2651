"""What does each see and press, when two organisations go out together?"""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.followup.activities import actions
from spheres.followup.activities.models import Card
from spheres.followup.activities.tests.test_lists import CLIMBING, page, put
from spheres.followup.activities.tests.test_together import (
    AGREED,
    MAY,
    NEEDS,
    lets_know,
    out_together,
    told,
)
from spheres.participants import queries as participants
from tests.cast import MONDAY, TUESDAY, Cast, acting, follow, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db


def agree_page(cast: Cast) -> str:
    return reverse("shared_activities:agree", args=[CLIMBING, uuid_of("Maya comes")])


def test_her_worker_writes_it_with_her_on_one_page_and_takes_it_back_in_one_press(
    cast: Cast,
) -> None:
    out_together(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        assert agree_page(cast) in ines.get(page("list")).content.decode()
        form = Page(ines.get(agree_page(cast)).content.decode())
        said = {
            "form_id": form.fields["form_id"], "to": str(cast.samir.user_id), "name": "May",
            "needs": NEEDS, "contact": "", "given_by": "HERSELF", "form": "ON_SCREEN",
        }  # fmt: skip
        answers = [ines.post(agree_page(cast), said).status_code for _ in range(2)]
        listed_page = ines.get(page("list")).content.decode()
        of_file = reverse("activities:of_file", args=[cast.maya.file_id])
        hers = ines.get(of_file).content.decode()
    assert answers[0] == 302
    with acting(cast.ines):
        assert Card.objects.count() == 1
    assert "reads their card on the day" in listed_page
    assert "They no longer want it" in hers

    with clock.at(TUESDAY):
        samir = signed_in(cast.samir, at=TUESDAY, language="en")
        seen = samir.get(page("list")).content.decode()
        along_id = UUID(re.findall(r"/outings/([0-9a-f-]{36})/back/", hers)[0])
        back = reverse("activities:take_back", args=[cast.maya.file_id, along_id])
        ines = signed_in(cast.ines, at=TUESDAY)
        assert ines.post(back).status_code == 302
        after = samir.get(page("list")).content.decode()
    assert (NEEDS in seen, NEEDS in after) == (True, False)
    assert "Maya" not in seen


def test_no_worker_elsewhere_opens_the_page_of_somebody_they_do_not_walk_with(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    back = reverse("activities:take_back", args=[cast.maya.file_id, AGREED])
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        answers = [samir.get(agree_page(cast)), samir.post(agree_page(cast)), samir.post(back)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert told(cast.samir, TUESDAY) == MAY


def test_the_list_costs_the_same_for_one_card_and_for_three(cast: Cast) -> None:
    out_together(cast, kim=False)
    lets_know(cast)

    def cost() -> int:
        with clock.at(TUESDAY):
            samir = signed_in(cast.samir, at=TUESDAY)
            samir.get(page("list"))
            with CaptureQueriesContext(connection) as asked:
                assert samir.get(page("list")).status_code == 200
            return len(asked)

    once = cost()
    for name in ("Ada", "Bo"):
        one = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        put(cast, cast.ines, one)
        agreed = actions.Agreed(
            uuid_of(f"{name} lets Samir know"), cast.samir.user_id, name, "HERSELF", "ON_SCREEN"
        )
        with acting(cast.ines):
            person = participants.header(one.file_id, actor=cast.ines)
            assert person is not None
            actions.agree(
                CLIMBING, uuid_of(f"{name} comes"), agreed, person=person, by=cast.ines, at=MONDAY
            )
    assert len(told(cast.samir, TUESDAY)) == 3
    assert cost() == once
