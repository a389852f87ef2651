"""Does a worker alone read how she is, and does it go when she says so, after a year, with her?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing import holding
from spheres.sharing.models import Hold, Stay
from spheres.worker_support.wellbeing import actions, drawing, policy, queries
from spheres.worker_support.wellbeing.models import CheckIn
from spheres.worker_support.wellbeing.statements import STATEMENTS
from spheres.worker_support.wellbeing.tests.factories import (
    EXPIRY,
    WORDS,
    answers,
    the_night_comes,
    words_of,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/how-i-am/"
NEVER = ("yanick", "karim", "louise", "nadia", "samir", "roy", "amrani")
A_YEAR = timedelta(days=366)


def of_role(cast: Cast, role: Role) -> Actor:
    """Somebody who works where Inès works."""
    with acting(LOADER):
        return add_person(f"Person {role.value}", cast.la_maison, role)


def typed(client, **said: str) -> dict[str, str]:
    return {"form_id": Page(client.get(PAGE).content.decode()).fields["form_id"]} | said


def test_a_worker_answers_from_one_page_and_twice_is_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, rest="1", someone="4", words=WORDS)
        sent = [ines.post(PAGE, said).status_code for _ in range(2)]
        page = ines.get(PAGE).content.decode()

    assert sent == [302, 302]
    assert words_of(cast.ines) == [WORDS]
    assert WORDS in page
    with acting(cast.ines):
        assert queries.newest(actor=cast.ines)[0].said == {"rest": 1, "someone": 4}


def test_nothing_has_to_be_answered_but_one_thing(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        empty = ines.post(PAGE, typed(ines))
        forged = ines.post(PAGE, typed(ines, rest="9", words=WORDS))
        words = ines.post(PAGE, typed(ines, words=WORDS))

    assert (empty.status_code, forged.status_code, words.status_code) == (422, 422, 302)
    assert "Nothing is answered yet." in empty.content.decode()
    assert WORDS in forged.content.decode()


def test_a_full_name_is_warned_of_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, body="2", words=f"{WORDS} Maya Tremblay")
        warned = ines.post(PAGE, said)
        kept = ines.post(PAGE, said | {"looked_again": "yes"})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "“Maya Tremblay” looks like a full name." in warned.content.decode()
    assert WORDS in warned.content.decode()


def test_no_page_says_how_somebody_is_in_a_figure(cast: Cast) -> None:
    answers(cast.ines, **{one.code: 1 for one in STATEMENTS})
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(PAGE).content.decode()

    assert [word for word in ("%", "score", "total", "average") if word in _shown(page)] == []
    assert "You need not carry it alone" in page
    assert 'href="/supervision/"' in page


def _shown(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")].lower()


def test_the_picture_and_its_table_say_the_same(cast: Cast) -> None:
    answers(cast.ines, rest=1, body=4)
    answers(cast.ines, which="two", at=TUESDAY, rest=2)
    with acting(cast.ines, TUESDAY), translation.override("en"):
        newest = queries.newest(actor=cast.ines)
        picture, said = drawing.picture(newest), drawing.lines(newest)

    rows = {one.code: row for one, row in zip(STATEMENTS, picture.rows, strict=True)}
    lines = {one.code: line[1:] for one, line in zip(STATEMENTS, said, strict=True)}
    assert [(dot.x, dot.radius) for dot in rows["rest"].dots] == [(12, 3), (36, 5)]
    assert [(dot.x, dot.radius) for dot in rows["body"].dots] == [(12, 9)]
    assert (lines["rest"], lines["body"]) == (["A little", "Not really"], ["left out", "Entirely"])
    assert lines["sense"] == ["left out", "left out"]


@pytest.mark.parametrize("who", NEVER)
def test_nobody_else_reads_it_by_a_page_nor_in_the_database(cast: Cast, who: str) -> None:
    said = answers(cast.ines)
    other = getattr(cast, who)
    with clock.at(MONDAY):
        client = signed_in(other)
        one = f"{PAGE}{said.id}/erase/"
        seen = [client.get(PAGE), client.get(one), client.post(one)]
        client.post(f"{PAGE}erase/")

    assert [WORDS in answer.content.decode() for answer in seen] == [False] * 3
    assert {answer.status_code for answer in seen[1:]} == {404}
    assert words_of(cast.ines) == [WORDS]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reads_it_erases_it_or_learns_that_it_is_there(cast: Cast, role: Role) -> None:
    said = answers(cast.ines)
    other = of_role(cast, role)

    with acting(other):
        assert CheckIn.objects.count() == 0
        assert CheckIn.objects.all().delete()[0] == 0
        assert not Event.objects.filter(record_ids__contains=[said.id]).exists()
    assert words_of(cast.ines) == [WORDS]


def test_no_function_of_the_database_counts_them(cast: Cast) -> None:
    """No aggregate exists, so that nothing is found by subtraction, nor after a deletion."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_proc where pronamespace = 'access'::regnamespace "
            "and prosrc like '%wellbeing_checkin%' and proname <> 'erase'"
        )
        asked = cursor.fetchone()[0]
        cursor.execute(
            "select count(*) from information_schema.column_privileges "
            "where table_name = 'wellbeing_checkin' and grantee = 'gate'"
        )
        looked_at = cursor.fetchone()[0]

    assert (asked, looked_at) == (0, 0)


