"""What is an organisation told of its own quarter, and by whom is it read?"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import VISITOR, Actor, service
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.models import READERS, Measure, OwnFigure
from spheres.evaluation.indicators.tests.factories import (
    APRIL,
    JULY,
    ROLLUPS,
    count,
    counted,
    lived,
)
from spheres.evaluation.indicators.tests.test_pages import main, page
from spheres.evaluation.indicators.views import ways_to
from tests.cast import Cast, acting, uuid_of
from tests.pages import learn_french

pytestmark = pytest.mark.django_db
learn_french()
JANUARY, APRIL_DAY = date(2026, 1, 1), date(2026, 4, 1)
OTHERS = [VISITOR, ROLLUPS, *(service(name) for name in ("loader", "expiry"))]


def a_quarter_of_two(cast: Cast) -> None:
    """January of The House, and of the institute, which received the referrals."""
    ours = {"call": 12, "text": 7, "meeting": 2, "letter": 8}
    theirs = {"call": 9, "text": 3, "meeting": 40}
    for organisation, told in ((cast.la_maison, ours), (cast.institute, theirs)):
        contacts = {(Measure.CONTACTS, kind): number for kind, number in told.items()}
        counted(organisation, JANUARY, {(Measure.REFERRALS, ""): 0, **contacts})


def of(actor: Actor, start: date = JANUARY) -> dict[str, tuple[object, ...]]:
    with acting(actor, APRIL):
        rows = queries.own(start, actor=actor).get(Measure.CONTACTS, [])
    return {row.kind: (row.number, row.before, row.whole) for row in rows}


@pytest.fixture
def published(cast: Cast) -> Cast:
    a_quarter_of_two(cast)
    count()
    return cast


def test_each_reads_its_own_beside_the_programme_and_nothing_that_would_tell_the_others(
    published: Cast,
) -> None:
    then = queries.NOT_COUNTED

    assert of(published.ines) == {
        "call": (12, then, 21),
        "text": (None, then, 10),  # the others’ three would be told
        "meeting": (None, then, 43),  # its own two, and the day of the cast
        "letter": (8, then, 8),  # nobody else did
    }
    assert of(published.louise) == {
        "call": (9, then, 21),
        "text": (None, then, 10),
        "meeting": (None, then, 43),
        "letter": (0, then, 8),
    }


@pytest.mark.parametrize("who", [*Role, *OTHERS], ids=str)
def test_its_own_people_who_read_figures_read_them_and_nobody_else(
    published: Cast, who: Role | Actor
) -> None:
    actor = who
    if isinstance(who, Role):
        actor = Actor(uuid_of(who), published.la_maison.id, frozenset({who}))
    assert isinstance(actor, Actor)

    with acting(actor, APRIL):
        seen = set(OwnFigure.objects.values_list("organisation_id", flat=True))

    assert seen == ({published.la_maison.id} if who in READERS else set())


def test_a_quarter_is_compared_with_the_one_before(published: Cast) -> None:
    lived(published.la_maison, [(APRIL_DAY, 30)], "call")
    lived(published.institute, [(APRIL_DAY, 30)], "call")
    count(JULY)

    assert of(published.ines, APRIL_DAY)["call"] == (30, 12, 60)


def test_the_page_says_whose_figures_they_are_and_leads_to_what_one_may_see(
    published: Cast,
) -> None:
    said = main(page(published.ines, "/figures/ours/")).splitlines()

    assert said[:3] == [
        "Janvier à mars 2026",
        "Nos propres chiffres",
        "Ce qui a été compté de La Maison, à côté de l’ensemble du programme. Seules les personnes "
        "de l’organisme lisent cette page; aucun organisme n’est mis à côté d’un autre.",
    ]
    place = said.index("Contacts notés, par forme")
    assert said[place : place + 16] == [
        "Contacts notés, par forme", "Contacts notés, par forme",
        "Ce qui est compté", "Chez nous", "Avant", "En tout",
        "Appel", "12", "non compté", "21",
        "Lettre ou courriel", "8", "non compté", "8",
        "Masqué\xa0: Rencontre · Texto.",
        "Un à un, dans ce qu’il vous revient de voir\xa0:",
    ]  # fmt: skip


def test_from_a_figure_each_is_led_to_the_list_that_is_hers_and_to_no_other(cast: Cast) -> None:
    one = queries.INDICATORS
    both = [one[Measure.REFERRALS], one[Measure.PEOPLE]]

    def led(who: Actor) -> list[str]:
        with acting(who):
            return [way.url for way in ways_to(both, who)]

    assert (led(cast.ines), led(cast.louise), led(cast.roy)) == (["/people/"], ["/desk/"], [])


def test_the_table_that_leaves_is_the_page(published: Cast) -> None:
    leaves = page(published.ines, "/figures/ours/sheet/?kind=csv").content.decode("utf-8-sig")

    lines = csv.reader(StringIO(leaves), delimiter=";")
    rows = [row for row in lines if row[1] == "Contacts notés, par forme"]
    assert [row[3:] for row in rows] == [
        ["masqué", "non compté", "43"],
        ["masqué", "non compté", "10"],
        ["12", "non compté", "21"],
        ["8", "non compté", "8"],
    ]


def test_before_anything_is_published_it_says_what_will_come(cast: Cast) -> None:
    said = main(page(cast.ines, "/figures/ours/")).splitlines()

    assert "Les premiers chiffres s’en viennent" in said
    assert page(cast.ines, "/figures/ours/sheet/").status_code == 404
