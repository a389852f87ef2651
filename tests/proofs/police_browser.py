"""How does a police account try everything? Every address, every form it finds, filled and sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.regions import queries as regions
from tests.architecture.test_guarded_pages import ENDING, addresses
from tests.cast import MONDAY

UUIDS = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
# What a request draws at random: a nonce, a token, a signed number, a secret just made.
DRAWN = (
    re.compile(r'nonce="[^"]*"'),
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"X-CSRFToken": ?"[^"]*"'),
    re.compile(r"(?<=[0-9a-f]{32}):[0-9A-Za-z_-]{20,}"),
    re.compile(r'name="form_id" value="[^"]*"'),
    re.compile(r'"(?:challenge|state)": "[^"]*"'),
    # Of a page that failed; never the middle of an identifier, three of whose groups are figures.
    re.compile(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])"),
    re.compile(r"(?<=>)[0-9A-Z]{3,5}-[0-9A-Z]{3,5}(?=<)"),  # a receipt, a code of recovery
    re.compile(r"(?<=/calendar/)[0-9A-Za-z_-]{43}(?=\.ics)"),  # a secret address just made
)
# They end the session that walks.
ENDING_FORMS = ("/sign-out/", "/lock/", "/exit")


@dataclass
class Form:
    """One form of a page: where it is sent, and what it sends when filled by somebody curious."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page, each filled: what is hidden as it is, her name, first choices.

    A question that asks for a number or an identifier is answered with hers.
    """

    def __init__(self, html: str, words: str) -> None:
        super().__init__()
        self.words, self.found, self.inside = words, list[Form](), False
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = True
            self.found.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        elif self.inside and tag in {"input", "textarea", "button"} and said.get("name"):
            self._answer(tag, said)
        elif self.inside and tag == "select":
            self.select = said.get("name", "")
        elif self.inside and tag == "option" and self.select and said.get("value"):
            self.found[-1].fields.setdefault(self.select, [said["value"]])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""

    def _answer(self, tag: str, said: dict[str, str]) -> None:
        name, kind, fields = said["name"], said.get("type", "text"), self.found[-1].fields
        if tag == "button" or kind in {"hidden", "submit", "radio", "checkbox"}:
            if kind != "checkbox" or name not in fields:
                fields.setdefault(name, [said.get("value", "on")])
        else:
            fields.setdefault(name, [said.get("value") or self.words])


@dataclass(frozen=True)
class Answer:
    """What one request was answered, without what it draws at random, and what it cost."""

    who: str
    asked: str
    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    queries: int


def plain(body: bytes, hers: set[UUID]) -> str:
    """The bytes of an answer, without what is drawn at random; her identifiers stay."""
    text = body.decode("utf-8", "replace")
    for drawn in DRAWN:
        text = drawn.sub("·", text)
    known = {one.hex for one in hers}
    return UUIDS.sub(lambda found: found[0] if found[0].replace("-", "") in known else "·", text)


HEADERS = ("Content-Type", "Location", "Content-Disposition", "Set-Cookie", "Cache-Control")


class Ticking:
    """The clock of one world: each request, and each coming in, a thousandth of a second after the
    one before. Of two things of one instant, which one is the newer would be drawn at random."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Each world begins at the same moment."""
        self.ticks = count()

    def moment(self) -> datetime:
        return MONDAY + next(self.ticks) * timedelta(milliseconds=1)


TIME = Ticking()


def ask(
    client: Client, who: str, method: str, address: str, data: Any, hers: set[UUID], host: str
) -> tuple[Answer, str]:
    reset_queries()
    regions.forget()  # it is read anew every minute: here, before each request
    with CaptureQueriesContext(connection) as asked:
        sent = {"headers": {"host": host}}
        with clock.at(TIME.moment()):
            answer = getattr(client, method)(address, data or {}, **sent)
    heads = tuple(
        (name, plain(answer.headers[name].encode(), hers))
        for name in HEADERS
        if name in answer.headers and name != "Set-Cookie"
    )
    body = plain(answer.content, hers)
    if address.startswith("/account/devices"):  # all seen on one day: in no order
        body = "\n".join(sorted(body.replace("<", "\n<").splitlines()))
    said = Answer(
        who,
        f"{method.upper()} {plain(address.encode(), set())}",
        answer.status_code,
        body,
        (*heads, ("cookies", " ".join(sorted(answer.cookies)))),
        len(asked),
    )
    return said, answer.content.decode("utf-8", "replace")


def tries(
    come_in: Callable[[], Client],
    who: str,
    known: dict[str, UUID],
    words: str,
    *,
    forms_of: bool,
    public: bool,
) -> Iterator[Answer]:
    """Every address with her identifiers, read and sent empty; then each form found, filled.

    One comes in anew after each page that did something: a form that ends a session ends nothing
    else. The public site, which knows no account, is walked by one of them.
    """
    hers, client = {one for one in known.values() if isinstance(one, UUID)}, come_in()
    faces = {"staff": settings.STAFF_HOST} | ({"youth": settings.YOUTH_HOST} if public else {})
    for face, host in faces.items():
        for place, address in addresses(face, known):
            if place.name in ENDING or not (forms_of or place.asks):
                continue
            read, html = ask(client, who, "get", address, None, hers, host)
            sent, _html = ask(client, who, "post", address, None, hers, host)
            yield read
            yield sent
            forms = Forms(html, words).found if forms_of and read.status == 200 else []
            for form in forms:
                action = urlsplit(form.action or address).path
                if not action.startswith("/") or any(end in action for end in ENDING_FORMS):
                    continue
                method = "post" if form.method == "post" else "get"
                yield ask(client, who, method, action, form.fields, hers, host)[0]
            if forms or sent.status in {200, 302}:
                client = come_in()
