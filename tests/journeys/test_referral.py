"""Can somebody on a phone, without JavaScript or account, leave a referral and be sure of it?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spheres.accounts import limits
from spheres.accounts.models import Role
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.admission import queries as admission
from spheres.public.tests.letters import REFERRAL, SELF
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from tests.cast import add_organisation, add_person, uuid_of
from tests.journeys.barriers import barriers
from tests.journeys.server import DESK, PHONE, Site, served
from tests.region import lives

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WORDS = {
    "fr": {
        "mine": "Je veux de l’aide pour moi",
        "professional": "Je suis un·e professionnel·le",
        "send": "Envoyer",
        "mend": "points à corriger",
        "got": "On a reçu ton message",
        "received": "La référence est reçue",
        "not_yet": "Pas encore : j’aimerais d’abord un conseil",
        "nothing": "Rien n’a été envoyé",
        "advice": "Votre demande est reçue",
        "look": "Un coup d’œil avant d’envoyer",
    },
    "en": {
        "mine": "I want help for me",
        "professional": "I am a professional",
        "send": "Send",
        "mend": "things to correct",
        "got": "We got your message",
        "received": "The referral is received",
        "not_yet": "Not yet: I would like advice first",
        "nothing": "Nothing was sent",
        "advice": "Your request is received",
        "look": "Look again before sending",
    },
}
PAGES = [
    "/",
    "/for-me/",
    "/referral/",
    "/relative/",
    "/advice/",
    "/training/",
    "/offer/",
    "/ask/",
    "/answer/",
    "/advice/answer/",
    "/receipt/",
    "/e/limites",
]


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("referral")
    # The demo's words without its people: these journeys have their own.
    shutil.copytree(
        ROOT / "regions/demo",
        folder / "demo",
        ignore=shutil.ignore_patterns("people.yaml", *lives()),
    )

    def fill() -> None:
        with context.acting_as(LOADER):
            loading.load(loading.check(folder / "demo"), by=LOADER, at=clock.now())
            institute = add_organisation("bureau", "institute")
            add_person("Louise", institute, Role.COORDINATOR)
            loading.Region.objects.update(desk_organisation_id=institute.id)
        queries.forget()

    with (
        django_db_blocker.unblock(),
        served("test_referral_site", logs=folder, prepare=fill) as site,
    ):
        yield site
    queries.forget()


def visit(
    browser: Browser, site: Site, *, language: str = "fr", phone: bool = True, script: bool = False
) -> BrowserContext:
    """A young person's phone, or a desk; its network has not been seen before."""
    opened = browser.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    opened.set_default_timeout(10_000)
    if language != "fr":
        opened.add_cookies([{"name": "django_language", "value": language, "url": site.youth}])
    return opened


@pytest.fixture(autouse=True)
def _a_new_hour(site: Site) -> None:
    """All these browsers share one network: each journey begins with an empty counter."""
    forget_who_came(site)


def forget_who_came(site: Site) -> None:
    with site.at_home():
        for kind in ("referral", "referral_day"):
            limits.forget(kind, "127.0.0.1")


def write(page: Page, form: dict[str, str]) -> None:
    """Fill a form as a person does: tap the choices, type the words."""
    for name, value in form.items():
        question = page.locator(f"main [name={name}]")
        if question.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value='{value}']").check()
        elif value:
            question.fill(value)


def send(page: Page, language: str) -> None:
    page.get_by_role("button", name=WORDS[language]["send"], exact=True).click()


def waiting(site: Site) -> set[str]:
    """The numbers that the coordination finds at its desk."""
    with site.at_home():
        louise = Actor(uuid_of("louise"), uuid_of("bureau"), frozenset({Role.COORDINATOR}))
        with context.acting_as(louise):
            return {referral.number for referral in admission.referrals(actor=louise)}


def number_on(page: Page) -> str:
    return page.locator("output").first.inner_text()


BOTH = pytest.mark.parametrize("language", ["fr", "en"])
EACH = pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])


@BOTH
@EACH
def test_she_writes_for_herself_without_script_and_gets_a_number(site, chromium, language, phone):
    with visit(chromium, site, language=language, phone=phone) as opened:
        page = opened.new_page()
        page.goto(site.youth)
        page.get_by_role("link", name=WORDS[language]["mine"]).click()
        send(page, language)
        expect(
            page.get_by_role("heading", name=re.compile(WORDS[language]["mend"]))
        ).to_be_visible()
        write(page, SELF)
        send(page, language)

        expect(page.get_by_role("heading", name=WORDS[language]["got"])).to_be_visible()
        assert page.url == f"{site.youth}/for-me/"
        assert number_on(page) in waiting(site)
        assert [cookie["name"] for cookie in opened.cookies()] == (
            ["django_language"] if language == "en" else []
        )


