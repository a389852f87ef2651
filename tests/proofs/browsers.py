"""How are a real Chromium and a real Firefox led, with everything they keep for the Back button?

What usually leads browsers in tests switches the Back button's memory off. These two are spoken to
in their own languages and by nothing else: Chromium's DevTools protocol by a pipe, Firefox's
Marionette by a socket.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import pytest

PATIENCE = 20.0
# Those that are led; a private window of Firefox has a memory of its own, which it drops.
PRIVATE = "firefox, private"
KINDS = ["chromium", "firefox", PRIVATE]
# Not the Chromium without windows: it has no memory for the Back button at all.
FIREFOX = ("firefox-esr", "firefox")
NAMES = {"chromium": ("chromium", "chromium-browser"), "firefox": FIREFOX, PRIVATE: FIREFOX}
NO_FIREFOX = "no Firefox (apt install firefox-esr: 80 MB, 352 MB on the disk)"
MISSING = {
    "chromium": "no whole Chromium (apt install chromium: 81 MB, 297 MB on the disk)",
    "firefox": NO_FIREFOX,
    PRIVATE: NO_FIREFOX,
}


class Browser(Protocol):
    """One tab, as a person holds it."""

    name: str

    def goes(self, url: str) -> None: ...
    def url(self) -> str: ...
    def shown(self) -> str: ...
    def says(self, expression: str) -> Any: ...
    def presses(self, selector: str) -> None: ...
    def taps(self, selector: str) -> None: ...
    def types(self, selector: str, words: str) -> None: ...
    def presses_shift(self) -> None: ...
    def goes_back(self) -> None: ...
    def was_kept_in_memory(self) -> bool: ...
    def keeps(self) -> dict[str, int]: ...


def until(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Ask again until it is so; False when it never was."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with suppress(KeyError, TypeError):
            if true():
                return True
        time.sleep(0.02)
    return False


# How many things of each kind the browser keeps for the page that is shown.
KEPT = """(async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()"""
SHOWN = "document.documentElement.hidden ? '' : document.title + ' ' + document.body.innerText"


class Chromium:
    """A tab of Chromium, by its DevTools protocol."""

    name = "chromium"

    def __init__(self, programme: str, folder: Path, *, script: bool = True) -> None:
        theirs, self.to = os.pipe()
        self.back, ours = os.pipe()
        flags = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank",
        ]  # fmt: skip

        def in_their_places() -> None:
            # The protocol speaks by these two, whatever their numbers were.
            low, high = os.dup(theirs), os.dup(ours)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [programme, *flags], pass_fds=(3, 4, theirs, ours), preexec_fn=in_their_places,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs)
        os.close(ours)
        self.number, self.rest, self.session = 0, b"", ""
        self.events: list[dict[str, Any]] = []
        tab = self.asks("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.asks("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self.asks("Page.enable")
        self.asks("Network.enable")
        if not script:
            self.asks("Emulation.setScriptExecutionDisabled", value=True)

    def asks(self, method: str, **params: Any) -> dict[str, Any]:
        """One question and its answer; what is told meanwhile is kept."""
        self.number += 1
        said = {"id": self.number, "method": method, "params": params}
        if self.session:
            said["sessionId"] = self.session
        os.write(self.to, json.dumps(said).encode() + b"\0")
        while True:
            heard = self._hears()
            if heard.get("id") == self.number:
                if "error" in heard:
                    raise KeyError(heard["error"]["message"])
                return dict(heard["result"])
            self.events.append(heard)

    def _hears(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 16)
            if not more:
                raise ConnectionError("Chromium has gone.")
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        return dict(json.loads(message))

    def says(self, expression: str) -> Any:
        answer = self.asks("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def slows_down(self, milliseconds: int, *, bytes_a_second: int = -1) -> None:
        """Every answer of the network waits so long, and comes no faster."""
        self.asks(
            "Network.emulateNetworkConditions", offline=False, latency=milliseconds,
            downloadThroughput=bytes_a_second, uploadThroughput=bytes_a_second,
        )  # fmt: skip

    def goes(self, url: str) -> None:
        self.asks("Page.navigate", url=url)
        self._settles()

    def _settles(self) -> None:
        until(lambda: self.says("document.readyState") == "complete")

    def url(self) -> str:
        found = self.asks("Page.getNavigationHistory")
        return str(found["entries"][found["currentIndex"]]["url"])

    def shown(self) -> str:
        return str(self.says(SHOWN) or "")

    def _place(self, selector: str) -> dict[str, float]:
        self.says(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        found = self.says(
            f"(box => [box.x + box.width / 2, box.y + box.height / 2])"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        return {"x": found[0], "y": found[1]}

    def presses(self, selector: str) -> None:
        """The tap itself, without waiting for what comes of it."""
        place = self._place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.asks(
                "Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place
            )  # fmt: skip

    def taps(self, selector: str) -> None:
        before = self.says("performance.timeOrigin")
        self.presses(selector)
        until(lambda: self.says("performance.timeOrigin") != before)
        self._settles()

    def types(self, selector: str, words: str) -> None:
        self.says(f"document.querySelector({selector!r}).focus()")
        self.asks("Input.insertText", text=words)

    def presses_shift(self) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.asks(
                "Input.dispatchKeyEvent", type=kind, key="Shift", code="ShiftLeft",
                windowsVirtualKeyCode=16, modifiers=8 if kind == "rawKeyDown" else 0,
            )  # fmt: skip

    def goes_back(self) -> None:
        found = self.asks("Page.getNavigationHistory")
        if found["currentIndex"] == 0:
            return
        self.events.clear()
        before = found["entries"][found["currentIndex"] - 1]
        self.asks("Page.navigateToHistoryEntry", entryId=before["id"])
        until(
            lambda: self.asks("Page.getNavigationHistory")["currentIndex"] < found["currentIndex"]
        )
        self._settles()

    def was_kept_in_memory(self) -> bool:
        return any(
            event.get("method") == "Page.frameNavigated"
            and event["params"].get("type") == "BackForwardCacheRestore"
            for event in self.events
        )

    def keeps(self) -> dict[str, int]:
        """Cookies, even those out of reach of scripts, and all that a page may store."""
        answer = self.asks(
            "Runtime.evaluate", expression=KEPT, returnByValue=True, awaitPromise=True
        )
        cookies = self.asks("Network.getCookies")["cookies"]
        return {"cookies": len(cookies), **answer["result"]["value"]}

    def closes(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.back)


class Firefox:
    """A tab of Firefox, by Marionette."""

    name = "firefox"
    is_private = False

    def __init__(self, programme: str, folder: Path, *, script: bool = True) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        wishes = {
            "marionette.port": port,
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "toolkit.telemetry.reportingpolicy.firstRun": False,
            "app.update.enabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
            "network.dns.localDomains": "youth.localhost,staff.localhost",
            "fission.bfcacheInParent": True,
            "javascript.enabled": script,
            "browser.privatebrowsing.autostart": self.is_private,
        }
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wishes.items())
        (folder / "user.js").write_text("\n".join(lines))
        self.process = subprocess.Popen(
            [
                programme, "--headless", "--marionette", "--remote-allow-system-access",
                "--no-remote", "--profile", str(folder),
            ],
            env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.number, self.script = 0, script
        self.line = self._reaches(port)
        self._hears()  # it says which version it speaks
        self.asks(
            "WebDriver:NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "none"}}
        )

    def _reaches(self, port: int) -> socket.socket:
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            with suppress(OSError):
                return socket.create_connection(("127.0.0.1", port), timeout=60)
            time.sleep(0.1)
        raise ConnectionError("Firefox does not answer.")

    def _hears(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.line.recv(1)
        rest, said = int(length[:-1]), b""
        while len(said) < rest:
            said += self.line.recv(rest - len(said))
        return json.loads(said)

    def asks(self, command: str, **params: Any) -> Any:
        self.number += 1
        said = json.dumps([0, self.number, command, params]).encode()
        self.line.sendall(str(len(said)).encode() + b":" + said)
        _, _, error, result = self._hears()
        if error:
            raise KeyError(error["error"])
        return result.get("value", result) if isinstance(result, dict) else result

    def says(self, expression: str) -> Any:
        return self.asks("WebDriver:ExecuteScript", script=f"return {expression}", args=[])

    def goes(self, url: str) -> None:
        self.asks("WebDriver:Navigate", url=url)
        until(lambda: self.url() == url and self._is_ready())

    def _is_ready(self) -> bool:
        return bool(self.says("document.readyState") == "complete")

    def url(self) -> str:
        return str(self.asks("WebDriver:GetCurrentURL"))

    def shown(self) -> str:
        return str(self.says(SHOWN) or "")

    def _element(self, selector: str) -> str:
        found = self.asks("WebDriver:FindElement", using="css selector", value=selector)
        return str(next(iter(found.values())))

    def presses(self, selector: str) -> None:
        self.asks("WebDriver:ElementClick", id=self._element(selector))

    def taps(self, selector: str) -> None:
        before = self.says("performance.timeOrigin")
        self.presses(selector)
        until(lambda: self.says("performance.timeOrigin") != before and self._is_ready())

    def types(self, selector: str, words: str) -> None:
        self.asks("WebDriver:ElementSendKeys", id=self._element(selector), text=words)

    def presses_shift(self) -> None:
        keys = [{"type": kind, "value": "\ue008"} for kind in ("keyDown", "keyUp")]
        self.asks(
            "WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}]
        )

    def goes_back(self) -> None:
        self.asks("WebDriver:Back")
        time.sleep(0.4)
        until(self._is_ready)

    def was_kept_in_memory(self) -> bool:
        return bool(self.says("window.wasHere === true"))

    def keeps(self) -> dict[str, int]:
        """The same; a page without script stores nothing but cookies."""
        found = self.says(KEPT) if self.script else {}
        return {"cookies": self._cookies(), **found}

    def _cookies(self) -> int:
        """Asked of the browser itself: a driver sees none of those of a private window."""
        of = json.dumps({"privateBrowsingId": int(self.is_private)})
        self.asks("Marionette:SetContext", value="chrome")
        try:
            script = f"return Services.cookies.getCookiesWithOriginAttributes({of!r}).length"
            return int(self.asks("WebDriver:ExecuteScript", script=script, args=[]))
        finally:
            self.asks("Marionette:SetContext", value="content")

    def closes(self) -> None:
        with suppress(OSError, KeyError, ValueError):
            self.asks("Marionette:Quit", flags=["eForceQuit"])
        with suppress(OSError):
            self.line.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        self.process.kill()
        self.process.wait()


class PrivateFirefox(Firefox):
    """The same, where every window is a private one."""

    name = PRIVATE
    is_private = True


def programme_of(name: str) -> str:
    """Where this machine has it; empty when it has none."""
    return next(filter(None, map(shutil.which, NAMES[name])), "")


def need(name: str) -> str:
    """This browser's name, where the machine has it; elsewhere the proof is not given, and where
    nothing may be skipped it says which browser is missing."""
    if not programme_of(name):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING[name])
    return name


@contextmanager
def opened(name: str, *, script: bool = True) -> Iterator[Any]:
    """A new browser with nothing in its memory."""
    kinds: dict[str, Any] = {
        "chromium": Chromium, "firefox": Firefox, PRIVATE: PrivateFirefox,
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="spheres-tab-", ignore_cleanup_errors=True) as folder:
        browser = kinds[name](programme_of(name), Path(folder), script=script)
        try:
            yield browser
        finally:
            browser.closes()
