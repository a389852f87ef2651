"""How do the main pages look? The demo, served from a database of its own, and a browser.

`python3 run.py docs --screens` writes docs/screens/<language>-<page>-<width>[-dark].png, so that a
change of look shows in review.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from django.conf import settings

from spheres.config import catalogues, cluster, processes
from spheres.config.cluster import Cluster

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Tab

ROOT: Final = Path(__file__).resolve().parents[3]
SCREENS: Final = ROOT / "docs" / "screens"
DATABASE: Final = "test_screens"
PORTS: Final = range(18500, 18600)
SIZES: Final = (320, 1280)
HEIGHT: Final = 900
WORKER, COORDINATOR = "Inès Belhadj", "Louise Charbonneau"
LEAD, GONE, LATE = "Karim Ould-Taleb", "Thierry Beaudoin-Lafleur", "Mélodie Garneau"
MANAGER, POLICE = "Hélène Vadeboncœur", "Étienne Roy"
SOMEBODY_IS_LATE: Final = f"late.play({LATE!r}, {LEAD!r})"
ANSWERS: Final = {
    "chosen_name": "Lou",
    "age_band": "14-17",
    "language": "fr",
    "channel": "text",
    "reach": "438 555-0117",
    "hours": "15 h 30 – 17 h",
    "wish": "Dormir tranquille.",
    "urgent": "no",
    "referrer_name": "Mireille Fortin",
    "referrer_role": "psychoéducatrice",
    "referrer_organisation": "École des Rives",
    "referrer_contact": "mireille@example.org",
    "aware": "yes",
}

Say = Callable[[str], object]


@dataclass(frozen=True)
class Screen:
    """One page to draw: who is there, and how she comes to it."""

    name: str
    who: str
    reach: Callable[[Walk], None]
    dark: bool = False


@dataclass
class Walk:
    """One browser window on the way to a page."""

    tab: Tab
    staff: str
    youth: str

    def goes(self, path: str) -> None:
        self.tab.goto(f"{self.staff}{path}")

    def visits(self, path: str) -> None:
        self.tab.goto(f"{self.youth}{path}")

    def first(self, selector: str) -> None:
        self.tab.locator(selector).first.click()
        self.tab.wait_for_load_state()


def finds(walk: Walk, name: str) -> None:
    """Look for somebody among my people, and open her file."""
    walk.goes("/people/")
    walk.tab.locator("#people-q").fill(name)
    walk.first("main form.search button")
    walk.first("main a.person-name")


def file_of_maya(walk: Walk, page: str = "") -> None:
    finds(walk, "Maya")
    if page:
        walk.tab.goto(f"{walk.tab.url}{page}")


def an_offer(walk: Walk) -> None:
    walk.goes("/")
    walk.first("main a[href^='/offers/']")


def admission(walk: Walk) -> None:
    """The conversation of whoever Inès has just met; the demo keeps one for it."""
    finds(walk, "Lou")
    walk.first("main a[href$='/admission/']")


def receipt(walk: Walk) -> None:
    walk.visits("/referral/")
    for name, value in ANSWERS.items():
        question = walk.tab.locator(f"main [name={name}]")
        if question.first.get_attribute("type") == "radio":
            walk.tab.locator(f"main [name={name}][value='{value}']").check()
        else:
            question.fill(value)
    walk.first("main form [type=submit]")


def somebody_answered_for(walk: Walk) -> None:
    walk.goes("/absences/people/")
    walk.first("main .people a")


def a_meeting(walk: Walk) -> None:
    walk.goes("/week/")
    walk.first("main .week a")


def an_outing(walk: Walk) -> None:
    walk.goes("/")
    walk.first("main a[href^='/outings/']:not([href$='/new/'])")


def a_possible_match(walk: Walk) -> None:
    """A referral of the queue under whose number stands a second line, of likeness."""
    walk.goes("/desk/")
    walk.first("main .queue .line:has(.small + .small) a")


def at(path: str) -> Callable[[Walk], None]:
    return lambda walk: walk.goes(path)


def on_the_youth_site(path: str) -> Callable[[Walk], None]:
    return lambda walk: walk.visits(path)


def at_the_desk(walk: Walk) -> None:
    walk.goes("/desk/")
    walk.first("main .queue a")


def locked(walk: Walk) -> None:
    """Behind the lock nothing of the page remains."""
    walk.goes("/account/")
    walk.first("form[action^='/lock/'] button")


PAGES: Final = (
    Screen("sign-in", "", at("/sign-in/")),
    Screen("home", "", on_the_youth_site("/")),
    Screen("referral-form", "", on_the_youth_site("/referral/"), dark=True),
    Screen("self-referral", "", on_the_youth_site("/for-me/"), dark=True),
    Screen("acknowledgement", "", receipt),
    Screen("404", "", lambda walk: walk.visits("/nothing-here/")),
    Screen("my-day", WORKER, at("/"), dark=True),
    Screen("week", WORKER, at("/week/")),
    Screen("people", WORKER, at("/people/")),
    Screen("file", WORKER, file_of_maya, dark=True),
    Screen("who", WORKER, lambda walk: file_of_maya(walk, "who/"), dark=True),
    Screen("note", WORKER, lambda walk: file_of_maya(walk, "notes/new/"), dark=True),
    Screen("quick-contact", WORKER, at("/contact/"), dark=True),
    Screen("urgent-need", WORKER, lambda walk: file_of_maya(walk, "urgent_needs/new/")),
    Screen("meeting", WORKER, a_meeting),
    Screen("answering", WORKER, somebody_answered_for),
    Screen("hand-over", WORKER, at("/handing-over/")),
    Screen("reaching", WORKER, lambda walk: file_of_maya(walk, "reaching/")),
    Screen("her-page", WORKER, lambda walk: file_of_maya(walk, "summary/")),
    Screen("who-does-what", WORKER, lambda walk: file_of_maya(walk, "parts/")),
    Screen("who-does-what-hers", WORKER, lambda walk: file_of_maya(walk, "parts/together/")),
    Screen("closing", WORKER, lambda walk: file_of_maya(walk, "closing/")),
    Screen("offer", WORKER, an_offer),
    Screen("admission", WORKER, admission),
    Screen("account", WORKER, at("/account/")),
    Screen("desk", COORDINATOR, at("/desk/"), dark=True),
    Screen("referral", COORDINATOR, at_the_desk),
    Screen("possible-match", COORDINATOR, a_possible_match),
    Screen("typed-in", COORDINATOR, at("/desk/new/")),
    Screen("figures", COORDINATOR, at("/figures/"), dark=True),
    Screen("rights", COORDINATOR, at("/rights/")),
    Screen("team", LEAD, at("/team/")),
    Screen("outing-late", LEAD, an_outing, dark=True),
    Screen("departures", LEAD, at("/handing-over/team/")),
    Screen("accounts", MANAGER, at("/members/")),
    Screen("who-still-works-here", MANAGER, at("/members/confirm/")),
    Screen("first-page", POLICE, at("/")),
    # The last of a window: behind the lock no other page is reached.
    Screen("locked", POLICE, locked),
)


def draw(programme: str, say: Say, only: str = "") -> list[str]:
    """Every page in both languages and sizes; gives the names of those that could not be drawn."""
    from playwright.sync_api import sync_playwright

    SCREENS.mkdir(parents=True, exist_ok=True)
    missing = []
    with served(say) as (staff, youth), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programme, args=["--no-sandbox", "--disable-gpu"]
        )
        prepare(browser, staff, youth)
        for language in ("fr", "en"):
            for width in SIZES:
                missing += draw_all(browser, staff, youth, language, width, say, only)
        browser.close()
    return missing


def draw_all(
    browser: Browser, staff: str, youth: str, language: str, width: int, say: Say, only: str
) -> list[str]:
    missing = []
    for who in dict.fromkeys(screen.who for screen in PAGES):
        with window(browser, staff, youth, language, width, who) as walk:
            for screen in PAGES:
                if screen.who != who or not re.search(only, screen.name):
                    continue
                name = f"{language}-{screen.name}-{width}"
                try:
                    take(walk, screen, name)
                except Exception as error:  # one page that fails leaves the others to be drawn
                    say(f"{name}: {str(error).splitlines()[0]}")
                    missing.append(name)
    return missing


def take(walk: Walk, screen: Screen, name: str) -> None:
    screen.reach(walk)
    walk.tab.evaluate("document.activeElement && document.activeElement.blur()")
    walk.tab.screenshot(path=SCREENS / f"{name}.png")
    if screen.dark:
        walk.tab.emulate_media(color_scheme="dark")
        walk.tab.screenshot(path=SCREENS / f"{name}-dark.png")
        walk.tab.emulate_media(color_scheme="light")


@contextmanager
def window(
    browser: Browser, staff: str, youth: str, language: str, width: int, who: str
) -> Iterator[Walk]:
    """A fresh window, with somebody signed in through the demonstration's door."""
    opened: BrowserContext = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce"
    )
    opened.set_default_timeout(30_000)
    for url in (staff, youth):
        opened.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])
    walk = Walk(opened.new_page(), staff, youth)
    if who:
        walk.goes("/sign-in/")
        walk.first(f".door-person:has(strong:text-is('{who}'))")
    try:
        yield walk
    finally:
        if who:
            with suppress(Exception):
                walk.goes("/account/")
                walk.first("form[action='/sign-out/'] button")
        opened.close()


