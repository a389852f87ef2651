"""Does anything of ours write to somebody? Nothing does: a message is a postcard (T34).

What is said to her is said by a person, in the words and by the way she chose; what waits for a
colleague waits on their page. So no mail, no text message and no notification is sent by the house,
and what speaks to another machine at all is on this list, with its reason. What an appointment says
in a calendar is held by `interop/ical/tests/test_feed.py`, the lines offered to reach her by
`followup/reaching/tests/test_neutral_lines.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.architecture.source import modules

# What opens a line to somewhere, or writes to somebody; whatever begins so counts too.
SPEAKS: Final = (
    "aiohttp", "asyncio", "celery", "django.core.mail", "ftplib", "http.client", "httpx",
    "pywebpush", "requests", "smtplib", "socket", "ssl", "telnetlib", "twilio", "urllib.request",
    "urllib3", "websockets", "xmlrpc",
)  # fmt: skip
MAY: Final = {
    "spheres/config/bench/clients.py": "the site on this machine, to take its time",
    "spheres/config/bench/run.py": "a free port of this machine",
    "spheres/config/continuity/signing_in.py": "the site on this machine, in a rehearsal",
    "spheres/config/management/screens.py": "the site on this machine, to take its picture",
    "spheres/config/postgres.py": "the database of this machine",
    "spheres/config/processes.py": "a free port of this machine",
    "spheres/papers/checking.py": "the antivirus of this machine, which reads a paper",
}


def spoken(tree: ast.AST) -> Iterator[str]:
    """The names that are imported, `from a import b` as `a.b` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def speaks(tree: ast.AST) -> bool:
    return any(f"{name}.".startswith(f"{one}.") for name in spoken(tree) for one in SPEAKS)


def test_nothing_writes_to_anybody_and_little_speaks_to_another_machine() -> None:
    assert sorted(each.name for each in modules() if speaks(each.tree)) == sorted(MAY)


@pytest.mark.parametrize(
    "code",
    [
        "import smtplib",
        "from django.core import mail",
        "from django.core.mail import send_mail",
        "from urllib import request",
        "def f():\n    import requests",
    ],
)
def test_a_message_would_be_seen(code: str) -> None:
    assert speaks(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["from urllib.parse import quote", "from spheres.training import requests"]
)
def test_what_speaks_to_nobody_is_let_be(code: str) -> None:
    assert not speaks(ast.parse(code))
