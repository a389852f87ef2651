"""Is a good word between colleagues read by the two alone, and erased by either?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing.models import Stay
from spheres.worker_support.appreciation import actions
from spheres.worker_support.appreciation.models import GoodWord
from spheres.worker_support.appreciation.tests.factories import EXPIRY, TEXT, read_by, says
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/good-words/"
WRITE = "/good-words/write/"


def of_role(cast: Cast, role: Role) -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value}", cast.la_maison, role)


def typed(client, to: Actor, text: str = TEXT) -> dict[str, str]:
    form = Page(client.get(WRITE).content.decode()).fields["form_id"]
    return {"form_id": form, "to": f"{to.user_id} {to.organisation_id}", "text": text}


def test_a_word_is_said_from_one_page_and_twice_is_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        said = typed(karim, cast.samir)
        sent = [karim.post(WRITE, said).status_code for _ in range(2)]
        page = signed_in(cast.samir, language="en").get(PAGE).content.decode()

    assert sent == [302, 302]
    assert (read_by(cast.samir), read_by(cast.karim)) == (([TEXT], []), ([], [TEXT]))
    assert ("Karim" in page, TEXT in page) == (True, True)


def test_it_is_said_to_somebody_who_works_here_and_never_to_oneself(cast: Cast) -> None:
    nobody = Actor(uuid_of("nobody"), cast.la_maison.pk, frozenset())
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        answers = [karim.post(WRITE, typed(karim, to)) for to in (cast.karim, nobody)]
        empty = karim.post(WRITE, typed(karim, cast.ines, ""))

    assert [answer.status_code for answer in (*answers, empty)] == [422, 422, 422]
    assert TEXT in answers[0].content.decode()
    with pytest.raises(ProgrammingError), transaction.atomic():
        says(cast.karim, nobody)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reads_it_erases_it_or_learns_that_it_is_there(cast: Cast, role: Role) -> None:
    said = says(cast.karim, cast.ines)
    other = of_role(cast, role)
    with clock.at(MONDAY):
        client = signed_in(other)
        one = f"{PAGE}{said.id}/erase/"
        seen = [client.get(PAGE), client.get(one), client.post(one)]

    assert [TEXT in answer.content.decode() for answer in seen] == [False] * 3
    assert [answer.status_code for answer in seen[1:]] == [404, 404]
    with acting(other):
        assert GoodWord.objects.count() == 0
        assert GoodWord.objects.all().delete()[0] == 0
        assert not Event.objects.filter(record_ids__contains=[said.id]).exists()
    assert read_by(cast.ines) == ([TEXT], [])


def test_no_function_of_the_database_counts_them(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_proc where pronamespace = 'access'::regnamespace "
            "and prosrc like '%appreciation_goodword%'"
        )
        asked = cursor.fetchone()[0]
        cursor.execute(
            "select count(*) from information_schema.column_privileges "
            "where table_name = 'appreciation_goodword' and grantee = 'gate'"
        )
        looked_at = cursor.fetchone()[0]

    assert (asked, looked_at) == (0, 0)


def test_nobody_says_a_word_in_another_s_name(cast: Cast) -> None:
    says(cast.karim, cast.ines)
    with acting(cast.karim):
        stay_id = Stay.objects.get().pk
    row = GoodWord(
        id=uuid_of("forged"), written_by=cast.karim.user_id, stay_id=stay_id,
        to_user_id=cast.ines.user_id, to_organisation_id=cast.la_maison.pk, written_at=MONDAY,
    )  # fmt: skip
    with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
        GoodWord.objects.bulk_create([row])


@pytest.mark.parametrize("who", ["ines", "karim"])
def test_either_of_the_two_erases_it_and_it_is_gone_for_both(cast: Cast, who: str) -> None:
    said = says(cast.karim, cast.ines)
    with clock.at(MONDAY):
        client = signed_in(getattr(cast, who))
        one = f"{PAGE}{said.id}/erase/"
        done = [
            client.get(one).status_code, client.post(one).status_code, client.post(one).status_code,
        ]  # fmt: skip

    assert done == [200, 302, 404]
    assert (read_by(cast.ines), read_by(cast.karim)) == (([], []), ([], []))


def test_nobody_else_erases_it(cast: Cast) -> None:
    says(cast.karim, cast.ines)
    with acting(cast.ines):
        row = GoodWord.objects.get()
    with acting(cast.yanick), pytest.raises(NotAllowed):
        actions.erase(row, by=cast.yanick)


def test_a_full_name_is_warned_of_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language="en")
        said = typed(karim, cast.ines, f"{TEXT} Maya Tremblay")
        warned = karim.post(WRITE, said)
        kept = karim.post(WRITE, said | {"looked_again": "yes"})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert TEXT in warned.content.decode()


def test_her_day_says_for_three_days_that_there_is_one_and_neither_who_nor_what(
    cast: Cast,
) -> None:
    says(cast.karim, cast.ines)
    days = []
    for at in (TUESDAY, FRIDAY):
        with clock.at(at):
            days.append(signed_in(cast.ines, at=at, language="en").get("/").content.decode())

    assert ["A colleague has a good word for you." in day for day in days] == [True, False]
    assert TEXT not in days[0]


def test_whoever_leaves_reads_it_no_more_and_the_other_does(cast: Cast) -> None:
    says(cast.karim, cast.ines)
    manager = of_role(cast, Role.ORGANISATION_MANAGER)
    with acting(manager, TUESDAY):
        accounts.end_membership(cast.karim.user_id, by=manager, at=TUESDAY)

    assert (read_by(cast.karim, TUESDAY), read_by(cast.ines, TUESDAY)) == (([], []), ([TEXT], []))


def test_after_the_delay_of_the_region_it_is_gone(cast: Cast) -> None:
    says(cast.karim, cast.ines)
    says(cast.karim, cast.ines, "Plus tard.", which="later", at=MONDAY + timedelta(days=30))
    then = MONDAY + timedelta(days=2 * 366)

    assert read_by(cast.ines, then) == (["Plus tard."], [])
    with acting(EXPIRY, then):
        actions.forget(by=EXPIRY, at=then)
        assert GoodWord.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_word_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which, who in enumerate(("karim", "samir", "louise")[:number]):
        says(getattr(cast, who), cast.ines, which=str(which), at=MONDAY + timedelta(minutes=which))
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        ines.get(PAGE)
        with django_assert_num_queries(8):
            assert ines.get(PAGE).status_code == 200
