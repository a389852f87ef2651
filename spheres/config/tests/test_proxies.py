"""Whom do we believe about the scheme and the address of a request?"""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from spheres.config import processes
from spheres.config.settings import networks
from spheres.config.wsgi import behind

ROOT = Path(__file__).resolve().parents[3]
FORGED = {
    "Host": "staff.example.org",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
}


@contextmanager
def served(tmp_path: Path, *, trusted: str) -> Iterator[int]:
    """Our application under a real server, as an installation with its own names."""
    port = processes.first_free(range(8600, 8699))
    assert port is not None
    server = processes.Background(
        "server",
        processes.site(port),
        {
            **os.environ,
            "SPHERES_STAFF_HOST": "staff.example.org",
            "SPHERES_YOUTH_HOST": "youth.example.org",
            "SPHERES_TRUSTED_PROXIES": trusted,
        },
        log=tmp_path / "server.log",
        cwd=ROOT,
    )
    try:
        limit = time.monotonic() + 60
        while time.monotonic() < limit and processes.is_free(port):
            server.refuse_if_gone()
            time.sleep(0.1)
        yield port
    finally:
        server.process.terminate()
        server.process.wait(timeout=20)


def promise(port: int, headers: dict[str, str]) -> str | None:
    """What the answer promises of TLS; only a request that came by it is promised anything."""
    asked = urllib.request.Request(
        f"http://{processes.HOST}:{port}/static/ui/ui.css", headers=headers, method="HEAD"
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.headers["Strict-Transport-Security"]
    except urllib.error.HTTPError as answer:
        return answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("trusted", "promised"),
    [
        ("127.0.0.1", "max-age=63072000; includeSubDomains"),
        ("10.9.9.0/24", None),
        ("", None),
    ],
    ids=["from the proxy", "from a stranger", "nobody is trusted"],
)
def test_forwarded_headers_are_believed_from_a_named_proxy_only(tmp_path, trusted, promised):
    with served(tmp_path, trusted=trusted) as port:
        assert promise(port, FORGED) == promised
        assert promise(port, {"Host": "staff.example.org"}) is None


def seen_by_us(proxies: list[str], **said: str) -> tuple[str, str]:
    """The address and the scheme that reach the application."""
    seen: list[tuple[str, str]] = []

    def serve(environ: dict[str, str], _start: object) -> list[bytes]:
        seen.append((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]))
        return []

    behind(proxies, serve)({"wsgi.url_scheme": "http", **said}, lambda *_: None)
    return seen[0]


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "seen"),
    [
        (["10.0.0.1"], "10.0.0.1", "203.0.113.9", ("203.0.113.9", "https")),
        # Whatever a visitor writes stands before what the proxy adds.
        (["10.0.0.1"], "10.0.0.1", "198.51.100.1, 203.0.113.9", ("203.0.113.9", "https")),
        (["10.0.0.0/24"], "10.0.0.7", "203.0.113.9, 10.0.0.8", ("203.0.113.9", "https")),
        (["10.0.0.1"], "203.0.113.50", "198.51.100.1", ("203.0.113.50", "http")),
        ([], "10.0.0.1", "203.0.113.9", ("10.0.0.1", "http")),
    ],
)
def test_each_visitor_has_her_own_address_and_nobody_chooses_it(proxies, address, forwarded, seen):
    said = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https"}

    assert seen_by_us(proxies, REMOTE_ADDR=address, **said) == seen


@pytest.mark.parametrize("everybody", ["*", "0.0.0.0/0", "::/0", "proxy.example.org"])
def test_an_installation_that_would_believe_everybody_does_not_start(monkeypatch, everybody):
    monkeypatch.setenv("SPHERES_TRUSTED_PROXIES", f"10.0.0.1, {everybody}")

    with pytest.raises(ImproperlyConfigured, match=r"is not an address or a network"):
        networks("SPHERES_TRUSTED_PROXIES")
