"""How many were reached by trainings, from where, who reads it, and what does the page cost?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.records.between import reached
from spheres.records.between.reached import Attended
from spheres.training.reach import queries, views
from spheres.training.reach.queries import Line, Number
from spheres.ui import quebec
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
PAGE = "/training/reach/"


def came(
    word: str, person: str, place: str, year: int, environment: str = "", region: str = ""
) -> Attended:
    on = date(year, 3, 2)
    return Attended(uuid_of(word), person, place, on, False, environment, region)


LEONIE = came("one", "léonie", "school", 2026, "school", "region_06")
TOLD = (
    LEONIE,
    came("two", "léonie", "school", 2026, "school", "region_06"),
    came("three", "daniel", "shelter", 2026, "homelessness", "region_03"),
    came("four", "rosalie", "school", 2025, "school"),
    Attended(uuid_of("five"), "inès", "house", date(2026, 5, 1), is_ours=True),
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reached, "_telling", [lambda *, actor: TOLD])


def found(cast: Cast) -> queries.Reach:
    with acting(cast.louise):
        reach = queries.reach(actor=cast.louise)
    assert reach is not None
    return reach


def shown(lines: tuple[Line, ...]) -> dict[str, list[tuple[int, int]]]:
    """The lines that say something."""
    said = {one.code: [(each.people, each.organisations) for each in one.numbers] for one in lines}
    return {code: numbers for code, numbers in said.items() if any(map(any, numbers))}


def test_each_person_counts_once_a_year_in_a_line(cast: Cast, told: None) -> None:
    reach = found(cast)

    assert reach.years == (2026, 2025)
    assert reach.whole == (Number(3, 3), Number(1, 1))
    assert shown(reach.environments) == {
        "ours": [(1, 1), (0, 0)],
        "school": [(1, 1), (1, 1)],
        "homelessness": [(1, 1), (0, 0)],
    }
    assert shown(reach.regions) == {
        "region_06": [(1, 1), (0, 0)],
        "region_03": [(1, 1), (0, 0)],
        "": [(1, 1), (1, 1)],
    }


def test_where_somebody_came_from_is_completed_and_nobody_is_added(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    unplaced = came("one", "léonie", "school", 2026, "school")
    places = {LEONIE.id: ("health", LEONIE.region), uuid_of("nobody told"): ("school", "region_01")}
    monkeypatch.setattr(reached, "_telling", [lambda *, actor: [unplaced]])
    monkeypatch.setattr(reached, "_placing", [lambda *, actor: places])

    with acting(cast.louise):
        assert reached.attended(actor=cast.louise) == [LEONIE]


def test_every_region_has_its_own_tile_and_the_picture_says_what_the_table_says(
    cast: Cast, told: None
) -> None:
    reach = found(cast)

    lines = [(one.code, one.label, one.numbers[0].people) for one in reach.regions]
    picture = quebec.picture(lines)

    places = sorted((tile.top, tile.left) for tile in picture.tiles)
    assert (len(places), len(set(places))) == (17, 17)
    assert all(
        one[0] != two[0] or two[1] - one[1] >= picture.tile_width for one, two in pairwise(places)
    )
    assert {tile.number: tile.many for tile in picture.tiles if tile.many} == {
        "03": 1, "06": 1,
    }  # fmt: skip
    assert "Montréal" in picture.said


def test_a_table_is_sorted_by_people_when_it_is_asked() -> None:
    unsaid = Line("", "?", (Number(9, 1),))
    lines = (Line("a", "A", (Number(1, 1),)), Line("b", "B", (Number(4, 2),)), unsaid)

    assert views.rows(lines, 0, by_people=False) == [
        ["A", "1\u00a0(1)"],
        ["B", "4\u00a0(2)"],
        ["?", "9\u00a0(1)"],
    ]
    assert views.rows(lines, 0, by_people=True) == [
        ["B", "4\u00a0(2)"],
        ["A", "1\u00a0(1)"],
        ["?", "9\u00a0(1)"],
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_coordination_reads_it_and_nobody_else(cast: Cast, told: None, language: str) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(cast.louise, language=language)
        pages = [louise.get(PAGE), louise.get(PAGE, {"year": "2025", "sort": "people"})]
        wrong = [louise.get(PAGE, {"year": year}).status_code for year in ("1999", "x", "-1")]
        others = [signed_in(who).get(PAGE).status_code for who in (cast.ines, cast.samir)]

    assert [page.status_code for page in pages] == [200, 200]
    assert (wrong, others) == ([404, 404, 404], [403, 403])
    assert missing == set()
    # Referrals that came afterwards: by quarter, among the figures, never in a line of these.
    assert 'href="/figures/"' in pages[0].content.decode()
    for word in ("léonie", "daniel", "shelter", "house"):
        assert word not in pages[0].content.decode(), word


def test_before_the_first_training_it_says_what_will_come(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "_telling", [])
    with clock.at(MONDAY), untranslated() as missing:
        page = signed_in(cast.louise).get(PAGE)

    assert "Personne n’a encore été formé" in page.content.decode()
    assert missing == set()


def test_the_page_costs_the_same_with_one_person_and_with_three(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    louise = signed_in(cast.louise)
    for those in (TOLD[:1], TOLD[:3]):
        monkeypatch.setattr(reached, "_telling", [lambda *, actor, those=those: those])
        with clock.at(MONDAY), CaptureQueriesContext(connection) as asked:
            assert louise.get(PAGE).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_from_where_nobody_came_is_named_below_the_table(cast: Cast, told: None) -> None:
    reach = found(cast)

    assert views.rows(reach.regions, 0, by_people=False, numbered=True) == [
        ["03\u00a0Capitale-Nationale", "1\u00a0(1)", "0"],
        ["06\u00a0Montréal", "1\u00a0(1)", "0"],
        ["Non précisé", "1\u00a0(1)", "1\u00a0(1)"],
    ]
    assert len(views.left(reach.regions)) == 15
    assert "17\u00a0Centre-du-Québec" in views.left(reach.regions, numbered=True)


def test_the_tables_are_kept_with_every_line_by_whoever_reads_them(cast: Cast, told: None) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(cast.louise)
        kept = louise.get(f"{PAGE}sheet/", {"kind": "csv"})
        wrong = louise.get(f"{PAGE}sheet/", {"kind": "exe"}).status_code
        others = [signed_in(who).get(f"{PAGE}sheet/").status_code for who in (cast.ines, cast.roy)]

    lines = kept.content.decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "Compté par;Code;Nom;2026\u00a0: personnes;2026\u00a0: organismes;"
        "2025\u00a0: personnes;2025\u00a0: organismes",
        ";;En tout;3;3;1;1",
    ]
    assert "Région administrative;region_06;Montréal;1;1;0;0" in lines
    assert "Milieu;school;Milieu scolaire;1;1;1;1" in lines
    assert (wrong, others, missing) == (404, [403, 403], set())