@BOTH
@EACH
def test_a_professional_refers_and_going_back_makes_nothing_new(site, chromium, language, phone):
    with visit(chromium, site, language=language, phone=phone) as opened:
        page = opened.new_page()
        page.goto(f"{site.youth}/")
        page.get_by_role("link", name=WORDS[language]["professional"]).click()
        write(page, REFERRAL)
        send(page, language)
        expect(page.get_by_role("heading", name=WORDS[language]["received"])).to_be_visible()
        number, before = number_on(page), waiting(site)

        page.reload()

        expect(page.get_by_role("heading", name=WORDS[language]["received"])).to_be_visible()
        assert number_on(page) == number
        assert waiting(site) == before


@BOTH
def test_not_yet_becomes_a_request_for_advice_without_a_name(site, chromium, language):
    with visit(chromium, site, language=language) as opened:
        page = opened.new_page()
        page.goto(f"{site.youth}/referral/")
        page.get_by_label(WORDS[language]["not_yet"]).check()
        send(page, language)
        expect(page.get_by_text(WORDS[language]["nothing"]).first).to_be_visible()
        assert page.url == f"{site.youth}/referral/"
        write(page, {"age_band": "14-17", "worries": "Marie s’absente."})
        write(page, {"role": "psychoéducatrice", "reach": "450 555-0142"})
        write(page, {"category": "must_all", "asks_for": "alone", "answer_by": "PHONE"})
        send(page, language)
        expect(page.get_by_text(WORDS[language]["look"])).to_be_visible()
        write(page, {"worries": "Une élève s’absente."})
        send(page, language)
        expect(page.get_by_role("heading", name=WORDS[language]["advice"])).to_be_visible()


@BOTH
@EACH
def test_every_public_page_is_accessible(site, chromium, language, phone):
    with visit(chromium, site, language=language, phone=phone, script=True) as opened:
        page = opened.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in PAGES:
            page.goto(f"{site.youth}{path}")
            check(page, path)
            assert (
                page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
            )
        page.goto(f"{site.youth}/for-me/")
        send(page, language)
        check(page, "mistakes")
        write(page, SELF | {"urgent": "yes"})
        send(page, language)
        expect(page.get_by_role("heading", name=WORDS[language]["got"])).to_be_visible()
        check(page, "receipt")
        page.goto(f"{site.youth}/referral/")
        page.locator("[name=obligation]").check()
        send(page, language)
        check(page, "obligation")
        assert [url for url in asked if not url.startswith(site.youth)] == []


def check(page: Page, name: str) -> None:
    assert (name, barriers(page)) == (name, [])


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_quick_exit_leaves_the_form_behind(site, chromium, script):
    with visit(chromium, site, script=script) as opened:
        opened.route(re.compile(r"^https://"), lambda route: route.fulfill(body="weather"))
        page = opened.new_page()
        page.goto(f"{site.youth}/for-me/")
        page.locator("main [name=chosen_name]").fill("Lou")
        page.locator(".exit-button").click()
        page.wait_for_url(re.compile(r"^https://"))
        assert page.inner_text("body") == "weather"


def test_the_first_view_is_light(site, chromium):
    with visit(chromium, site, script=True) as opened:
        page = opened.new_page()
        weights: list[int] = []
        page.on(
            "response",
            lambda response: weights.append(response.request.sizes()["responseBodySize"]),
        )
        page.goto(f"{site.youth}/", wait_until="networkidle")

    assert len(weights) <= 5
    assert sum(weights) <= 30_000


def test_two_taps_at_once_make_one_referral_however_often(site):
    """Twenty races, two threads each: the proof runs a thousand."""
    before = waiting(site)
    for _race in range(20):
        forget_who_came(site)
        form = SELF | {"form_id": form_id_from(site)}
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(lambda sent: post(site, "/for-me/", sent), [form, form]))
        assert [status for status, _number in answers] == [200, 200]
        assert len({number for _status, number in answers}) == 1
        assert len(waiting(site) - before) == _race + 1


def form_id_from(site: Site) -> str:
    status, page = ask(site, "GET", "/for-me/")
    assert status == 200
    return re.search(r'name="form_id" value="([^"]+)"', page)[1]


def post(site: Site, path: str, form: dict[str, str]) -> tuple[int, str]:
    status, page = ask(site, "POST", path, urlencode(form))
    found = re.search(r"<output[^>]*>([^<]+)<", page)
    return status, found[1] if found else page


def ask(site: Site, method: str, path: str, body: str = "") -> tuple[int, str]:
    asked = HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        asked.request(
            method,
            path,
            body,
            {
                "Host": f"youth.localhost:{site.port}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Sec-Fetch-Site": "same-origin",
            },
        )
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def test_the_log_of_the_server_holds_no_name(site):
    form = SELF | {"form_id": form_id_from(site), "chosen_name": "Anaïs-Rose"}
    post(site, "/for-me/", form)

    assert "Anaïs-Rose" not in site.log.read_text()
