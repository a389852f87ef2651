"""Is a meeting planned, moved and answered for on a phone, and read by a real calendar's client?

The lead says yes, the worker makes an address, vdirsyncer reads it; ended, vdirsyncer is refused.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from spheres.core import clock
from tests.journeys.conftest import Way
from tests.journeys.server import Site
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

LINE = "Un thé, à la halte."
ADDRESS = re.compile(r"http://\S+/calendar/[\w-]{43}\.ics")
WORDS = {
    "fr": {
        "plan": "Prévoir une rencontre",
        "keep": "La prévoir",
        "move": "La déplacer",
        "cancel": "Annulée par la personne",
        "calendar": "Mes heures dans mon propre calendrier",
        "yes": "Dire oui aux adresses de calendrier",
        "no": "Dire non, et mettre fin à toutes",
        "make": "Créer une adresse",
        "end": "Y mettre fin maintenant",
    },
    "en": {
        "plan": "Plan a meeting",
        "keep": "Plan it",
        "move": "Move it",
        "cancel": "Cancelled by the person",
        "calendar": "My hours in my own calendar",
        "yes": "Say yes to calendar addresses",
        "no": "Say no, and end them all",
        "make": "Make an address",
        "end": "End it now",
    },
}


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    with told(*world[:1], chromium, world[1], way.language, way.size, name="Maya") as one:
        yield one


def press(story: Story, person: str, word: str) -> None:
    page = story.screen_of(person)
    words = WORDS[story.language][word]
    way = page.get_by_role("button", name=words, exact=True)
    way = way.or_(page.get_by_role("link", name=words, exact=True))
    way.first.click()
    page.wait_for_load_state()


def fill(story: Story, at: datetime, line: str) -> None:
    page = story.screen_of("Inès")
    for part, value in (("day", at.day), ("month", at.month), ("year", at.year)):
        page.locator(f"[name=day_{part}]").fill(str(value))
    page.locator("[name=hour]").fill(f"{at:%H:%M}")
    page.locator("[name=line]").fill(line)


def synced(address: str, site: Site, folder: Path) -> list[tuple[str, str]] | None:
    """What vdirsyncer brings home: when, and what it says; None when it is refused."""
    home = folder / "home"
    (folder / "status").mkdir(parents=True, exist_ok=True)
    (folder / "config").write_text(
        f"""
[general]
status_path = "{folder}/status"
[pair hers]
a = "house"
b = "home"
collections = null
[storage house]
type = "http"
url = "{address}"
[storage home]
type = "filesystem"
path = "{home}"
fileext = ".ics"
"""
    )
    client = Path(sys.executable).with_name("vdirsyncer")
    # Where no resolver knows *.localhost, the name is asked of the site itself, as of a proxy.
    env = {**os.environ, "http_proxy": f"http://127.0.0.1:{site.port}", "no_proxy": ""}
    for verb in (["discover"], ["sync", "--force-delete"]):
        ran = subprocess.run(
            [client, "--config", folder / "config", *verb],
            env=env, capture_output=True, text=True, input="y\n", timeout=60, check=False,
        )  # fmt: skip
        if ran.returncode:
            assert "Not Found" in ran.stderr, ran.stderr
            return None
    events = [
        event
        for path in sorted(home.glob("*.ics"))
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    ]
    return sorted((event.start.isoformat(), str(event["summary"])) for event in events)


def test_a_worker_plans_moves_and_reads_her_hours_in_her_own_calendar(
    story: Story, way: Way, tmp_path: Path
) -> None:
    here = ZoneInfo(settings.TIME_ZONE)
    day = (clock.now().astimezone(here) + timedelta(days=2 + 7 * way.number)).replace(
        second=0, microsecond=0
    )
    first, later = day.replace(hour=15, minute=30), day.replace(hour=17, minute=0)
    page, file = story.screen_of("Inès"), f"/files/{story.cast.maya.file_id}/"
    story.signs_in("Inès")

    story.go("Inès", file)
    press(story, "Inès", "plan")
    story.reads_clearly("Inès")
    fill(story, first, LINE)
    press(story, "Inès", "keep")
    expect(page.locator("main")).to_contain_text(LINE)
    story.reads_clearly("Inès")
    story.go("Inès", f"/week/?from={first:%Y-%m-%d}")
    story.reads_clearly("Inès")
    page.locator(".week-day a").first.click()
    story.reads_clearly("Inès")
    press(story, "Inès", "move")
    story.reads_clearly("Inès")
    fill(story, later, LINE)
    press(story, "Inès", "move")
    story.reads_clearly("Inès")

    story.signs_in("Karim")
    story.go("Karim", "/calendar/")
    story.reads_clearly("Karim")
    press(story, "Karim", "yes")
    story.reads_clearly("Karim")
    story.go("Inès", f"/week/?from={first:%Y-%m-%d}")
    press(story, "Inès", "calendar")
    story.reads_clearly("Inès")
    press(story, "Inès", "make")
    story.reads_clearly("Inès")
    found = ADDRESS.search(page.inner_text("main"))
    assert found is not None
    hour = later.astimezone(UTC).isoformat()
    assert synced(found[0], story.site, tmp_path) == [(hour, "Rendez-vous")]

    story.go("Inès", f"/week/?from={first:%Y-%m-%d}")
    page.locator(".week-day a").first.click()
    press(story, "Inès", "cancel")
    story.reads_clearly("Inès")
    assert synced(found[0], story.site, tmp_path) == []
    story.go("Inès", "/calendar/")
    press(story, "Inès", "end")
    story.reads_clearly("Inès")
    assert synced(found[0], story.site, tmp_path) is None
    # Nothing of the address is written in the log of the site, found or not.
    assert found[0].rpartition("/")[2].removesuffix(".ics") not in story.site.log.read_text()
    press(story, "Karim", "no")
    story.reads_clearly("Karim")