def prepare(browser: Browser, staff: str, youth: str) -> None:
    """What the demo's year leaves to do today: someone to meet for the admission conversation.

    And a colleague who is gone without having handed over.
    """
    with window(browser, staff, youth, "fr", 1280, MANAGER) as walk:
        walk.goes("/members/")
        walk.first(f".kept > li:has-text('{GONE}') a[href$='/end/']")
        walk.tab.locator("main [name=when][value=NOW]").check()
        walk.first("main form [type=submit]")
    with window(browser, staff, youth, "fr", 1280, "") as walk:
        receipt(walk)
        number = walk.tab.locator("output").first.inner_text()
    with window(browser, staff, youth, "fr", 1280, COORDINATOR) as walk:
        for line in (f".line:has-text('{number}')", ".queue .line:not(:has(.badge))"):
            walk.goes("/desk/")
            walk.first(f"{line} a")
            walk.tab.locator("label:has([name=workers])", has_text=WORKER).click()
            walk.first("main form:has([name=workers]) [type=submit]")
    with window(browser, staff, youth, "fr", 1280, WORKER) as walk:
        offers = walk.tab.locator("main a[href^='/offers/']")
        walk.goes("/")
        for address in [offer.get_attribute("href") for offer in offers.all()]:
            walk.goes(address or "/")
            if ANSWERS["hours"] in walk.tab.inner_text("main"):
                walk.first("form[action$='/accept/'] button")
                walk.first("form[action$='/met/'] button")
                return


