"""Which variables set an installation, where is each read, and what does it mean?

The readers are found in the code; the meanings are written here. One without the other stops the
page from being made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {
    "text",
    "flag",
    "number",
    "networks",
    "os.environ.get",
    "os.getenv",
    "env.get",
    "env.setdefault",
}
CONSTANTS = {"VARIABLE": "SPHERES_KEY_FILE"}
# Read by tools that are not ours, or by the machine itself.
NOT_OURS = {"PATH", "HOME", "PYTEST_CURRENT_TEST", "DJANGO_SETTINGS_MODULE"}

MEANINGS = {
    "DATABASE_URL": "Address of the database for the role `app`, which serves and owns nothing.",
    "DATABASE_OWNER_URL": "Address for the role `owner`, which migrates; never given to a server.",
    "DATABASE_BACKUP_URL": "Address for the role `backup`, which dumps and exports the journal.",
    "DATABASE_ADMIN_URL": "Address of an outside server whose roles and database we prepare.",
    "SPHERES_KEY_FILE": "Place of the key file; without it, the home folder of whoever runs it.",
    "SPHERES_OLD_KEY_FILE": "While keys change: the file that still opens what was locked before.",
    "SPHERES_ROLE": "`owner` for the commands that change tables; `run.py` sets it.",
    "SPHERES_POOL": "Lend connections from a pool; `no` where another pool stands before.",
    "SPHERES_THREADS": "Requests at once in one process; the pool holds one connection more.",
    "SPHERES_PORT": "Port of the demo; the next free one is taken. Elsewhere a proxy knows it.",
    "SPHERES_STAFF_HOST": "Name of the staff site. One that ends in `localhost` needs no TLS.",
    "SPHERES_YOUTH_HOST": "Name of the youth site; it shares no cookie with the other.",
    "SPHERES_TRUSTED_PROXIES": "Addresses or networks, by comma, of the proxies that end TLS. They "
    "must set `X-Forwarded-For` and `X-Forwarded-Proto`, and pass `Host`; from others these are "
    "ignored. Without it, behind a proxy, no form of the staff site is accepted.",
    "SPHERES_TIME_ZONE": "Where the programme works: what «today» means.",
    "SPHERES_EXIT_URL": "The neutral page that takes the place of ours at a quick exit.",
    "SPHERES_SOURCE_URL": "Where anybody reads the code of this very version, as its licence asks; "
    "without it the page About says whom to ask.",
    "SPHERES_CLAMD": "Socket of ClamAV’s daemon, which looks at each paper that is sent. While it "
    "does not answer, papers are kept and not given out. Without it nobody looks: papers are made "
    "anew in the sandbox all the same.",
    "SPHERES_VAR": "Folder of what this machine keeps: database, logs, secrets of the demo.",
    "SPHERES_CHROMIUM": "Browser of the journeys; without one they are skipped.",
    "SPHERES_TEST_DATABASE": "Name of the tests’ database, when two runs share a server.",
    "PG_BIN": "Folder of the PostgreSQL programs to use instead of those installed with us.",
    "CI": "`true` on a machine that may skip no journey.",
}


@dataclass(frozen=True)
class Reading:
    """One place where a variable is read."""

    name: str
    default: str
    file: str
    line: int


@cache
def readings(root: Path = ROOT) -> list[Reading]:
    """Every variable the code asks for, by name."""
    files = [root / "run.py", root / "conftest.py", *sorted((root / "spheres").rglob("*.py"))]
    return sorted(
        (
            reading
            for path in files
            if path.exists() and "tests" not in path.relative_to(root).parts
            for reading in _readings_of(path, root)
        ),
        key=lambda reading: (reading.name, reading.file, reading.line),
    )


def _readings_of(path: Path, root: Path) -> Iterator[Reading]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS:
            asked = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            asked = [node.slice]
        else:
            continue
        for name in _names(asked[0]) if asked else ():
            default = ast.unparse(asked[1]) if len(asked) > 1 else ""
            yield Reading(name, default, path.relative_to(root).as_posix(), node.lineno)


def _names(node: ast.expr) -> Iterator[str]:
    """The variable, or the variables of a conditional expression."""
    if isinstance(node, ast.IfExp):
        yield from _names(node.body)
        yield from _names(node.orelse)
    elif isinstance(node, ast.Name) and node.id in CONSTANTS:
        yield CONSTANTS[node.id]
    elif isinstance(node, ast.Constant) and str(node.value).isupper():
        yield from {str(node.value)} - NOT_OURS


def faults(found: list[Reading]) -> list[str]:
    """Variables that are read and not said, or said and not read."""
    names = {reading.name for reading in found}
    return [
        f"{name} is read and nobody says what it means" for name in sorted(names - set(MEANINGS))
    ] + [f"{name} is told and nobody reads it" for name in sorted(set(MEANINGS) - names)]


def document() -> str:
    """The page of settings."""
    found = readings()
    if wrong := faults(found):
        raise LookupError("; ".join(wrong))
    rows = []
    for name, meaning in sorted(MEANINGS.items()):
        mine = [reading for reading in found if reading.name == name]
        default = next((reading.default for reading in mine if reading.default), "")
        files = ", ".join(dict.fromkeys(f"`{reading.file}`" for reading in mine))
        rows.append(f"| `{name}` | {f'`{default}`' if default else '–'} | {meaning} | {files} |\n")
    return (
        "# Settings\n\nDifferences between installations are variables; there is one "
        "`settings.py`. Made from the code by `python3 run.py docs`; do not edit.\n\n"
        "| variable | default | meaning | read in |\n| --- | --- | --- | --- |\n" + "".join(rows)
    )
