"""Do two runs beside each other try the whole suite between them, and nothing twice?"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.journeys.conftest import DAILY, daily_way
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