@contextmanager
def served(say: Say) -> Iterator[tuple[str, str]]:
    """The demo in a database that is dropped afterwards; its two addresses."""
    here = cluster.from_environment()
    here.drop_database(DATABASE)
    mine = here.create_database(DATABASE)
    catalogues.compile()
    port = processes.first_free(PORTS)
    assert port is not None
    with TemporaryDirectory() as var:
        env = environment(mine, port, Path(var))
        server = None
        try:
            began = time.monotonic()
            run(["migrate", "--no-input", "-v", "0"], {**env, "SPHERES_ROLE": "owner"})
            run(["load_region", "regions/demo"], env)
            run(
                ["shell", "-c", f"from spheres.config.management import late; {SOMEBODY_IS_LATE}"],
                env,
            )
            say(f"The demo is loaded ({time.monotonic() - began:.0f} s).")
            server = processes.Background(
                "server", processes.site(port), env, log=Path(var) / "server.log", cwd=ROOT
            )
            wait_for_a_page(server, port)
            yield f"http://{settings.STAFF_HOST}:{port}", f"http://{settings.YOUTH_HOST}:{port}"
        finally:
            if server is not None:
                server.stop()
            here.drop_database(DATABASE)


def environment(mine: Cluster, port: int, var: Path) -> dict[str, str]:
    return {
        **os.environ,
        **mine.environment(),
        "SPHERES_PORT": str(port),
        "SPHERES_VAR": str(var),
        "SPHERES_DEMO": "1",
    }


def run(arguments: list[str], env: dict[str, str]) -> None:
    subprocess.run(  # noqa: S603 -- arguments are ours
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for_a_page(server: processes.Background, port: int | None) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        server.refuse_if_gone()
        asked = HTTPConnection(processes.HOST, port, timeout=30)
        with suppress(OSError, HTTPException):
            asked.request("GET", "/sign-in/", headers={"Host": settings.STAFF_HOST})
            asked.getresponse().read()
            return
        time.sleep(0.05)
    raise processes.Gone("The server does not answer.")


def browser_here() -> str:
    """The system's Chromium, the whole one first: it draws letters as a person's screen does."""
    return os.environ.get("SPHERES_CHROMIUM") or shutil.which("chromium") or processes.chromium()
