"""How does a person of the cast ask for a page, and how is what she sees read?

Real requests, through the real middleware, with a real session.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from unittest.mock import patch

from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from spheres.accounts import actions as door
from spheres.config import catalogues
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import MONDAY

BOXES = {"section", "article", "fieldset", "blockquote", "p", "dl", "li"}


def visitor(host: str | None = None) -> Client:
    """Somebody who has not signed in."""
    return Client(headers={"host": host or settings.STAFF_HOST})


def signed_in(actor: Actor, *, at: datetime = MONDAY, language: str = "fr") -> Client:
    """A person of the cast at her desk, already past the door."""
    client = visitor()
    with clock.at(at):
        session = door.come_in(actor.user_id, at=at, way="test")
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


class Page(HTMLParser):
    """The texts of a page in reading order, the box that holds each, and its fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open_boxes: list[int] = []
        self.boxes = 0
        self.texts: list[tuple[str, int]] = []
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("name") and tag in {"input", "textarea", "select"}:
            self.fields.setdefault(said["name"] or "", said.get("value") or "")
        if tag in BOXES:
            self.boxes += 1
            self.open_boxes.append(self.boxes)

    def handle_endtag(self, tag: str) -> None:
        if tag in BOXES and self.open_boxes:
            self.open_boxes.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((data, self.open_boxes[-1] if self.open_boxes else 0))

    def place_of(self, words: str) -> tuple[int, int]:
        """Where these words stand for the first time (order, box); a missing text is an error."""
        for order, (text, box) in enumerate(self.texts):
            if words in text:
                return order, box
        raise AssertionError(f"The page does not say « {words} ».")


@cache
def learn_french() -> None:
    """Compile what changed in the catalogues, and let this process read them all again."""
    catalogues.compile()
    trans_real._translations.clear()
    trans_real._default = None
    translation.activate("fr")


@contextmanager
def untranslated() -> Iterator[set[str]]:
    """The English sentences that this block's pages say for want of a French one."""
    learn_french()
    missing: set[str] = set()
    say = trans_real.gettext

    def listen(message: str) -> str:
        said = say(message)
        catalogue = trans_real.translation("fr")._catalog
        if message and translation.get_language() == "fr" and message not in catalogue:
            missing.add(message)
        return said

    with (
        patch.object(trans_real, "gettext", listen),
        patch("django.utils.translation._trans.gettext", listen, create=True),
    ):
        yield missing
