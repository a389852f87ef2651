"""What does « run.py check » look at, and what can « run.py fix » mend by itself?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from spheres.config.processes import Background

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
DJANGO = "5.2"


def checks() -> Iterator[tuple[str, list[str]]]:
    """Each check in a word, and its command; the longest first, so that all end together."""
    yield "Types", [_tool("mypy")]
    yield "Catalogues", _python("-m", "spheres.config.catalogues", "check")
    yield "Lint", [_tool("ruff"), "check", "."]
    yield "Format", [_tool("ruff"), "format", "--check", "."]
    if templates := _templates():
        yield "Templates", [_tool("djade"), "--check", "--target-version", DJANGO, *templates]
    yield "Imports go downwards", [_tool("lint-imports")]
    yield "Dependencies", [_tool("deptry"), "."]
    yield "Migrations", _python("manage.py", "makemigrations", "--check", "--dry-run")
    if any(ROOT.glob("spheres/**/management/commands/write_docs.py")):
        yield "Documents", _python("manage.py", "write_docs", "--check")


def results(env: Mapping[str, str], logs: Path) -> Iterator[tuple[str, float, str]]:
    """Each check when it is done, how long it took and its last words if it refused.

    As many at a time as there are processors.
    """
    waiting, running = list(checks()), list[tuple[Background, float]]()
    with ExitStack() as stack:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                name, command = waiting.pop(0)
                log = logs / f"check-{name.split()[0].lower()}.log"
                child = Background(name, command, env, log=log, cwd=ROOT)
                stack.callback(_stop, child)
                running.append((child, time.monotonic()))
            time.sleep(0.05)
            for child, began in [one for one in running if one[0].process.poll() is not None]:
                running.remove((child, began))
                yield child.name, time.monotonic() - began, _last_words(child)


def _stop(child: Background) -> None:
    if child.process.poll() is None:  # we were interrupted
        child.stop()


def _last_words(child: Background) -> str:
    if child.process.returncode == 0:
        return ""
    last = child.log.read_text(errors="replace").splitlines()[-25:]
    return "\n".join(["", *last, "", f"{child.name} failed; all its words are in {child.log}."])


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
