"""Is a line on the support between colleagues read by its author alone, and counted of nobody?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing.models import Stay
from spheres.worker_support.informal_support import actions, queries
from spheres.worker_support.informal_support.models import SupportCount, SupportLine
from spheres.worker_support.informal_support.tests.factories import (
    EXPIRY,
    ROLLUPS,
    WORDS,
    counted_at,
    each_notes,
    notes,
    six_people,
    told,
    words_of,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/support-along-the-way/"
SPRING = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)  # the quarter of Monday is over


def of_role(cast: Cast, role: Role) -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value}", cast.la_maison, role)


def typed(client, **said: str) -> dict[str, str]:
    page = Page(client.get(PAGE).content.decode())
    return {"form_id": page.fields["form_id"], "kind": "phone", "day": "2026-03-01"} | said


def test_one_line_is_kept_from_one_page_and_twice_is_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, theme="carrying", words=WORDS)
        sent = [ines.post(PAGE, said).status_code for _ in range(2)]
        page = ines.get(PAGE).content.decode()

    assert sent == [302, 302]
    with acting(cast.ines):
        [line] = queries.newest(actor=cast.ines, at=MONDAY)
    assert (str(line.on), line.kind, line.words) == ("2026-03-01", "Au téléphone", WORDS)
    assert WORDS in page


def test_the_day_and_the_kind_are_enough_and_no_day_is_to_come(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        bare = ines.post(PAGE, typed(ines))
        to_come = ines.post(PAGE, typed(ines, day="2026-03-03", words=WORDS))
        long_ago = ines.post(PAGE, typed(ines, day="2024-03-03"))
        nothing = ines.post(PAGE, typed(ines, kind=""))

    sent = [one.status_code for one in (bare, to_come, long_ago, nothing)]
    assert sent == [302, 422, 422, 422]
    assert "This day is still to come" in to_come.content.decode()
    assert WORDS in to_come.content.decode()


def test_a_full_name_is_warned_of_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, words=f"{WORDS} Maya Tremblay")
        warned = ines.post(PAGE, said)
        kept = ines.post(PAGE, said | {"looked_again": "yes"})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "“Maya Tremblay” looks like a full name." in warned.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reads_it_erases_it_or_learns_that_it_is_there(cast: Cast, role: Role) -> None:
    noted = notes(cast.ines)
    other = of_role(cast, role)
    with clock.at(MONDAY):
        client = signed_in(other)
        one = f"{PAGE}{noted.id}/erase/"
        seen = [client.get(PAGE), client.get(one), client.post(one)]

    assert [WORDS in answer.content.decode() for answer in seen] == [False] * 3
    assert [answer.status_code for answer in seen[1:]] == [404, 404]
    with acting(other):
        assert (SupportLine.objects.count(), SupportCount.objects.count()) == (0, 0)
        assert SupportLine.objects.all().delete()[0] == 0
        assert not Event.objects.filter(record_ids__contains=[noted.id]).exists()
    assert words_of(cast.ines) == [WORDS]


def test_nobody_writes_in_her_name_nor_as_of_another_day(cast: Cast) -> None:
    notes(cast.ines)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    hers = {"id": uuid_of("forged"), "stay_id": stay_id}
    for who, user, at in (
        (cast.yanick, cast.ines, MONDAY),
        (cast.yanick, cast.yanick, MONDAY),
        (cast.ines, cast.ines, MONDAY - timedelta(days=90)),
    ):
        row = SupportLine(user_id=user.user_id, written_at=at, **hers)
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            SupportLine.objects.bulk_create([row])


def test_she_erases_it_at_once_and_nobody_else_does(cast: Cast) -> None:
    noted = notes(cast.ines)
    with acting(cast.ines):
        row = SupportLine.objects.get()
    with acting(cast.yanick), pytest.raises(NotAllowed):
        actions.erase(row, by=cast.yanick)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        one = f"{PAGE}{noted.id}/erase/"
        done = [ines.get(one).status_code, ines.post(one).status_code, ines.post(one).status_code]

    assert done == [200, 302, 404]
    assert words_of(cast.ines) == []


def test_after_the_delay_of_the_region_it_is_read_no_more_and_the_night_destroys_it(
    cast: Cast,
) -> None:
    notes(cast.ines)
    notes(cast.ines, "Plus tard.", which="later", at=MONDAY + timedelta(days=30))
    then = MONDAY + timedelta(days=366)

    assert words_of(cast.ines, then) == ["Plus tard."]
    with acting(EXPIRY, then):
        actions.forget(by=EXPIRY, at=then)
        assert SupportLine.objects.count() == 1


def test_it_is_read_no_more_when_she_leaves(cast: Cast) -> None:
    notes(cast.ines)
    manager = of_role(cast, Role.ORGANISATION_MANAGER)
    with acting(manager, TUESDAY):
        accounts.end_membership(cast.ines.user_id, by=manager, at=TUESDAY)

    with acting(cast.ines, TUESDAY):
        assert SupportLine.objects.count() == 0


def test_a_quarter_is_counted_once_it_is_over_from_enough_people(cast: Cast) -> None:
    each_notes(six_people(cast))
    counted_at(TUESDAY)
    during = told(cast.louise, TUESDAY)
    counted_at(SPRING)

    assert (during, told(cast.louise, SPRING)) == ([], [("2026-01-01", 6)])


def test_too_few_people_are_not_counted_however_many_lines_they_keep(cast: Cast) -> None:
    few = six_people(cast)[:4]
    each_notes(few)
    for number in range(9):
        notes(cast.ines, which=f"more {number}")
    counted_at(SPRING)

    assert told(cast.louise, SPRING) == []


def test_what_is_erased_later_changes_no_number_so_that_nobody_is_found_by_subtraction(
    cast: Cast,
) -> None:
    people = six_people(cast)
    each_notes(people)
    counted_at(SPRING)
    before = told(cast.louise, SPRING)
    erases_all(people[0])
    counted_at(SPRING + timedelta(days=1))

    assert (before, told(cast.louise, SPRING)) == ([("2026-01-01", 6)], [("2026-01-01", 6)])


def test_a_quarter_of_which_too_few_lines_stand_disappears_and_never_comes_back(
    cast: Cast,
) -> None:
    people = six_people(cast)
    each_notes(people)
    counted_at(SPRING)
    for who in people[:2]:
        erases_all(who)
    counted_at(SPRING + timedelta(days=1))

    assert told(cast.louise, SPRING) == []


def erases_all(who: Actor) -> None:
    with acting(who, SPRING):
        for row in SupportLine.objects.order_by("pk"):
            actions.erase(row, by=who)


@pytest.mark.parametrize("who", ["ines", "karim", "samir", "roy", "amrani", "nadia"])
def test_nobody_else_is_told_how_many(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    for name in ("informal_support_counted", "informal_support_to_count"):
        with (
            acting(actor),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from access.{name}(null)")
    with clock.at(MONDAY):
        assert "Tous les partenaires ensemble" not in signed_in(actor).get(PAGE).content.decode()


def test_the_service_that_counts_reads_no_line(cast: Cast) -> None:
    notes(cast.ines)

    with acting(ROLLUPS):
        assert SupportLine.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        notes(cast.ines, which=str(which), at=MONDAY + timedelta(minutes=which))
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        ines.get(PAGE)
        with django_assert_num_queries(7):
            assert ines.get(PAGE).status_code == 200
