"""How long until a page is blank, when the next one does not come? In any browser (T25).

Chromium can slow its own network down; Firefox cannot. A line of ours stands between either and the
site, and holds what the browser asks for as long as the test looks.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from tests.journeys.server import Site
from tests.proofs import browsers

# Told by the page itself, from the press to the second frame drawn after it was emptied, and found
# afterwards by another page of the site: while a page is on its way, none can be asked anything.
# The way out leads through the line too, so that nothing comes as long as it is held.
WATCH = """(() => {
  document.querySelector(".exit-button").href = "/lines/";
  addEventListener("click", (press) => {
    new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
      sessionStorage.setItem("blankAfter", performance.now() - press.timeStamp);
      sessionStorage.setItem("wordsLeft", document.body.innerText.trim().length);
    }))).observe(document.documentElement, { attributes: true });
  }, true);
  return true;
})()"""
HELD = 1.5  # seconds: long enough for a page to be drawn, were it slow
BLANK_WITHIN = 0.3  # seconds


@dataclass(frozen=True)
class Line:
    """The site as it is reached by this line, which goes on only while it is open."""

    site: Site
    is_open: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def held(self) -> Iterator[None]:
        self.is_open.clear()
        try:
            yield
        finally:
            self.is_open.set()


@contextmanager
def line_to(site: Site) -> Iterator[Line]:
    """A port of its own, which leads to the site."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = Line(replace(site, port=door.getsockname()[1]))
        line.is_open.set()
        threading.Thread(target=_let_in, args=(door, site.port, line), daemon=True).start()
        yield line


def _let_in(door: socket.socket, port: int, line: Line) -> None:
    with suppress(OSError):
        while True:
            browser, _from = door.accept()
            server = socket.create_connection(("127.0.0.1", port))
            for here, there, waits in ((browser, server, True), (server, browser, False)):
                said = (here, there, line if waits else None)
                threading.Thread(target=_carry, args=said, daemon=True).start()


def _carry(here: socket.socket, there: socket.socket, line: Line | None) -> None:
    with suppress(OSError), here, there:
        while said := here.recv(1 << 16):
            if line:
                line.is_open.wait()
            there.sendall(said)


def blank_after(browser: browsers.Browser, line: Line) -> float:
    """Seconds from the press on the way out until nothing is shown; nothing of it is left.

    Pressed on a page that has come whole: before its script is there, the way out is a plain link.
    """
    assert browsers.until(lambda: browser.says("document.readyState") == "complete")
    assert browser.says(WATCH)
    with line.held():
        browser.presses(".exit-button")
        time.sleep(HELD)
    browser.goes(f"{line.site.youth}/how/")
    took, left = (
        browser.says(f"sessionStorage.getItem({name!r})") for name in ("blankAfter", "wordsLeft")
    )
    assert left == "0", (took, left)
    return float(took) / 1000
