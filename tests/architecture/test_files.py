"""Do the same file names mean the same things everywhere, and does each stay short?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.names import ALLOWED
from tests.architecture.source import PACKAGE, ROOT, Module, Offence, modules, offences, planted
from tests.open_works import hold

NAMES = {
    "models", "policy", "queries", "actions", "tasks", "forms", "views", "urls", "record",
}  # fmt: skip
# The folder's own line, its config, its region's files, what of it a copy of a file holds.
ALWAYS = {"__init__", "apps", "region", "copied"}
# A package in place of a file that grew, or a folder that is no app; each with its reason.
PACKAGES = {
    "management", "commands", "templatetags", "ui", "bench", "continuity",
}  # fmt: skip
NAMELESS = {
    "utils", "util", "helpers", "helper", "services", "managers", "constants", "common", "mixins",
    "misc", "base", "lib", "tools", "signals",
}  # fmt: skip
LONGEST, LONG = 600, 400
# Files over 400 lines, and why they are one thing.
LONG_ON_PURPOSE: dict[str, str] = {}


def misnamed(module: Module) -> Iterator[Offence]:
    """One of the nine names, or one that its area gave a reason for."""
    stem, parts = module.path.stem, module.parts[:-1]
    if {stem, *parts} & NAMELESS:
        yield module.offence(1, "a name that says nothing: what does it do?")
    allowed = NAMES | ALWAYS
    for depth in range(1, len(parts) + 1):
        allowed = allowed | ALLOWED.get("/".join(parts[:depth]), (set(), ""))[0]
    if stem not in allowed and not PACKAGES & set(parts[1:]) and not NAMES & set(parts[1:]):
        yield module.offence(1, f"{stem}.py is none of the nine names, nor allowed in {parts[0]}")


def too_long(module: Module) -> Iterator[Offence]:
    lines = module.text.count("\n")
    if lines > LONGEST or (lines > LONG and module.name not in LONG_ON_PURPOSE):
        yield module.offence(1, f"{lines} lines: split it, or say why in LONG_ON_PURPOSE")


def unsaid(module: Module) -> Iterator[Offence]:
    """A module starts with one line that says what question it answers."""
    if module.path.name == "apps.py" or not module.text.strip():
        return
    said = ast.get_docstring(module.tree)
    if not said:
        yield module.offence(1, "says nothing of what it answers")
    elif len(said.splitlines()[0]) > 100:
        yield module.offence(1, "its first line is longer than a line")


def unsaid_right(module: Module) -> Iterator[Offence]:
    """Each `can_…` says its rule in plain words: the page of rights prints them."""
    if module.kind != "policy":
        return
    for node in module.tree.body:
        is_right = isinstance(node, ast.FunctionDef) and node.name.startswith("can_")
        if is_right and not ast.get_docstring(node):
            yield module.offence(node, f"{node.name} does not say its rule")


RULES = {
    "names of files": (misnamed, "spheres/followup/notes/helpers.py", '"""What?"""\n'),
    "length of files": (too_long, "spheres/followup/notes/views.py", "A = 1\n" * 401),
    "first lines": (unsaid, "spheres/followup/notes/views.py", "A = 1\n"),
    "rights in words": (unsaid_right, "spheres/followup/notes/policy.py", "def can_sign(): ...\n"),
}


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
