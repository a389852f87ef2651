"""Is there a barrier on this page, for somebody who cannot see, point or hear well?

Asked of axe for every page a journey shows. The same page in the same state, on the same size of
screen, is asked once in a run: axe would answer the same, and each answer takes a good part of the
time of a press.
"""

from __future__ import annotations

import re
from hashlib import sha256
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
FREE: set[str] = set()
LAST: WeakKeyDictionary[Page, str] = WeakKeyDictionary()
# What is there, what is typed, ticked, open and focused, on which screen.
STATE = """() => document.documentElement && JSON.stringify([
    document.documentElement.outerHTML, innerWidth, innerHeight,
    [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
        .map(field => [field.value, field.checked, field.disabled, field.validity.valid]),
    [...document.querySelectorAll("*")].indexOf(document.activeElement),
])"""
# Marks that change at every answer, and that nobody meets.
MARKS = re.compile(
    r'nonce=\\"[^"]*\\"|(?<=name=\\"form_id\\" )value=\\"[^"]*\\"'
    r"|X-CSRFToken&quot;: &quot;[^&]*"
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def state_of(page: Page) -> str:
    """Identifiers are told apart, and not which they are."""
    met: dict[str, str] = {}
    page.wait_for_load_state()
    while (found := page.evaluate(STATE)) is None:  # the page that comes has no word yet
        page.wait_for_load_state()
    said = MARKS.sub("", found)
    said = IDENTIFIER.sub(lambda one: met.setdefault(one[0], f"#{len(met)}"), said)
    return sha256(said.encode()).hexdigest()


def barriers(page: Page) -> list[tuple[str, str, list[str]]]:
    """Where, which rule, and on what; nothing when everybody can go through.

    What this window showed last is asked again: the page that a press brings may not be there yet.
    """
    state = state_of(page)
    if state in FREE and LAST.get(page) != state:
        LAST[page] = state
        return []
    found = AXE.run(page).response["violations"]
    LAST[page] = state_of(page)
    if not found and LAST[page] == state:
        FREE.add(state)
    return [(page.url, one["id"], [node["html"] for node in one["nodes"]]) for one in found]
