"""Can somebody on a phone, without JavaScript or account, leave a referral and be sure of it?"""

from __future__ import annotations

import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import migrate_as_owner
from spheres.config import catalogues, cluster, processes
from spheres.core import clock, context
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "test_referral_journey"

pytestmark = pytest.mark.browser


@contextmanager
def on_its_own_database() -> Iterator[cluster.Cluster]:
    """A database that keeps what is sent, with the words of the demo region and no account."""
    here, before = cluster.from_environment(), connection.settings_dict["NAME"]
    here.drop_database(DATABASE)
    made = here.create_database(DATABASE)
    migrate_as_owner(DATABASE)
    point_at(DATABASE)
    try:
        yield made
    finally:
        point_at(before)
        here.drop_database(DATABASE)


def point_at(name: str) -> None:
    """Every connection of this process from now on; the pool would keep the former name."""
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    queries.forget()


def load_words(folder: Path) -> None:
    shutil.copytree(
        ROOT / "regions/demo", folder, ignore=shutil.ignore_patterns("life", "people.yaml")
    )
    with context.unit_of_work(LOADER):
        loading.load(loading.check(folder), by=LOADER, at=clock.now())


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The youth site as it is served."""
    catalogues.compile()
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), on_its_own_database() as here:
        load_words(folder / "demo")
        port = processes.first_free(range(18200, 18300))
        server = processes.Background(
            "server",
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
                "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws",
                "spheres.config.wsgi:application",
            ],
            {**os.environ, "DATABASE_URL": here.app_url, "SPHERES_PORT": str(port)},
            log=folder / "server.log",
            cwd=ROOT,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/", server)
            yield SimpleNamespace(url=f"http://youth.localhost:{port}", log=folder / "server.log")
        finally:
            server.stop()


def wait_for(url: str, server: processes.Background) -> None:
    limit = time.monotonic() + 6
    while time.monotonic() < limit:
        server.refuse_if_gone()
        try:
            asked = urllib.request.Request(url, headers={"Host": "youth.localhost"})
            urllib.request.urlopen(asked, timeout=10).read()
            return
        except OSError as refused:
            last = refused
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer: {last}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    programme = os.environ.get("SPHERES_CHROMIUM")
    if not programme:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programme, args=["--no-sandbox"])
        yield browser
        browser.close()
