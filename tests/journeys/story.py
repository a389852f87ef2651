"""What do people do in a story, step by step? Each step is a sentence; each page is read by axe.

A `Story` has one window for each person: she signs in once, and finds her page as she left it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from spheres.accounts import actions as door
from spheres.accounts import limits
from spheres.accounts.models import Device
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.followup.admission import actions as admission
from spheres.public.tests.letters import REFERRAL
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.journeys.barriers import barriers
from tests.journeys.server import Site, window

NUMBER = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
DRAFT = "Elle a ri en parlant de son chat."
HER_WORDS = "Je veux juste dormir quelque part de correct."
WORDS = {
    "fr": {
        "send": "Envoyer",
        "received": "La référence est reçue",
        "offer": "Proposer",
        "read_offer": "Lire la proposition",
        "accept": "J’accepte",
        "met": "Nous avons été en contact",
        "conversation": "Conversation d’admission",
        "open_follow_up": "Ouvrir le suivi",
        "herself": "La personne elle-même",
        "tutor": "Un parent ou tuteur",
        "exception": "Une exception documentée",
        "under_14": "Avant 14 ans, un parent ou tuteur donne son accord",
        "which_exception": "Dites quelle exception s’applique.",
        "note": "Noter un contact",
        "observation": "Ce que vous avez vu ou fait",
        "saved": "Enregistré à",
        "leave": "Laisser pour l’instant",
        "go_on": "Continuer",
        "to_finish": "Tous les textes commencés sont signés ou rangés.",
        "sign": "Signer la note",
        "opened": "a ouvert ton dossier",
        "signed": "a signé une note",
        "you": "vous",
    },
    "en": {
        "send": "Send",
        "received": "The referral is received",
        "offer": "Offer",
        "read_offer": "Read the offer",
        "accept": "I accept",
        "met": "We have been in contact",
        "conversation": "Admission conversation",
        "open_follow_up": "Open the follow-up",
        "herself": "The person themselves",
        "tutor": "A parent or tutor",
        "exception": "Documented exception",
        "under_14": "Under 14, a parent or tutor agrees",
        "which_exception": "Say which exception applies.",
        "note": "Note a contact",
        "observation": "What you saw or did",
        "saved": "Saved",
        "leave": "Leave it for now",
        "go_on": "Go on",
        "to_finish": "Every text you began is signed or put away.",
        "sign": "Sign the note",
        "opened": "opened your file",
        "signed": "signed a note",
        "you": "you",
    },
}


@dataclass
class Story:
    """One story in one language on one size of screen."""

    site: Site
    browser: Browser
    cast: Cast
    language: str
    size: dict[str, int]
    name: str = "Lou"
    windows: dict[str, BrowserContext] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    files: dict[str, UUID] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)

    # The windows, and what is looked at on every page.

    def screen_of(self, person: str) -> Page:
        """This person's page; a new window if she has none yet."""
        if person not in self.pages:
            opened = window(self.browser, language=self.language, size=self.size, site=self.site)
            self.windows[person], self.pages[person] = opened, opened.new_page()
        return self.pages[person]

    def close(self) -> None:
        """Everybody goes home: sessions end, so that the next story begins without them."""
        with self.site.at_home():
            for opened in self.windows.values():
                for cookie in opened.cookies():
                    if cookie["name"] == settings.SESSION_COOKIE_NAME:
                        door.go_out(cookie["value"], at=clock.now())
            # A window is not opened again: the next story is not asked about its devices.
            with context.acting_as(DOORKEEPER):
                Device.objects.all().delete()
        for opened in self.windows.values():
            opened.close()

    def words(self, key: str) -> str:
        return WORDS[self.language][key]

    def go(self, person: str, path: str) -> Response:
        answer = self.screen_of(person).goto(f"{self.site.staff}{path}")
        assert answer is not None
        return answer

    def press(self, person: str, key: str) -> None:
        page = self.screen_of(person)
        page.get_by_role("button", name=self.words(key), exact=True).click()

    def follow(self, person: str, key: str) -> None:
        page = self.screen_of(person)
        page.get_by_role("link", name=self.words(key), exact=True).first.click()

    def is_on(self, person: str, path: str) -> None:
        expect(self.screen_of(person)).to_have_url(
            re.compile(f"^{re.escape(self.site.staff)}{path}([?].*)?$")
        )

    def reads_clearly(self, person: str) -> None:
        """No barrier that axe knows, and nothing that runs out of the side of the screen."""
        page = self.screen_of(person)
        assert barriers(page) == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.size["width"], f"{page.url} is {width} px wide"
        self.checked.append(page.url)

    def signs_in(self, person: str) -> None:
        """Through the demonstration's door, from the page everybody meets."""
        self.go(person, "/sign-in/")
        self.reads_clearly(person)
        page = self.screen_of(person)
        page.locator(".door-person", has=page.locator(f"strong:text-is('{person}')")).click()
        expect(page).not_to_have_url(re.compile("/sign-in/"))
        self.reads_clearly(person)

    # The referral.

    def a_referrer_writes(self, referrer: str, **answers: str) -> None:
        """The public form, eight fields, one page."""
        page = self.screen_of(referrer)
        page.goto(f"{self.site.youth}/referral/")
        self.reads_clearly(referrer)
        letter = REFERRAL | {"chosen_name": self.name, "referrer_name": referrer} | answers
        for name, value in letter.items():
            question = page.locator(f"main [name={name}]")
            if question.first.get_attribute("type") == "radio":
                page.locator(f"main [name={name}][value='{value}']").check()
            elif value:
                question.fill(value)
        page.get_by_role("button", name=self.words("send"), exact=True).click()
        expect(page.get_by_role("heading", name=self.words("received"))).to_be_visible()
        self.reads_clearly(referrer)
        self.numbers[referrer] = page.locator("output").first.inner_text()
        assert NUMBER.fullmatch(self.numbers[referrer])

    def a_referrer_reads_nothing_of(self, referrer: str, *others: str) -> None:
        """What the acknowledgement says, title and all."""
        page = self.screen_of(referrer)
        said = page.inner_text("body") + page.title()
        assert [other for other in others if other in said] == []

    def louise_reads_it_at_the_desk(self) -> None:
        self.signs_in("Louise")
        self.is_on("Louise", "/desk/")
        page, number = self.screen_of("Louise"), self.numbers["Mireille Fortin"]
        # Its own line: another may say that it resembles this one.
        own = f".line:has(> p:nth-of-type(2):has-text('{number}'))"
        page.locator(own).locator("a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(self.name)
        expect(page.locator("main")).to_contain_text(REFERRAL["words"])
        expect(page.locator("main")).to_contain_text("Mireille Fortin")
        self.reads_clearly("Louise")
        self.files[self.name] = UUID(page.url.rstrip("/").rpartition("/")[2])

    def louise_offers_it_to_ines(self) -> None:
        page = self.screen_of("Louise")
        page.locator(f"[name=workers][value='{self.cast.ines.user_id}']").check()
        self.press("Louise", "offer")
        expect(page.locator("main .badge", has_text=re.compile("."))).not_to_have_count(0)
        self.reads_clearly("Louise")

    # The worker takes it on.

    def ines_accepts_from_her_day(self) -> None:
        self.signs_in("Inès")
        self.is_on("Inès", "/")
        self.follow("Inès", "read_offer")
        expect(self.screen_of("Inès").locator("main")).not_to_contain_text(self.name)
        self.reads_clearly("Inès")
        self.press("Inès", "accept")
        self.is_on("Inès", f"/files/{self.files[self.name]}/")
        expect(self.screen_of("Inès").get_by_role("heading", level=1)).to_contain_text(self.name)
        self.reads_clearly("Inès")

    def ines_notes_that_they_were_in_contact(self) -> None:
        self.press("Inès", "met")
        expect(
            self.screen_of("Inès").get_by_role("link", name=self.words("conversation"))
        ).to_be_visible()
        self.reads_clearly("Inès")

    def they_have_the_admission_conversation(self) -> None:
        self.ines_opens_the_conversation()
        page = self.screen_of("Inès")
        page.locator("[name=her_words]").fill(HER_WORDS)
        page.locator("[name=recognition][value=prefers_not_to_say]").check()
        self.agreement_is_given_by("herself")
        self.the_follow_up_opens()

    def ines_opens_the_conversation(self) -> None:
        self.follow("Inès", "conversation")
        self.is_on("Inès", f"/files/{self.files[self.name]}/admission/")
        self.reads_clearly("Inès")

    def agreement_is_given_by(self, who: str) -> None:
        page = self.screen_of("Inès")
        page.locator("[name=card][value=READ]").check()
        page.locator("[name=agreement_form][value=oral]").check()
        page.get_by_label(self.words(who), exact=True).check()
        self.press("Inès", "open_follow_up")

    def the_page_refuses_with(self, key: str) -> None:
        """A sentence beside the field and one at the top, and her words still there."""
        page = self.screen_of("Inès")
        expect(page.get_by_text(self.words(key))).to_have_count(2)
        expect(page.locator("[name=her_words]")).to_have_value(HER_WORDS)
        self.reads_clearly("Inès")

    def the_follow_up_opens(self) -> None:
        self.is_on("Inès", f"/files/{self.files[self.name]}/")
        expect(
            self.screen_of("Inès").get_by_role("link", name=self.words("conversation"))
        ).to_have_count(0)
        self.reads_clearly("Inès")

    # The note.

    def ines_begins_a_note_and_leaves_the_page(self) -> None:
        self.follow("Inès", "note")
        self.reads_clearly("Inès")
        page = self.screen_of("Inès")
        page.get_by_label(self.words("observation")).fill(DRAFT)
        page.locator("[name=support]").focus()
        expect(page.locator("[data-spheres-save-state]")).to_contain_text(self.words("saved"))
        self.go("Inès", "/")
        self.reads_clearly("Inès")

    def her_draft_is_waiting_on_her_day(self) -> None:
        page = self.screen_of("Inès")
        line = page.locator(".line", has_text=f"{self.name}")
        line.get_by_role("link", name=self.words("go_on")).click()
        expect(page.get_by_label(self.words("observation"))).to_have_value(DRAFT)
        self.reads_clearly("Inès")

    def she_signs_it(self) -> None:
        self.press("Inès", "sign")
        self.is_on("Inès", f"/files/{self.files[self.name]}/")
        expect(self.screen_of("Inès").locator("main")).to_contain_text(DRAFT)
        self.reads_clearly("Inès")
        self.go("Inès", "/")
        expect(self.screen_of("Inès").get_by_text(self.words("to_finish"))).to_be_visible()

    def they_see_who_may_open_the_file_and_who_did(self) -> None:
        self.go("Inès", f"/files/{self.files[self.name]}/who/")
        page = self.screen_of("Inès")
        who, did = page.locator("main .card").nth(0), page.locator("main .card").nth(1)
        seers = who.locator(".lines strong").all_inner_texts()
        assert seers == ["Inès"]
        assert f"({self.words('you')})" in who.inner_text()
        assert set(did.locator(".lines strong").all_inner_texts()) >= {"Inès", "Louise"}
        expect(did).to_contain_text(self.words("opened"))
        expect(did).to_contain_text(self.words("signed"))
        self.reads_clearly("Inès")

    # Those to whom nothing is shown.

    def signs_in_where_no_page_is_theirs(self, person: str) -> None:
        self.signs_in(person)

    def answers_as_for_an_unknown_file(self, person: str, file_id: UUID) -> None:
        """Every address of the file: the same status and the same page as for no file at all."""
        for path in ("", "who/", "admission/", "notes/new/"):
            found = [
                (self.go(person, f"/files/{one}/{path}").status, self.page_said(person))
                for one in (file_id, uuid4())
            ]
            assert found[0] == found[1]
            assert found[0][0] == 404
        self.reads_clearly(person)

    def page_said(self, person: str) -> str:
        """The whole page but the marks that change at every answer."""
        return re.sub(r'nonce="[^"]*"|value="[^"]*"|"X-CSRFToken": "[^"]*"', "", self.html(person))

    def html(self, person: str) -> str:
        return re.sub(r"/files/[-0-9a-f]{36}/", "/files/…/", self.screen_of(person).content())

    def is_refused(self, person: str, *paths: str) -> None:
        for path in paths:
            answer = self.go(person, path)
            assert (path, answer.status) in [(path, 403), (path, 404)]
            self.reads_clearly(person)
            assert "Maya" not in self.screen_of(person).content()

    def no_way_leads(self, person: str, *paths: str) -> None:
        page = self.screen_of(person)
        assert [path for path in paths if page.locator(f"a[href='{path}']").count()] == []


@contextmanager
def told(
    site: Site, browser: Browser, cast: Cast, language: str, size: dict[str, int], **said: str
) -> Iterator[Story]:
    """A story begins with an hour in which nobody has sent anything, and ends with its windows."""
    with site.at_home():
        for kind in ("referral", "referral_day"):
            limits.forget(kind, "127.0.0.1")
    story = Story(site, browser, cast, language, size, **said)
    try:
        yield story
    finally:
        story.close()


def entrust_to_ines(name: str, *, age_band: str, cast: Cast) -> UUID:
    """A referral already offered, accepted and in contact: the conversation is next."""
    sent = admission.Sent(
        id=uuid_of(f"referral of {name}"),
        source="professional",
        channel="web",
        agreement="yes",
        age_band=age_band,
        language="fr",
        chosen_name=name,
        contact_channel="in_person",
    )
    file_id, offer_id = admission.file_of(sent.id), uuid_of(f"offer of {name}")
    desk = cast.institute.id
    with acting(VISITOR):
        admission.refer(sent, desk=desk, by=VISITOR, at=MONDAY)
    with acting(cast.louise):
        admission.offer(file_id, to=cast.ines.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        admission.accept(offer_id, desk=desk, by=cast.ines, at=MONDAY)
        admission.meet(file_id, by=cast.ines, at=MONDAY)
    return file_id
