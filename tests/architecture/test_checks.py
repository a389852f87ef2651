"""Does each test that a page of `docs/checks` names exist? What was checked would be a promise."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT

NAMED = re.compile(r"`(?:[\w/]+/)?(test_\w+)(\.py)?`")
WRITTEN = re.compile(r"^ *(?:async )?def (test_\w+)", re.MULTILINE)


def missing(pages: Path, *code: Path) -> list[str]:
    """« page: test » for each test that is named and is neither a function nor a file."""
    files = [path for folder in code for path in folder.rglob("test_*.py")]
    functions = {name for path in files for name in WRITTEN.findall(path.read_text())}
    modules = {path.stem for path in files}
    return [
        f"{page.name}: {name}"
        for page in sorted(pages.glob("*.md"))
        for name, is_file in NAMED.findall(page.read_text())
        if name not in (modules if is_file else functions)
    ]


def test_every_test_that_a_check_names_exists() -> None:
    assert missing(ROOT / "docs" / "checks", ROOT / "spheres", ROOT / "tests") == []


def test_one_that_does_not_exist_is_seen(tmp_path: Path) -> None:
    (tmp_path / "test_door.py").write_text("def test_it_opens():\n    pass\n")
    (tmp_path / "door.md").write_text(
        "`test_it_opens`, `test_it_shuts`, `test_door.py`, `test_wall.py`"
    )

    assert missing(tmp_path, tmp_path) == ["door.md: test_it_shuts", "door.md: test_wall"]
