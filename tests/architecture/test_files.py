"""Do the same file names mean the same things everywhere, and does each stay short?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.names import ALLOWED
from tests.architecture.source import PACKAGE, ROOT, modules, offences, planted
from tests.open_works import hold

NAMES = {
    "models", "policy", "queries", "actions", "tasks", "forms", "views", "urls", "record",
}  # fmt: skip
ALWAYS = {"__init__", "apps", "region"}  # the folder's own line, its config, its region's files


@pytest.mark.parametrize("name", RULES)
def test_files_are_as_the_house_has_them(name: str) -> None:
    hold(name, offences(RULES[name][0]))


@pytest.mark.parametrize("name", RULES)
def test_a_file_that_is_not_is_seen(name: str, tmp_path: Path) -> None:
    rule, place, text = RULES[name]
    assert planted(rule, tmp_path, place, text)


def test_a_plausible_name_that_no_area_asked_for_is_seen(tmp_path: Path) -> None:
    assert planted(misnamed, tmp_path, "spheres/followup/notes/journal.py", '"""What?"""\n')


def test_every_name_that_was_allowed_is_still_used() -> None:
    for area, (names, why) in ALLOWED.items():
        here = {m.path.stem for m in modules() if "/".join(m.parts).startswith(f"{area}/")}
        assert why
        assert names - here == set(), area


def test_every_long_file_is_still_long() -> None:
    long = {module.name for module in modules() if module.text.count("\n") > LONG}
    assert set(LONG_ON_PURPOSE) <= long


def test_tests_are_not_too_long_either() -> None:
    places = [*(ROOT / "tests").rglob("*.py"), *PACKAGE.rglob("tests/**/*.py")]
    assert [path for path in places if path.read_text().count("\n") > LONG] == []


MARKS = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


def half_merged(root: Path = ROOT) -> list[str]:
    """Files in which two versions of a passage still stand one above the other."""
    places = ("spheres", "tests", "docs", "regions", "changes")
    kinds = {".py", ".html", ".css", ".js", ".md", ".yaml", ".po", ".txt"}
    return [
        path.relative_to(root).as_posix()
        for place in places
        for path in sorted((root / place).rglob("*"))
        if path.suffix in kinds and MARKS.search(path.read_text(encoding="utf-8"))
    ]


def test_no_file_is_half_merged(tmp_path: Path) -> None:
    assert half_merged() == []

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(f"{'<' * 7} HEAD\none\n{'>' * 7} other\n")
    assert half_merged(tmp_path) == ["docs/page.md"]
