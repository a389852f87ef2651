"""Does somebody really come in on what was put back? Invited, with a passkey, and out again.

Only in a rehearsal, on a copy that goes away: whoever is invited there is nobody.
"""

from __future__ import annotations

import html
import http.client
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import psycopg

from spheres.config.continuity.passkey import Device
from spheres.config.continuity.recipients import Refused

ROOT: Final = Path(__file__).resolve().parents[3]
ADDRESS: Final = "rehearsal@restored.invalid"


class Hidden(HTMLParser):
    """What a form of a page sends without anybody typing it."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._is_ours = action, False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._is_ours = said.get("action") == self._action
        elif tag == "input" and self._is_ours and said.get("type") == "hidden":
            self.fields[str(said.get("name"))] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_ours = False


@dataclass
class Browser:
    """What is needed of one: a host, its cookies, and a form that is sent as the page made it."""

    port: int
    host: str
    is_secure: bool
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"https://{self.host}" if self.is_secure else f"http://{self.host}:{self.port}"

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path)

    def send(self, path: str, page: str, **fields: str) -> tuple[int, str, str]:
        """Send a form of this page to `path`."""
        hidden = Hidden(page, path).fields
        if not hidden:
            raise Refused(f"No form came with the page from which {path} is sent.")
        return self._ask("POST", path, urlencode({**hidden, **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Its status, where it sends on to, its page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": self.origin.partition("//")[2],
            "Origin": self.origin,
            "Referer": f"{self.origin}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            # As the proxy that ends TLS says it: one counts only beside the other.
            "X-Forwarded-For": "127.0.0.1",
            "X-Forwarded-Proto": urlsplit(self.origin).scheme,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for name, said in answer.getheaders():
            if name.lower() == "set-cookie":
                for one in SimpleCookie(said).values():
                    if one["max-age"] == "0":
                        self.cookies.pop(one.key, None)
                    else:
                        self.cookies[one.key] = one.value
        return answer.status, answer.headers.get("Location", ""), text


def rehearse(env: Mapping[str, str], admin_url: str, *, port: int, host: str) -> None:
    """Invite somebody, enrol a passkey, read a page, go out, come in by the passkey. Raises
    Refused, with what did not answer as it should."""
    browser = Browser(port, host, is_secure=not host.endswith("localhost"))
    device = Device(origin=browser.origin)
    door = urlsplit(_link(env, admin_url)).path
    page = _expect(browser, door)
    asked = _asked(browser, f"{door}challenge/")
    status, _to, page = browser.send(
        f"{door}passkey/", page, answer=device.make(asked["options"]), state=asked["state"]
    )
    if status != 200:
        raise Refused(f"A passkey was not enrolled on this copy: the page answered {status}.")
    page = _expect(browser, "/account/")
    browser.send("/sign-out/", page)
    page = _expect(browser, "/sign-in/")
    asked = _asked(browser, "/sign-in/challenge/")
    status, _to, _page = browser.send(
        "/sign-in/passkey/", page, answer=device.answer(asked["options"]), state=asked["state"]
    )
    if status != 302:
        raise Refused(f"A passkey did not open on this copy: the door answered {status}.")
    if ADDRESS not in html.unescape(_expect(browser, "/account/")):
        raise Refused("Somebody came in on this copy, and the account is not theirs.")


def _link(env: Mapping[str, str], admin_url: str) -> str:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute(
            "select slug from accounts_organisation where kind <> 'police' order by slug"
        ).fetchone()
    if row is None:
        raise Refused("This copy holds no organisation: nobody can be invited there.")
    done = subprocess.run(  # noqa: S603 -- arguments are ours
        [sys.executable, "manage.py", "invite", ADDRESS, "--name", "Rehearsal",
         "--organisation", row[0]],
        cwd=ROOT, env={**env, "SPHERES_ROLE": "app"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"Nobody could be invited on this copy: {done.stderr.strip()[-300:]}")
    return done.stdout.split()[0]


def _expect(browser: Browser, path: str) -> str:
    status, to, page = browser.get(path)
    if status != 200:
        raise Refused(f"{path} answered {status} {to}".rstrip() + " on this copy.")
    return page


def _asked(browser: Browser, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_expect(browser, path))
    return found
