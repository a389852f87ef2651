"""What soon ends: is it in one list, and said anew in one step with her?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents import actions, policy, queries, standing
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


def test_what_ended_by_itself_is_asked_again_for_two_weeks_and_what_was_taken_back_is_not(
    cast: Cast,
) -> None:
    ended = share(cast, "ended", ends_on=IN_A_WEEK[0])
    back = share(cast, "taken back", ends_on=IN_A_WEEK[0], purpose="referral")
    take_back(cast, back)

    def listed(day: datetime) -> list[bool]:
        page = get(cast.ines, ENDING, day)
        return [str(one) in page for one in (ended, back)]

    over = datetime(2026, 3, 6, 5, 0, tzinfo=UTC)
    found = [listed(over - timedelta(hours=1)), listed(over), listed(over + policy.LATELY)]
    assert found == [[True, False], [True, False], [False, False]]
    with clock.at(over):
        lead = get(cast.ines, anew(cast, "ended"), over)
    assert "ended on" in lead


def test_said_anew_after_its_end_it_is_a_new_one_and_is_asked_no_more(cast: Cast) -> None:
    share(cast, ends_on=IN_A_WEEK[0])
    day = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)
    client = signed_in(cast.ines, at=day, language="en")
    with clock.at(day):
        page = Page(client.get(anew(cast)).content.decode())
        sent = {"form_id": page.fields["form_id"], "ends_on": "2026-08-20"} | HOW
        assert client.post(anew(cast), sent).status_code == 302

    assert "Just ended" not in get(cast.ines, ENDING, day)
    with acting(cast.ines, day):
        first, second = Consent.objects.order_by("ends_at")
        assert (first.withdrawn_at, second.renews_id) == (None, first.pk)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 3, 31), "ends on March 31"),
        (date(2026, 3, 8), "ends within a week, on March 8"),
        (MONDAY.date(), "ends tonight"),
        (date(2026, 4, 1), None),
    ],
)
def test_one_is_reminded_a_month_before_a_week_before_and_on_the_day(
    cast: Cast, day: date, says: str | None
) -> None:
    share(cast, ends_on=day)

    with acting(cast.ines), override("en"):
        lines = [str(one.sentence) for one in standing.soon_over(actor=cast.ines)]

    assert [says in line for line in lines if says] == ([True] if says else [])
    assert len(lines) == (1 if says else 0)


def test_the_text_that_changed_since_is_said_before_the_person_answers(cast: Cast) -> None:
    share(cast, "today's", text_version="2026-11", ends_on=IN_A_WEEK[0])
    share(cast, "an older one", text_version="2025-01", ends_on=IN_A_WEEK[0], purpose="referral")

    found = [
        "has changed since" in get(cast.ines, anew(cast, one))
        for one in ("today's", "an older one")
    ]

    assert found == [False, True]


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


def coordinator(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Solange", cast.la_maison, Role.COORDINATOR)


def test_the_desk_says_how_many_end_soon_in_its_own_organisation_and_never_whose(
    cast: Cast,
) -> None:
    solange = coordinator(cast)
    for number, day in enumerate([MONDAY.date(), *IN_A_WEEK]):
        share(cast, f"consent {number}", ends_on=day)

    desk = get(solange, "/desk/")
    for line in (
        "1 agreement to share, of people accompanied here, ends tonight.",
        "1 agreement to share, of people accompanied here, ends within a week.",
        "2 agreements to share, of people accompanied here, end within 30 days.",
    ):
        assert line in desk
    assert "Maya" not in desk
    assert "agreement" not in get(cast.louise, "/desk/")
    for other in (cast.ines, cast.karim, cast.roy, cast.nadia):
        with acting(other):
            assert standing.ends_at_desk(actor=other) == []


def test_what_is_taken_back_or_over_is_counted_no_more(cast: Cast) -> None:
    solange = coordinator(cast)
    take_back(cast, share(cast, ends_on=IN_A_WEEK[0]))
    share(cast, "ends", ends_on=IN_A_WEEK[0], purpose="referral")

    later = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
    over = datetime(2026, 3, 6, 5, 0, tzinfo=UTC)
    found = [get(solange, "/desk/", at).count("agreement to share") for at in (later, over)]
    assert found == [1, 0]


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2026, 3, 7), datetime(2026, 3, 8, 5, 0, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 9, 4, 0, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 11, 1, 4, 0, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 11, 2, 5, 0, tzinfo=UTC)),
    ],
)
def test_its_last_day_is_over_at_midnight_whatever_the_clocks_do(day: date, over: datetime) -> None:
    assert actions.end_of(day) == over
