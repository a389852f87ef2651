"""Does a real browser come in with a passkey, and with a password and a code?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spheres.accounts import actions
from spheres.accounts.actions import secrets
from spheres.accounts.models import Role, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock, context
from tests.cast import LOADER, add_organisation
from tests.journeys.barriers import barriers
from tests.journeys.server import DESK, PHONE, Site, served, window

pytestmark = pytest.mark.browser

PASSWORD = "quatre corneilles sur le toit"
WORDS = {
    "fr": {
        "make": "Créer ma clé d’accès",
        "kept": "Je les ai conservés",
        "account": "Mon compte",
        "out": "Déconnexion",
        "in": "Ouvrir avec une clé d’accès",
        "by_password": "Utiliser un mot de passe et un code",
        "cannot": "Mon appareil ne le peut pas",
        "sign_in": "Ouvrir une session",
        "lock": "Verrouiller",
        "use": "Utiliser ma clé d’accès",
    },
    "en": {
        "make": "Make my passkey",
        "kept": "I have kept them",
        "account": "My account",
        "out": "Sign out",
        "in": "Sign in with a passkey",
        "by_password": "Use a password and a code",
        "cannot": "My device cannot",
        "sign_in": "Sign in",
        "lock": "Lock",
        "use": "Use my passkey",
    },
}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[Site]:
    logs = tmp_path_factory.mktemp("sign_in")
    with django_db_blocker.unblock(), served("test_sign_in", logs=logs, prepare=fill) as site:
        yield site


def fill() -> None:
    with context.acting_as(LOADER):
        add_organisation("la-maison", "community")


@dataclass
class Invited:
    """A person at her own browser, with the link she was handed."""

    window: BrowserContext
    page: Page
    email: str
    link: str
    site: Site
    words: dict[str, str]

    def has_a_device(self, *, verifies: bool = True) -> str:
        """Chromium's own make-believe authenticator, in this window."""
        self.tools = self.window.new_cdp_session(self.page)
        self.tools.send("WebAuthn.enable")
        answer = self.tools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": verifies,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return str(answer["authenticatorId"])

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=self.words[name], exact=True).click()

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.site.staff}{path}")

    def is_on(self, path: str) -> None:
        expect(self.page).to_have_url(re.compile(f"^{re.escape(self.site.staff + path)}([?].*)?$"))

    def finds_the_page_clear(self) -> None:
        assert barriers(self.page) == []


def invite(site: Site, email: str) -> str:
    from spheres.accounts.models import Organisation

    with site.at_home(), context.acting_as(DOORKEEPER):
        invited = actions.invite(
            actions.NewPerson(
                email=email,
                name="Inès Tremblay",
                role=Role.YOUTH_WORKER,
                job_title_fr="Intervenante",
                job_title_en="Youth worker",
                employer=User.Employer.COMMUNITY,
                report_duty=User.ReportDuty.MUST_SOME,
            ),
            organisation_id=Organisation.objects.get(slug="la-maison").pk,
            seen_on=clock.today(),
            by=DOORKEEPER,
            at=clock.now(),
        )
    return f"{site.staff}/welcome/{invited.token}/"


@pytest.fixture(params=[("fr", PHONE), ("en", DESK)], ids=["fr-320", "en-1280"])
def person(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Invited]:
    language, size = request.param
    opened = window(chromium, language=language, size=size, site=site)
    email = f"ines.{uuid4().hex[:12]}@example.org"
    yield Invited(opened, opened.new_page(), email, invite(site, email), site, WORDS[language])
    opened.close()


def test_a_person_enrols_a_passkey_and_comes_back_with_it(person: Invited) -> None:
    person.has_a_device()
    person.page.goto(person.link)
    person.finds_the_page_clear()
    person.press("make")
    expect(person.page.locator(".kept-codes li")).to_have_count(10)
    person.finds_the_page_clear()

    person.goes_to("/account/")
    person.finds_the_page_clear()
    person.press("lock")
    person.is_on("/unlock/")
    person.finds_the_page_clear()
    person.press("use")
    person.is_on("/account/")
    person.press("out")
    person.is_on("/sign-in/")
    person.finds_the_page_clear()
    person.page.goto(f"{person.site.staff}/sign-in/?next=/account/devices/")
    person.press("in")

    person.is_on("/account/devices/")
    person.finds_the_page_clear()


def test_a_device_that_asks_nothing_does_not_open(person: Invited) -> None:
    device = person.has_a_device()
    person.page.goto(person.link)
    person.press("make")
    expect(person.page.locator(".kept-codes li")).to_have_count(10)
    person.goes_to("/account/")
    person.press("out")
    person.is_on("/sign-in/")

    person.tools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False}
    )
    person.press("in")

    expect(person.page.locator("[data-spheres-form-state]").first).not_to_be_empty()
    person.goes_to("/account/")
    person.is_on("/sign-in/")


def test_a_person_without_such_a_device_comes_in_by_password_and_code(person: Invited) -> None:
    person.page.goto(person.link)
    person.page.get_by_text(person.words["cannot"]).click()
    person.page.get_by_role("link", name=person.words["by_password"]).click()
    person.finds_the_page_clear()
    person.page.locator("details summary").click()
    secret = person.page.locator(".to-copy").inner_text()
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.page.locator("input[name=code]").fill(code(secret, step=0))
    person.page.locator("form.form button[type=submit]").click()
    recovery = person.page.locator(".kept-codes li").first.inner_text()

    person.goes_to("/account/")
    person.press("out")
    person.page.get_by_text(person.words["by_password"]).click()
    person.page.locator("input[name=email]").fill(person.email)
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.page.locator("input[name=code]").fill(recovery)
    person.finds_the_page_clear()
    person.press("sign_in")

    person.is_on("/")


def code(secret: str, *, step: int) -> str:
    return secrets.totp(secret, secrets.counter_at(clock.now() + timedelta(seconds=30 * step)))
