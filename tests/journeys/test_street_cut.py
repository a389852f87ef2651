"""SC-14, under random cuts of the line: does each text come once, and none is read on the way?"""

from __future__ import annotations

import http.client
import os
import random
from contextlib import suppress

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Page, Route, expect

from spheres.core import clock
from spheres.followup.street import actions, queries
from tests.cast import Cast, acting
from tests.journeys.server import Site
from tests.journeys.story import told
from tests.journeys.telephone import HELD, prepared, without_a_network
from tests.proofs.figures import tell

pytestmark = pytest.mark.browser
TEXTS = int(os.environ.get("SPHERES_TEXTS", "1000"))


def deliver(route: Route, port: int) -> int:
    """What the browser sends reaches the site; the browser will not hear of it."""
    asked, sent = http.client.HTTPConnection("127.0.0.1", port, timeout=30), route.request
    headers = sent.all_headers() | {"host": f"{settings.STAFF_HOST}:{port}"}
    asked.request("POST", "/street/entries/", sent.post_data, headers)
    try:
        return asked.getresponse().status
    finally:
        asked.close()


STAYS = ", ".join(f'[data-says="{why}"]' for why in ("cut", "many"))


def settled(page: Page) -> None:
    """All was sent, or the rest stays for now: the page says which."""
    for _turn in range(4_000):
        with suppress(Error):  # it goes on to another address meanwhile
            if "sent=" in page.url or page.locator(STAYS).filter(visible=True).count():
                return
        page.wait_for_timeout(30)
    raise AssertionError("the page neither sent all nor said why the rest stays")


def placed(site: Site, cast: Cast) -> list[str]:
    """What came is read, and taken away: more may come."""
    with site.at_home(), acting(cast.ines, clock.now()):
        arrived = queries.arrived(actor=cast.ines)
        for one in arrived:
            actions.take_away(one.id, by=cast.ines)
    return [one.typed.her_words for one in arrived if one.typed]


@pytest.mark.proof
def test_a_thousand_texts_under_random_cuts_come_once_each(world, chromium: Browser) -> None:
    """The line is cut before the text leaves, or after it arrived and before the answer is read."""
    drawn, cuts = random.Random(7), {"before": 0, "after": 0}
    site, cast = world

    def cut(route: Route) -> None:
        chance = drawn.random()
        if chance < 0.05:
            cuts["before"] += 1
            route.abort()
        elif chance < 0.1:
            cuts["after"] += 1
            assert deliver(route, site.port) in (200, 429)
            route.abort()
        else:
            route.continue_()

    with told(site, chromium, cast, "fr", {"width": 320, "height": 640}, name="Mille") as story:
        page = prepared(story, "Inès")
        without_a_network(page, story)
        page.evaluate(
            """async () => {
              const form = document.querySelector("form");
              for (let each = 0; each < TEXTS; each += 1) {
                form.elements.her_words.value = `Phrase secrète ${each}`;
                form.requestSubmit();
                while (form.elements.her_words.value) await new Promise((go) => setTimeout(go, 1));
              }
            }""".replace("TEXTS", str(TEXTS))
        )
        expect(page.locator("[data-waiting] [data-number]")).to_have_text(str(TEXTS))
        held = page.evaluate(HELD)
        page.context.route("**/street/entries/", cut)
        page.context.set_offline(False)
        turns, texts = 0, list[str]()
        while turns < 2_000:
            turns += 1
            page.goto(f"{site.staff}/street/")
            settled(page)
            if page.locator('[data-says="many"]').is_visible():
                texts += placed(site, cast)
            if not page.evaluate(HELD)["rows"]:
                break
        texts += placed(site, cast)

    readable = sum("Phrase secr" in row["sealed"] for row in held["rows"])
    lost = {f"Phrase secrète {each}" for each in range(TEXTS)} - set(texts)
    tell(
        "street, cut at random",
        f"{TEXTS:,} typed, {len(lost)} lost, {len(texts) - TEXTS + len(lost)} doubled, "
        f"{readable} readable on the telephone; {cuts['before']} cut before they left, "
        f"{cuts['after']} after they came, {turns} tries",
        "0 lost, 0 doubled, 0 readable",
    )
    assert (lost, len(texts), readable) == (set(), TEXTS, 0)
    assert "Phrase secr" not in held["all"]
    assert min(cuts.values()) > 0
