"""Is each thing done behind one door only: to lock a text, to ask the time, to read a variable?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import Module, Offence, dotted, imported, offences, planted
from tests.open_works import hold

CIPHERS = ("cryptography.hazmat.primitives.ciphers", "cryptography.fernet", "Crypto.", "nacl.")
ASKING_THE_TIME = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.date.today", "timezone.now", "timezone.localdate", "timezone.localtime",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip
# The machine's own clock, and why the application's would be wrong there.
OWN_CLOCK = {
    "spheres/core/clock.py": "the door itself",
    "spheres/core/context.py": "a signature expires by the machine's clock, also in a demo's past",
}
BELOW_THE_VIEWS = {"models", "policy", "queries", "actions"}
# The floor it measures against has our cipher and nothing else of ours.
BENCH = "spheres/config/bench/"
# The address of the role `backup` is given to one command, and never to a process that serves.
BACKUP = "spheres/audit/management/commands/export_journal.py"
TABLES = "spheres/records/spreadsheets.py"
# What writes one from Python; and how an answer says that it is one, written by hand.
WRITING_TABLES = {"writer", "DictWriter", "Workbook"}
TABLE_TYPES = {
    "text/csv", "text/csv; charset=utf-8", "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
}  # fmt: skip
VETOED_IN = ("sharing_conflict", "sharing_restriction")
READING_VARIABLES = {"os.environ", "os.getenv", "environ", "getenv"}


def only_the_vault_locks(module: Module) -> Iterator[Offence]:
    """One folder encrypts and decrypts: one place to read, one place to be wrong."""
    if module.area == "vault" or module.name.startswith(BENCH):
        return
    for node, name in imported(module):
        if name.startswith(CIPHERS) or name.endswith(".AESGCM"):
            yield module.offence(node, f"{name}: only the vault locks and opens")


def only_the_clock_asks(module: Module) -> Iterator[Offence]:
    """Time has one door, so that a demo can live a year and a test needs no freezing."""
    if module.name in OWN_CLOCK or module.name.startswith("spheres/config/"):
        return  # what surrounds the house (processes, bench) measures the machine, not the story
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func)) in ASKING_THE_TIME:
            if name == "timezone.localtime" and node.args:
                continue
            yield module.offence(node, f"{name}(): ask core.clock")


def at_is_an_argument(module: Module) -> Iterator[Offence]:
    """Only views, commands and tasks ask the clock; below, `at` and `on` are arguments."""
    if module.kind not in BELOW_THE_VIEWS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {"clock.now", "clock.today"}:
            yield module.offence(node, f"{dotted(node.func)}(): take `at` or `on`")


def only_config_reads_variables(module: Module) -> Iterator[Offence]:
    """A variable is read in `config`, by a typed reader, and told in docs/reference/settings.md."""
    if module.area == "config" or module.name == BACKUP:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node) in READING_VARIABLES:
            yield module.offence(node, "reads a variable: settings do")


def only_the_rules_say_whom_one_is_kept_from(module: Module) -> Iterator[Offence]:
    """A veto named by hand forgets the next one: `access.kept_from()` asks all of the table's."""
    if module.area == "sharing":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for table in VETOED_IN:
                if table in node.value:
                    yield module.offence(node, f"{table}: ask access.kept_from()")


def only_spreadsheets_writes_tables(module: Module) -> Iterator[Offence]:
    """A table that leaves has one writer, which lets no cell compute (ADR sheets)."""
    if module.name == TABLES:
        return
    for node, name in imported(module):
        if name.partition(".")[0] == "openpyxl":
            yield module.offence(node, f"{name}: only {TABLES} writes workbooks")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in WRITING_TABLES:
            yield module.offence(node, f"{dotted(node.func)}: ask {TABLES}")
        if isinstance(node, ast.Constant) and node.value in TABLE_TYPES:
            yield module.offence(node, f"{node.value}: ask {TABLES}")


DOORS = {
    "only spreadsheets writes tables": (
        only_spreadsheets_writes_tables, "import csv\nLINES = csv.writer(open('a', 'w'))"
    ),
    "only the rules say whom one is kept from": (
        only_the_rules_say_whom_one_is_kept_from,
        'FOUND = "select from sharing_conflict c where c.user_id = access.actor()"',
    ),
    "only the vault locks": (
        only_the_vault_locks,
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM",
    ),
    "only the clock asks": (only_the_clock_asks, "import time\nNOW = time.time()"),
    "at is an argument": (at_is_an_argument, "def sign(): return clock.now()"),
    "only config reads variables": (only_config_reads_variables, 'import os\nA = os.environ["A"]'),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_there_is_one_door(door: str) -> None:
    rule, _ = DOORS[door]
    hold(door, offences(rule))


@pytest.mark.parametrize("door", DOORS)
def test_another_door_is_seen(door: str, tmp_path: Path) -> None:
    rule, text = DOORS[door]
    assert planted(rule, tmp_path, "spheres/followup/notes/queries.py", text)


def test_every_exception_is_still_needed() -> None:
    for name in OWN_CLOCK:
        path = Path(__file__).resolve().parents[2] / name
        assert any(word.split(".")[-1] + "(" in path.read_text() for word in ASKING_THE_TIME), name
