"""What soon ends: is it in one list, and said anew in one step with her?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents import queries
from spheres.followup.consents.tests.factories import share, take_back
from spheres.sharing.models import Consent
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
ENDING = "/sharing/ending/"
IN_A_WEEK = [date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 30), date(2026, 5, 1)]


def anew(cast: Cast, which: str = "a consent") -> str:
    return reverse("consents:anew", args=[cast.maya.file_id, uuid_of(which)])


def get(actor: Actor, address: str, at: datetime = MONDAY, language: str = "en") -> str:
    client = signed_in(actor, at=at, language=language)
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().split("<main")[1].replace("\u00a0", " ")


def send(actor: Actor, address: str, *, twice: bool = False, **said: Any) -> list[int]:
    client = signed_in(actor)
    with clock.at(MONDAY):
        page = Page(client.get(address).content.decode())
        sent = {"form_id": page.fields["form_id"], "ends_on": "2026-08-20"} | said
        return [client.post(address, sent).status_code for _time in range(2 if twice else 1)]


HOW = {"given_by": "HERSELF", "form": "ON_SCREEN", "language": "fr"}


def test_the_list_holds_what_ends_in_seven_days_then_in_thirty_and_nothing_else(cast: Cast) -> None:
    for number, day in enumerate(IN_A_WEEK):
        share(cast, f"consent {number}", ends_on=day)

    page = get(cast.ines, ENDING)
    week, month = page.split("In the next thirty days")

    found = [
        [number for number in range(4) if str(uuid_of(f"consent {number}")) in part]
        for part in (week, month)
    ]
    assert found == [[0], [1, 2]]
    assert page.count("Maya") == 3


def test_the_list_is_of_one_s_own_people_and_is_one_event(cast: Cast) -> None:
    share(cast, ends_on=IN_A_WEEK[0])
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    with acting(cast.ines):
        before = Event.objects.count()
    page = get(cast.ines, ENDING)
    nothing = get(cast.yanick, ENDING)

    assert ("Maya" in page, str(lou.file_id) in page) == (True, False)
    assert "Nothing ends in the next thirty days" in nothing
    with acting(cast.ines):
        lines = Event.objects.order_by("number")[before:]
        assert [(one.chain_id, one.action) for one in lines if one.sections] == [
            (cast.maya.file_id, "list")
        ]


def test_who_does_not_share_for_anybody_has_no_such_list(cast: Cast) -> None:
    for who in (cast.roy, cast.nadia, cast.amrani):
        with clock.at(MONDAY):
            assert signed_in(who).get(ENDING).status_code == 403


def test_said_anew_in_one_step_the_former_ends_the_moment_this_one_begins(cast: Cast) -> None:
    share(cast, ends_on=IN_A_WEEK[0], user_id=cast.samir.user_id)

    said = send(cast.ines, anew(cast), twice=True, **HOW)

    assert said == [302, 302]
    with acting(cast.ines):
        first, second = Consent.objects.order_by("ends_at")
        kept = ("organisation_id", "user_id", "purpose", "sections")
        assert [getattr(first, name) for name in kept] == [getattr(second, name) for name in kept]
        assert (first.withdrawn_at, second.renews_id) == (MONDAY, first.pk)
        assert clock.day_of(second.ends_at - timedelta(seconds=1)) == date(2026, 8, 20)


def test_it_is_refused_beyond_twelve_months_and_without_who_says_so(cast: Cast) -> None:
    share(cast, ends_on=IN_A_WEEK[0])

    beyond = send(cast.ines, anew(cast), **HOW | {"ends_on": "2027-08-20"})
    nobody = send(cast.ines, anew(cast), form="ON_SCREEN", language="fr")

    assert (beyond, nobody) == ([422], [422])
    with acting(cast.ines):
        assert Consent.objects.count() == 1


def test_taken_back_there_is_nothing_to_say_anew_and_nobody_else_reaches_the_page(
    cast: Cast,
) -> None:
    one = share(cast, ends_on=IN_A_WEEK[0])
    with clock.at(MONDAY):
        others = [signed_in(who).get(anew(cast)).status_code for who in (cast.samir, cast.yanick)]
    take_back(cast, one, at=MONDAY)

    with clock.at(MONDAY):
        assert [*others, signed_in(cast.ines).get(anew(cast)).status_code] == [404, 404, 404]


def test_of_somebody_who_left_that_partner_the_whole_form_asks_with_whom(cast: Cast) -> None:
    with acting(LOADER):
        rose = add_person("Rose", cast.elsewhere, Role.YOUTH_WORKER)
    share(cast, ends_on=IN_A_WEEK[0], user_id=rose.user_id)
    with acting(LOADER):
        Membership.objects.filter(user_id=rose.user_id).update(ends_at=MONDAY)

    with clock.at(MONDAY):
        answer = signed_in(cast.ines).get(anew(cast))

    asked = f"/files/{cast.maya.file_id}/sharing/new/?renews={uuid_of('a consent')}"
    assert (answer.status_code, answer["Location"]) == (302, asked)


def test_what_is_read_there_is_shown_before_she_says_yes(cast: Cast) -> None:
    share(cast, ends_on=IN_A_WEEK[0])

    page = get(cast.ines, anew(cast), language="fr")

    assert "Le redire, ensemble" in page
    with acting(cast.ines):
        [shared] = queries.of_file(cast.maya.file_id, actor=cast.ines, at=MONDAY)
        seen = [part.replace("\u00a0", " ") in page for part in shared.parts]
    assert seen == [True] * len(shared.parts)
