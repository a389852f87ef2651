"""Do colleagues practise together, seen by the group alone, and is leaving without a trace?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing.models import Stay
from spheres.worker_support.practice_groups import actions, queries
from spheres.worker_support.practice_groups.models import (
    PracticeComing,
    PracticeGroup,
    PracticeMember,
    PracticeSeat,
    PracticeSession,
)
from spheres.worker_support.practice_groups.tests.factories import (
    ABOUT,
    EXPIRY,
    PLACE,
    STARTS,
    TITLE,
    group_of_two,
    joins,
    opens,
    plans,
    seen,
    whole,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/practice-groups/"
SUMMER = datetime(2026, 4, 5, 12, 0, tzinfo=UTC)  # the quarter of the session is over
PRIVATE = (PracticeMember, PracticeSession, PracticeComing, PracticeSeat)


def of_role(cast: Cast, role: Role, where: str = "la_maison") -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value}", getattr(cast, where), role)


def test_a_group_is_opened_joined_and_meets_all_from_its_pages(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim, ines = signed_in(cast.karim, language="en"), signed_in(cast.ines, language="en")
        form = Page(karim.get(f"{PAGE}open/").content.decode()).fields["form_id"]
        said = {"form_id": form, "title": TITLE, "theme": "motivational", "about": ""}
        opened = [karim.post(f"{PAGE}open/", said) for _ in range(2)]
        one = opened[0].headers["Location"]
        ines.post(f"{one}join/")
        ines.post(f"{one}join/")
        form = Page(ines.get(f"{one}plan/").content.decode()).fields["form_id"]
        said = {
            "form_id": form, "day": "2026-03-09", "hour": "12:00", "minutes": "60", "way": "VIDEO",
            "about": ABOUT, "place": PLACE,
        }  # fmt: skip
        planned = [ines.post(f"{one}plan/", said).status_code for _ in range(2)]
        page = karim.get(one).content.decode()

    assert ([answer.status_code for answer in opened], planned) == ([302, 302], [302, 302])
    assert [word in page for word in (TITLE, ABOUT, PLACE, "Coming: Inès", "I am coming")] == [
        True
    ] * 5
    with acting(cast.karim):
        counts = [model.objects.count() for model in PRIVATE]
    assert counts == [2, 1, 1, 1]


def test_a_session_begins_later_and_nothing_typed_is_lost(cast: Cast) -> None:
    one = f"{PAGE}{group_of_two(cast)}/"
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        form = Page(ines.get(f"{one}plan/").content.decode()).fields["form_id"]
        said = {
            "form_id": form, "day": "2026-03-01", "hour": "12:00", "minutes": "60", "way": "VIDEO",
            "about": ABOUT,
        }  # fmt: skip
        past = ines.post(f"{one}plan/", said)

    assert past.status_code == 422
    assert ("This moment is past" in past.content.decode(), ABOUT in past.content.decode()) == (
        True, True,
    )  # fmt: skip


def test_each_says_for_herself_that_she_comes_and_takes_it_back_without_a_trace(
    cast: Cast,
) -> None:
    group_id = group_of_two(cast)
    one = f"{PAGE}sessions/{plans(cast.karim, group_id)}/"
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        ines.post(f"{one}come/")
        ines.post(f"{one}come/")
        coming = whole(group_id, cast.karim).to_come[0].coming
        ines.post(f"{one}stay-away/")
        after = whole(group_id, cast.karim).to_come[0].coming

    assert (coming, after) == (["Inès", "Karim"], ["Karim"])


@pytest.mark.parametrize("role", list(Role))
def test_who_is_in_it_and_when_it_meets_nobody_outside_the_group_sees(
    cast: Cast, role: Role
) -> None:
    group_id = group_of_two(cast)
    session_id = plans(cast.karim, group_id)
    other = of_role(cast, role)
    with clock.at(MONDAY):
        client = signed_in(other)
        seen_there = client.get(f"{PAGE}{group_id}/").content.decode()
        moves = [
            client.post(f"{PAGE}sessions/{session_id}/{verb}/")
            for verb in ("come", "stay-away", "cancel")
        ]
        planned = client.get(f"{PAGE}{group_id}/plan/").status_code

    inside = seen_there[seen_there.index("<main") : seen_there.index("</main>")]
    assert (TITLE in inside, ABOUT in inside, PLACE in inside, "Inès" in inside) == (
        True, False, False, False,
    )  # fmt: skip
    assert ([move.status_code for move in moves], planned) == ([404] * 3, 403)
    with acting(other):
        assert [model.objects.count() for model in PRIVATE] == [0] * 4
        assert [model.objects.all().delete()[0] for model in PRIVATE] == [0] * 4


def test_nobody_is_put_in_a_group_nor_said_to_come_by_another(cast: Cast) -> None:
    group_id = group_of_two(cast)
    session_id = plans(cast.karim, group_id)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    for who in (cast.yanick, cast.karim):
        joined = {"group_id": group_id, "joined_at": MONDAY}
        rows = (
            PracticeSeat(id=uuid_of("a"), user_id=cast.ines.user_id, stay_id=stay_id, **joined),
            PracticeMember(id=uuid_of("b"), user_id=cast.ines.user_id, stay_id=stay_id, **joined),
            PracticeMember(id=uuid_of("c"), user_id=who.user_id, stay_id=stay_id, **joined),
            PracticeComing(
                id=uuid_of("d"), session_id=session_id, user_id=cast.ines.user_id,
                stay_id=stay_id, said_at=MONDAY,
            ),
        )  # fmt: skip
        for row in rows:
            with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
                type(row).objects.bulk_create([row])


def test_whoever_has_not_taken_a_seat_plans_nothing_there(cast: Cast) -> None:
    group_id = group_of_two(cast)
    row = PracticeSession(
        id=uuid_of("forged"), group_id=group_id, starts_at=STARTS, minutes=60, way="VIDEO",
        planned_by=cast.yanick.user_id, planned_at=MONDAY,
    )  # fmt: skip
    with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
        PracticeSession.objects.bulk_create([row])
    with acting(cast.yanick):
        assert PracticeGroup.objects.update(ended_by=cast.yanick.user_id, ended_at=MONDAY) == 0


def test_whoever_leaves_the_group_leaves_no_trace_and_may_come_back(cast: Cast) -> None:
    group_id = group_of_two(cast)
    session_id = plans(cast.ines, group_id)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        left = ines.post(f"{PAGE}{group_id}/leave/").status_code
        gone = whole(group_id, cast.karim, TUESDAY)
        moves = ines.post(f"{PAGE}sessions/{session_id}/come/").status_code
    joins(cast.ines, group_id, TUESDAY)
    back = whole(group_id, cast.karim, TUESDAY)

    assert (left, moves) == (302, 404)
    assert (gone.members, gone.to_come[0].coming) == (["Karim"], [])
    assert back.members == ["Inès", "Karim"]


def test_whoever_leaves_the_organisation_sees_the_group_no_more(cast: Cast) -> None:
    group_of_two(cast)
    manager = of_role(cast, Role.ORGANISATION_MANAGER)
    with acting(manager, TUESDAY):
        accounts.end_membership(cast.ines.user_id, by=manager, at=TUESDAY)

    with acting(cast.ines, TUESDAY):
        assert [model.objects.count() for model in PRIVATE] == [0] * 4


def test_a_session_is_cancelled_once_and_stays_so(cast: Cast) -> None:
    group_id = group_of_two(cast)
    session_id = plans(cast.karim, group_id)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        cancel = f"{PAGE}sessions/{session_id}/cancel/"
        done = [ines.get(cancel).status_code, *(ines.post(cancel).status_code for _ in range(2))]
        page = ines.get(f"{PAGE}{group_id}/").content.decode()
        late = ines.post(f"{PAGE}sessions/{session_id}/come/").status_code

    assert (done, late, "not held" in page) == ([200, 302, 302], 403, True)
    with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
        PracticeSession.objects.update(cancelled_at=None, cancelled_by=None)


def test_a_closed_group_is_joined_and_planned_no_more(cast: Cast) -> None:
    group_id = group_of_two(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        one = f"{PAGE}{group_id}/"
        done = [ines.get(f"{one}close/").status_code, ines.post(f"{one}close/").status_code]
        plan = ines.get(f"{one}plan/").status_code
    with pytest.raises(NotAllowed):
        joins(cast.yanick, group_id)
    with acting(cast.yanick):
        open_ones = queries.listed(actor=cast.yanick)

    assert (done, plan, open_ones) == ([200, 302], 403, [])


def test_the_coordination_is_told_how_many_sessions_were_held_and_no_name(cast: Cast) -> None:
    group_id = group_of_two(cast)
    plans(cast.karim, group_id)
    plans(cast.karim, group_id, which="two", starts_at=STARTS + timedelta(days=7))
    off = plans(cast.karim, group_id, which="off", starts_at=STARTS + timedelta(days=14))
    with acting(cast.karim):
        actions.cancel(PracticeSession.objects.get(pk=off), by=cast.karim, at=MONDAY)
    with acting(cast.louise, STARTS + timedelta(days=10)):
        during = queries.held(actor=cast.louise)
    with acting(cast.louise, SUMMER):
        after = [
            (str(one.first), one.sessions, one.groups) for one in queries.held(actor=cast.louise)
        ]

    assert (during, after) == ([], [("2026-01-01", 2, 1)])


@pytest.mark.parametrize("who", ["ines", "karim", "samir", "roy", "amrani", "nadia"])
def test_nobody_else_is_told_how_many(cast: Cast, who: str) -> None:
    with (
        acting(getattr(cast, who)),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select * from access.practice_sessions_held(null)")


def test_what_one_keeps_of_a_session_is_an_own_note_and_no_table_of_the_group(
    cast: Cast,
) -> None:
    group_id = group_of_two(cast)
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(f"{PAGE}{group_id}/").content.decode()

    assert 'href="/own-notes/"' in page


def test_a_session_stands_in_the_calendar_of_the_members_alone(cast: Cast) -> None:
    group_id = group_of_two(cast)
    plans(cast.karim, group_id)
    found = []
    for who in (cast.ines, cast.samir):
        with acting(who):
            rows = queries.between(MONDAY, STARTS + timedelta(days=1), actor=who)
        found.append(len(rows))

    assert found == [1, 0]


def test_after_the_delay_of_the_region_sessions_go_then_groups_that_were_closed(
    cast: Cast,
) -> None:
    group_id = group_of_two(cast)
    plans(cast.karim, group_id)
    it = seen(group_id, cast.karim)
    with acting(cast.karim):
        actions.close(it, by=cast.karim, at=MONDAY)
    soon, late = STARTS + timedelta(days=700), STARTS + timedelta(days=740)
    counts = []
    for then in (soon, late):
        with acting(EXPIRY, then):
            actions.forget(by=EXPIRY, at=then)
            counts.append([model.objects.count() for model in (PracticeGroup, *PRIVATE)])

    assert counts == [[1, 2, 1, 1, 2], [0] * 5]


@pytest.mark.parametrize("number", [1, 3])
def test_its_pages_cost_the_same_for_one_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        group_id = opens(cast.karim, which=str(which), at=MONDAY + timedelta(minutes=which))
    for which in range(number):
        plans(cast.karim, group_id, which=str(which), at=MONDAY + timedelta(minutes=which + 9))
    with clock.at(TUESDAY):
        karim = signed_in(cast.karim, at=TUESDAY)
        karim.get(PAGE)
        with django_assert_num_queries(9):
            assert karim.get(PAGE).status_code == 200
        with django_assert_num_queries(14):
            assert karim.get(f"{PAGE}{group_id}/").status_code == 200
