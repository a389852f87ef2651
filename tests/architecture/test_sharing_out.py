"""Do two runs beside each other try the whole suite between them, and nothing twice?"""

from __future__ import annotations

import ast
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import daily, oracle, seconds
from tests.architecture.source import ROOT
from tests.daily import crowd, told_today
from tests.journeys.conftest import DAILY, daily_way
from tests.proofs import mutants, world
from tests.proofs.spans import AT
from tests.sharing_out import in_turn, kind_of, taken


def test_two_runs_take_every_test_between_them_and_none_twice(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    items = request.session.items
    runs = [taken(in_turn(items, first=kind), tmp_path) for kind in ("walls", "rest")]

    tried: Counter[pytest.Item] = Counter()
    while runs:
        for run in runs[:]:
            if (module := next(run, None)) is None:
                runs.remove(run)
            else:
                tried.update(module)

    assert tried == Counter(items)


@pytest.mark.parametrize(
    ("first", "order"),
    [("walls", ["walls", "browser", "rest"]), ("rest", ["rest", "browser", "walls"])],
)
def test_each_begins_at_another_end_and_the_journeys_come_between(
    request: pytest.FixtureRequest, first: str, order: list[str]
) -> None:
    kinds = [kind_of(module[0]) for module in in_turn(request.session.items, first=first)]

    assert list(dict.fromkeys(kinds)) == [kind for kind in order if kind in kinds]


def test_each_language_and_each_screen_is_read_every_day_over_all_the_stories() -> None:
    stories = [
        f"{module.relative_to(ROOT)}::{function.name}"
        for module in sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
        for function in ast.walk(ast.parse(module.read_text()))
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
    ]
    told = Counter(daily_way(story).number for story in stories)

    assert [(way.language, way.size["width"]) for way in DAILY] == [("fr", 320), ("en", 1280)]
    assert min(told[way.number] for way in DAILY) >= len(stories) / 4


@pytest.mark.parametrize(
    "lies", [mutants.of_the_table, mutants.of_the_wall, mutants.of_other_files]
)
def test_over_six_days_every_lie_is_told(lies, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [mutant.name for mutant in lies()]
    told = []
    for day in days(6):
        monkeypatch.setattr(daily, "NAMED", [day])
        told.append(told_today(names, whole=False))

    times = Counter(name for of_a_day in told for name in of_a_day)
    assert {*times} == {*names}
    assert len(names) < 6 or {*times.values()} == {1}  # of a few, one a day, again and again
    assert min(len(of_a_day) for of_a_day in told) >= len(names) // 6
    assert told_today(names, whole=True) == names


def test_where_there_are_few_lies_one_is_told_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for day in days(6):
        monkeypatch.setattr(daily, "NAMED", [day])
        assert len(told_today(["one", "another"], whole=False)) == 1
        assert told_today([], whole=False) == []


def test_over_as_many_days_as_it_takes_everybody_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody = list(range(1_356))
    asked = []
    for day in days(4):
        monkeypatch.setattr(daily, "NAMED", [day])
        asked += crowd(everybody, 4)

    assert sorted(asked) == everybody
    assert crowd(everybody, 1) == everybody


def days(number: int) -> list[date]:
    return [date(2026, 12, 31) + timedelta(days=place) for place in range(number)]


def test_the_oracle_says_of_a_world_that_stands_still_what_it_says_of_any_other() -> None:
    made, players = world.build()
    worker = next(one for one in players if one.name == "youth_worker, live, acting here")
    some = [worker, *players[::300]]
    asked_anew = [
        oracle.may(made, p.who, "read", "notes", f, AT) for p in some for f in made.matters
    ]

    with made.still():
        looked_up = [
            oracle.may(made, p.who, "read", "notes", f, AT) for p in some for f in made.matters
        ]

    assert made.answers is None
    assert looked_up == asked_anew
    assert any(looked_up)


def test_at_the_end_both_runs_are_told_with_what_took_longest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seconds, "KEPT", tmp_path / "var" / "kept.json")
    for run, took, spent in (
        ("rest", 540, {"quick.py::one": 1.0, "long.py::whole": 90.0}),
        ("walls", 601.5, {"long.py::part": 30.0}),
    ):
        seconds.keep(tmp_path, run, took, spent)

    told = seconds.told(tmp_path)

    assert told.splitlines()[1:] == [
        "The two runs: rest 9 min 00 s, walls 10 min 01 s (bar: 10 min 00 s). The heaviest:",
        "    90.0 s  long.py::whole",
        "    30.0 s  long.py::part",
        "     1.0 s  quick.py::one",
    ]
    assert seconds.by_module() == {"quick.py": 1.0, "long.py": 120.0}
