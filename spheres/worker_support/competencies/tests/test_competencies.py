"""Does a worker alone read where she stands, and does what all say together reveal nobody?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from spheres.accounts import actions as accounts
from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing.models import Stay
from spheres.worker_support.competencies import actions, drawing, policy, queries
from spheres.worker_support.competencies.models import CompetencyLook, CompetencyTold
from spheres.worker_support.competencies.tests.factories import (
    AUTUMN,
    EXPIRY,
    ROLLUPS,
    WORDS,
    each_looks,
    erases_all,
    looks,
    nine_people,
    read_by,
    told_at,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/where-i-stand/"
LOOK = "/where-i-stand/look/"


def of_role(cast: Cast, role: Role) -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value}", cast.la_maison, role)


def typed(client, **said: str) -> dict[str, str]:
    return {"form_id": Page(client.get(LOOK).content.decode()).fields["form_id"]} | said


def words_of(who: Actor, at=MONDAY) -> list[str]:
    with acting(who, at):
        return [one.opened.words for one in queries.newest(actor=who, at=at)]


def test_a_worker_says_where_she_stands_from_one_page_and_twice_is_once(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = typed(ines, **{"step-listen": "3", "step-duty": "2", "words": WORDS})
        sent = [ines.post(LOOK, said).status_code for _ in range(2)]
        page = ines.get(PAGE).content.decode()

    assert sent == [302, 302]
    with acting(cast.ines):
        [row] = queries.newest(actor=cast.ines, at=MONDAY)
    assert (row.said, row.opened.words) == ({"listen": 3, "duty": 2}, WORDS)
    assert (row.counts, row.at_ease, row.not_yet) == (False, [], [])
    assert (WORDS in page, "dots-picture" in page) == (True, True)


def test_it_counts_only_when_she_agrees(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        said = {"step-listen": "3", "step-duty": "2", "counts": "on"}
        ines.post(LOOK, typed(ines, **said))

    with acting(cast.ines):
        row = CompetencyLook.objects.get()
    assert (row.at_ease, row.not_yet) == (["listen"], ["duty"])


def test_nothing_has_to_be_answered_but_one_thing(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        empty = ines.post(LOOK, typed(ines))
        forged = ines.post(LOOK, typed(ines, **{"step-listen": "9", "words": WORDS}))
        words = ines.post(LOOK, typed(ines, words=WORDS))

    assert (empty.status_code, forged.status_code, words.status_code) == (422, 422, 302)
    assert "Nothing is answered yet." in empty.content.decode()
    assert WORDS in forged.content.decode()


def test_no_page_says_where_somebody_stands_in_a_figure(cast: Cast) -> None:
    looks(cast.ines)
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(PAGE).content.decode()
    inside = page[page.index("<main") : page.index("</main>")].lower()

    assert [word for word in ("%", "score", "total", "average", "level") if word in inside] == []


def test_the_picture_and_its_table_say_the_same(cast: Cast) -> None:
    looks(cast.ines, {"listen": 1, "duty": 4})
    looks(cast.ines, {"listen": 2}, which="two", at=TUESDAY)
    with acting(cast.ines, TUESDAY), translation.override("en"):
        sentences = queries.sentences()
        newest = queries.newest(actor=cast.ines, at=TUESDAY)
        picture = drawing.picture(newest, sentences)
        said = drawing.lines(newest, sentences)

    codes = [one.code for one in sentences]
    rows = dict(zip(codes, picture.rows, strict=True))
    lines = {code: line[1:] for code, line in zip(codes, said, strict=True)}
    assert [(dot.x, dot.radius) for dot in rows["listen"].dots] == [(12, 3), (36, 5)]
    assert [(dot.x, dot.radius) for dot in rows["duty"].dots] == [(12, 9)]
    assert lines["listen"] == ["I do it with somebody beside me", "I am discovering it"]
    assert lines["duty"] == ["left out", "I can pass it on"]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reads_it_erases_it_or_learns_that_it_is_there(cast: Cast, role: Role) -> None:
    looked = looks(cast.ines, words=WORDS)
    other = of_role(cast, role)
    with clock.at(MONDAY):
        client = signed_in(other)
        one = f"{PAGE}{looked.id}/erase/"
        seen = [client.get(PAGE), client.get(LOOK), client.get(one), client.post(one)]

    assert [WORDS in answer.content.decode() for answer in seen] == [False] * 4
    assert [answer.status_code for answer in seen[2:]] == [404, 404]
    with acting(other):
        assert (CompetencyLook.objects.count(), CompetencyTold.objects.count()) == (0, 0)
        assert CompetencyLook.objects.all().delete()[0] == 0
        assert not Event.objects.filter(record_ids__contains=[looked.id]).exists()
    assert words_of(cast.ines) == [WORDS]


def test_nobody_answers_in_her_name_nor_as_of_another_day(cast: Cast) -> None:
    looks(cast.ines)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    for who, user, at in (
        (cast.yanick, cast.ines, MONDAY),
        (cast.yanick, cast.yanick, MONDAY),
        (cast.ines, cast.ines, MONDAY - timedelta(days=190)),
    ):
        row = CompetencyLook(
            id=uuid_of("forged"), user_id=user.user_id, stay_id=stay_id, written_at=at
        )
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            CompetencyLook.objects.bulk_create([row])


@pytest.mark.parametrize(
    ("who", "may_look", "may_read"),
    [
        ("ines", True, False), ("karim", True, False), ("amrani", True, False),
        ("louise", True, True), ("nadia", False, False), ("roy", False, False),
    ],
)  # fmt: skip
def test_who_looks_and_who_reads_what_all_say(
    cast: Cast, who: str, may_look: bool, may_read: bool
) -> None:
    actor = getattr(cast, who)

    assert (bool(policy.can_look(actor)), bool(policy.can_read(actor))) == (may_look, may_read)


def test_who_does_neither_is_told_whose_page_it_is(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        looks(cast.nadia)
    with clock.at(MONDAY):
        assert signed_in(cast.nadia).get(PAGE).status_code == 403


def test_she_erases_it_at_once_and_nobody_else_does(cast: Cast) -> None:
    looked = looks(cast.ines)
    with acting(cast.ines):
        row = CompetencyLook.objects.get()
    with acting(cast.yanick), pytest.raises(NotAllowed):
        actions.erase(row, by=cast.yanick)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        one = f"{PAGE}{looked.id}/erase/"
        done = [ines.get(one).status_code, ines.post(one).status_code, ines.post(one).status_code]

    assert done == [200, 302, 404]
    assert words_of(cast.ines) == []


def test_after_the_delay_of_the_region_it_is_read_no_more_and_the_night_destroys_it(
    cast: Cast,
) -> None:
    looks(cast.ines, words=WORDS)
    looks(cast.ines, which="later", words="Plus tard.", at=MONDAY + timedelta(days=30))
    then = MONDAY + timedelta(days=3 * 366)

    assert words_of(cast.ines, then) == ["Plus tard."]
    with acting(EXPIRY, then):
        actions.forget(by=EXPIRY, at=then)
        assert CompetencyLook.objects.count() == 1


def test_eight_people_are_told_together_once_the_half_year_is_over(cast: Cast) -> None:
    people = nine_people(cast)[:8]
    each_looks(people, listen=3, duty=1)
    told_at(TUESDAY)
    during = read_by(cast.louise, TUESDAY)
    told_at(AUTUMN)

    assert (during, read_by(cast.louise)) == (
        [],
        [("2026-01-01", {"listen": "MOST", "duty": "FEW"})],
    )


def test_seven_people_are_never_told_nor_an_eighth_who_did_not_agree(cast: Cast) -> None:
    people = nine_people(cast)
    each_looks(people[:7], listen=3)
    looks(people[7], which="apart", counts=False)
    looks(people[0], which="again", at=TUESDAY)
    told_at(AUTUMN)

    assert read_by(cast.louise) == []


def test_of_one_sentence_that_too_few_answered_nothing_is_said(cast: Cast) -> None:
    people = nine_people(cast)
    each_looks(people[:7], listen=3, duty=2)
    looks(people[7], {"listen": 1}, which="eighth")
    told_at(AUTUMN)

    assert read_by(cast.louise) == [("2026-01-01", {"listen": "MOST"})]


def test_the_newest_of_each_person_counts_once(cast: Cast) -> None:
    people = nine_people(cast)[:8]
    each_looks(people, listen=1)
    for number, who in enumerate(people):
        looks(who, {"listen": 4}, which=f"newer {number}", at=TUESDAY)
    told_at(AUTUMN)

    assert read_by(cast.louise) == [("2026-01-01", {"listen": "MOST"})]


@pytest.mark.parametrize("step", [1, 4])
def test_whoever_leaves_later_is_not_found_by_subtraction_whatever_she_answered(
    cast: Cast, step: int
) -> None:
    """Ten answered; one, whose departure all know of, goes. What is read stays the same."""
    people = nine_people(cast)
    each_looks(people[1:], listen=1, duty=4)
    looks(people[0], {"listen": step, "duty": step}, which="hers")
    told_at(AUTUMN)
    before = read_by(cast.louise)
    erases_all(people[0])
    told_at(AUTUMN + timedelta(days=1))

    assert before == [("2026-01-01", {"listen": "FEW", "duty": "MOST"})]
    assert read_by(cast.louise) == before


def test_what_falls_under_eight_after_a_deletion_disappears_and_never_comes_back(
    cast: Cast,
) -> None:
    people = nine_people(cast)
    each_looks(people[:8], listen=3)
    told_at(AUTUMN)
    before = read_by(cast.louise)
    erases_all(people[3])
    at_once = read_by(cast.louise)
    looks(people[8], {"listen": 3}, which="late", at=AUTUMN)
    told_at(AUTUMN + timedelta(days=1))

    assert before == [("2026-01-01", {"listen": "MOST"})]
    assert (at_once, read_by(cast.louise)) == ([], [])


def test_what_falls_under_eight_when_somebody_leaves_disappears_too(cast: Cast) -> None:
    people = nine_people(cast)[:8]
    each_looks(people, listen=3)
    told_at(AUTUMN)
    with acting(EXPIRY, AUTUMN):
        CompetencyLook.objects.filter(user_id=cast.karim.user_id).delete()

    assert read_by(cast.louise) == []


def test_no_number_and_no_name_leaves_the_database(cast: Cast) -> None:
    each_looks(nine_people(cast)[:8], listen=3)
    told_at(AUTUMN)
    with acting(cast.louise, AUTUMN), connection.cursor() as cursor:
        cursor.execute("select * from access.competencies_together(null)")
        columns = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()

    assert columns == ["of_half", "of_code", "of_share"]
    assert [row[1:] for row in rows] == [("listen", "MOST")]


def test_the_coordination_reads_it_on_the_page_in_words(cast: Cast) -> None:
    each_looks(nine_people(cast)[:8], listen=3)
    told_at(AUTUMN)
    with clock.at(AUTUMN):
        page = signed_in(cast.louise, at=AUTUMN, language="en").get(PAGE).content.decode()
    inside = page[page.index("<main") : page.index("</main>")]

    assert ("H1 2026" in inside, "Most" in inside) == (True, True)
    assert [name for name in ("Inès", "Karim", "La Maison") if name in inside] == []


@pytest.mark.parametrize("who", ["ines", "karim", "samir", "roy", "amrani", "nadia"])
def test_nobody_else_reads_what_all_say(cast: Cast, who: str) -> None:
    for name in ("competencies_together", "competencies_to_tell"):
        with (
            acting(getattr(cast, who)),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from access.{name}(null)")


def test_the_service_that_tells_reads_no_answer(cast: Cast) -> None:
    looks(cast.ines)

    with acting(ROLLUPS):
        assert CompetencyLook.objects.count() == 0


def test_it_is_read_no_more_when_she_leaves(cast: Cast) -> None:
    looks(cast.ines)
    manager = of_role(cast, Role.ORGANISATION_MANAGER)
    with acting(manager, TUESDAY):
        accounts.end_membership(cast.ines.user_id, by=manager, at=TUESDAY)

    with acting(cast.ines, TUESDAY):
        assert CompetencyLook.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_time_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        looks(cast.ines, which=str(which), at=MONDAY + timedelta(minutes=which))
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        ines.get(PAGE)
        with django_assert_num_queries(7):
            assert ines.get(PAGE).status_code == 200