def test_nobody_answers_in_her_name(cast: Cast) -> None:
    answers(cast.ines)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    for user_id in (cast.ines.user_id, cast.yanick.user_id):
        row = CheckIn(id=uuid_of("forged"), user_id=user_id, stay_id=stay_id, written_at=MONDAY)
        with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
            CheckIn.objects.bulk_create([row])


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("ines", True), ("karim", True), ("amrani", True), ("louise", False), ("nadia", False)],
)
def test_those_who_hear_what_young_people_live_through_answer(
    cast: Cast, who: str, allowed: bool
) -> None:
    assert bool(policy.can_answer(getattr(cast, who))) is allowed


def test_who_does_not_answer_is_told_whose_page_it_is(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        answers(cast.louise)
    with clock.at(MONDAY):
        assert signed_in(cast.louise).get(PAGE).status_code == 403


def test_she_erases_one_time_at_once_and_even_under_a_hold(cast: Cast) -> None:
    said = answers(cast.ines)
    answers(cast.ines, "Une autre fois.", which="two", at=MONDAY + timedelta(hours=1))
    _hold(cast)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        one = f"{PAGE}{said.id}/erase/"
        done = [ines.get(one), ines.post(one), ines.post(one)]

    assert [answer.status_code for answer in done] == [200, 302, 404]
    assert words_of(cast.ines, TUESDAY) == ["Une autre fois."]


def test_she_erases_all_of_it_and_nothing_of_a_colleague(cast: Cast) -> None:
    answers(cast.ines)
    answers(cast.ines, which="two")
    answers(cast.yanick, "À moi.", which="of Yanick")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        done = [ines.get(f"{PAGE}erase/").status_code, ines.post(f"{PAGE}erase/").status_code]

    assert done == [200, 302]
    assert (words_of(cast.ines), words_of(cast.yanick)) == ([], ["À moi."])


def test_after_twelve_months_she_reads_it_no_more_and_the_night_destroys_it(cast: Cast) -> None:
    answers(cast.ines)
    answers(cast.ines, "Plus tard.", which="later", at=MONDAY + timedelta(days=30))
    then = MONDAY + A_YEAR

    assert words_of(cast.ines, MONDAY + timedelta(days=364)) == ["Plus tard.", WORDS]
    assert words_of(cast.ines, then) == ["Plus tard."]
    with acting(EXPIRY, then):
        assert CheckIn.objects.count() == 1  # the old one, and no other
    the_night_comes(then)
    with acting(EXPIRY, then):
        assert CheckIn.objects.count() == 0
    assert words_of(cast.ines, then) == ["Plus tard."]


def test_it_goes_when_she_leaves(cast: Cast) -> None:
    answers(cast.ines)
    _leaves(cast, cast.ines, TUESDAY)

    with acting(cast.ines, TUESDAY):
        assert CheckIn.objects.count() == 0


def test_whoever_leaves_is_told_that_it_is_there(cast: Cast) -> None:
    with clock.at(MONDAY):
        before = signed_in(cast.ines, language="en").get("/handing-over/").content.decode()
    answers(cast.ines)
    with clock.at(MONDAY):
        after = signed_in(cast.ines, language="en").get("/handing-over/").content.decode()

    assert ("How you were" in before, "How you were" in after) == (False, True)
    assert WORDS not in after


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_time_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        answers(cast.ines, which=str(which), at=MONDAY + timedelta(minutes=which))
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        ines.get(PAGE)
        with django_assert_num_queries(7):
            assert ines.get(PAGE).status_code == 200


def _hold(cast: Cast, at: datetime = MONDAY) -> None:
    with acting(cast.nadia, at):
        assert holding.place(
            uuid_of("a hold"), cast.maya.file_id, ground=Hold.Ground.SUBPOENA,
            words="Dossier 500", by=cast.nadia, at=at,
        )  # fmt: skip


def _leaves(cast: Cast, who: Actor, at: datetime) -> None:
    manager = of_role(cast, Role.ORGANISATION_MANAGER)
    with acting(manager, at):
        accounts.end_membership(who.user_id, by=manager, at=at)


def test_what_is_erased_is_erased_by_its_author_alone(cast: Cast) -> None:
    answers(cast.ines)
    with acting(cast.ines):
        check_in = CheckIn.objects.get()
    with acting(cast.yanick), pytest.raises(NotAllowed):
        actions.erase(check_in, by=cast.yanick)
