"""How does a journey walk through the real site? Served as it is served, on a database of its own.

`served("test_my_journey", prepare=…)` copies the migrated test database, lets `prepare` fill it,
starts the server on loopback and gives the `Site`. Nothing is rolled back: what a journey writes
stays until the block ends, then the whole copy is dropped. A journey that begins with the cast
takes the fixture `world` of the conftest, and says in `arranged(cast)` what it adds.
"""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from spheres.config import cluster, processes
from tests.databases import leave_the_database, made_from

# The browser's driver keeps a loop running in this thread: Django takes it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
# Two runs beside each other begin looking at different ones.
PORTS = [18300 + (7 * os.getpid() + number) % 100 for number in range(100)]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running site: its two faces, its database, and the words it wrote to its log."""

    port: int
    database: str
    log: Path

    @property
    def staff(self) -> str:
        return f"http://{settings.STAFF_HOST}:{self.port}"

    @property
    def youth(self) -> str:
        return f"http://{settings.YOUTH_HOST}:{self.port}"

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """Work in the site's own database for a moment: to arrange before, or to look after."""
        with _pointing_at(self.database), transaction.atomic(durable=True):
            yield

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Ask pages of the site's own database at another moment: each is whole by itself."""
        with _pointing_at(self.database):
            yield


@contextmanager
def served(
    name: str,
    *,
    logs: Path,
    template: str = "",
    prepare: Callable[[], object] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """The site on a copy called `name` of a test database; of the bare one, if none is named."""
    here = cluster.from_environment()
    template = template or settings.DATABASES["default"]["NAME"]
    leave_the_database(template)
    here.drop_database(name)
    copy = made_from(template, name, here=here)
    try:
        if prepare is not None:
            with _pointing_at(name), transaction.atomic(durable=True):
                prepare()
        port = processes.first_free(PORTS)
        assert port is not None
        server = processes.Background(
            "server",
            processes.site(port),
            {
                **os.environ,
                "DATABASE_URL": copy.app_url,
                "SPHERES_PORT": str(port),
                **(variables or {}),
            },
            log=logs / "server.log",
            cwd=ROOT,
        )
        try:
            _wait_for_a_page(server, port)
            yield Site(port, name, server.log)
        finally:
            server.stop()
    finally:
        leave_the_database()
        here.drop_database(name)


@contextmanager
def browsing() -> Iterator[Browser]:
    """The machine's Chromium; where there is none the test is skipped with one clear line."""
    programme = os.environ.get("SPHERES_CHROMIUM")
    if not programme:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programme, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def window(
    browser: Browser, *, language: str = "fr", size: Mapping[str, int] = DESK, site: Site
) -> BrowserContext:
    """A fresh window without any cookie but the language chosen."""
    opened = browser.new_context(viewport=dict(size), reduced_motion="reduce")  # type: ignore[arg-type]
    opened.set_default_timeout(10_000)
    for url in (site.staff, site.youth):
        opened.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])
    return opened


@contextmanager
def _pointing_at(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    leave_the_database()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        leave_the_database()
        connection.settings_dict["NAME"] = before


def _wait_for_a_page(server: processes.Background, port: int) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        server.refuse_if_gone()
        asked = http.client.HTTPConnection(processes.HOST, port, timeout=30)
        try:
            asked.request("GET", "/sign-in/", headers={"Host": settings.STAFF_HOST})
            asked.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            asked.close()
    raise AssertionError("the server does not answer")
