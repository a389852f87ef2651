"""What does « run.py check » look at, and what can « run.py fix » mend by itself?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
DJANGO = "5.2"


def checks() -> Iterator[tuple[str, list[str]]]:
    """Each check in a word, and its command; the quick ones first."""
    yield "Lint", [_tool("ruff"), "check", "."]
    yield "Format", [_tool("ruff"), "format", "--check", "."]
    if templates := _templates():
        yield "Templates", [_tool("djade"), "--check", "--target-version", DJANGO, *templates]
    yield "Imports go downwards", [_tool("lint-imports")]
    yield "Dependencies", [_tool("deptry"), "."]
    yield "Catalogues", _python("-m", "spheres.config.catalogues", "check")
    yield "Types", [_tool("mypy")]
    yield "Migrations", _python("manage.py", "makemigrations", "--check", "--dry-run")
    if any(ROOT.glob("spheres/**/management/commands/write_docs.py")):
        yield "Documents", _python("manage.py", "write_docs", "--check")


def fixes() -> Iterator[tuple[str, list[str]]]:
    """What a machine mends without a doubt. The rest is for a person."""
    if (ROOT / "spheres/ui/stylesheet.py").exists():
        yield "Style sheet", _python("-c", "from spheres.ui import stylesheet; stylesheet.write()")
    yield "Lint", [_tool("ruff"), "check", "--fix", "--exit-zero", "-q", "."]
    yield "Format", [_tool("ruff"), "format", "-q", "."]
    if templates := _templates():
        # It exits with 1 when it mended something, which is no failure here.
        again = "import subprocess, sys; subprocess.run(sys.argv[1:])"
        yield (
            "Templates",
            _python("-c", again, _tool("djade"), "--target-version", DJANGO, *templates),
        )
    yield "Catalogues", _python("-m", "spheres.config.catalogues", "fix")


def _tool(name: str) -> str:
    return str(TOOLS / name)


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _templates() -> list[str]:
    return [str(path) for path in sorted(ROOT.glob("spheres/**/templates/**/*.html"))]
