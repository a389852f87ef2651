"""Which site do the proofs of the young people's side visit? The demo's words, and the weather."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from spheres.core import clock, context
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from tests.journeys.server import Site, served
from tests.region import lives

ROOT = Path(__file__).resolve().parents[2]


class Weather(BaseHTTPRequestHandler):
    """The neutral page, and what she looked at before."""

    def do_GET(self) -> None:
        said = f"<!doctype html><title>x</title><p>{self.path.strip('/')} 12 degrés</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *said: object) -> None:
        """Nothing is written."""


@contextmanager
def neutral_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def young_site(name: str, folder: Path, *, leads_to: str = "") -> Iterator[Site]:
    """The youth site with the demo's words, and nobody in it."""
    shutil.copytree(
        ROOT / "regions/demo",
        folder / "demo",
        ignore=shutil.ignore_patterns("people.yaml", *lives()),
    )

    def fill() -> None:
        with context.acting_as(LOADER):
            loading.load(loading.check(folder / "demo"), by=LOADER, at=clock.now())
        queries.forget()

    exits = {"SPHERES_EXIT_URL": leads_to} if leads_to else {}
    try:
        with served(name, logs=folder, prepare=fill, variables=exits) as site:
            yield site
    finally:
        queries.forget()
