"""A tutor asks for the file: she is heard, it is refused with reasons and recourse. (SC-02)

And she asks for her own copy, which her worker hands over. (SC-08)
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.cast import follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
REFUSED = "Elle a dit non, et une professionnelle craint pour sa sécurité."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Anaïs {way.number}") as one:
        yield one


def sends(page: Page) -> None:
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()


def writes_down(page: Page, asker: str, wish: str, keep: str, words: str) -> None:
    page.locator("main details summary").last.click()
    for name, value in (("asker", asker), ("wish", wish), ("way", "PAPER"), ("keep", keep)):
        page.locator(f"main [name={name}][value={value}]").check()
    page.locator("main [name=words]").fill(words)
    sends(page)


def writes_step(story: Story, page: Page, kind: str, code: str, words: str) -> None:
    page.locator(f"main a[href$='/steps/{kind}/']").click()
    story.reads_clearly("Inès")
    page.locator(f"main [name=code][value={code}]").check()
    page.locator("main [name=words]").fill(words)
    sends(page)


def downloads(page: Page, selector: str) -> str:
    with page.expect_download() as download:
        page.locator(selector).first.click()
    return str(download.value.suggested_filename)


def letter(page: Page, selector: str) -> str:
    """What the paper says, as its reader reads it."""
    with page.expect_download() as download:
        page.locator(selector).first.click()
    read = PdfReader(download.value.path())
    return " ".join(" ".join(one.extract_text() for one in read.pages).split())


def test_a_tutor_is_refused_with_reasons_once_she_is_heard_and_she_has_her_own_copy(
    story: Story,
) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    here = f"/files/{found.file_id}/requests/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # The aunt, her tutor, asks for all of it: Inès writes it down, and what is asked before.
    story.go("Inès", f"/files/{found.file_id}/")
    page.locator(f"main a[href='{here}']").click()
    story.reads_clearly("Inès")
    writes_down(page, "TUTOR", "COPY", "SENT", "Sa tante demande tout ce qui est écrit.")
    story.reads_clearly("Inès")
    writes_step(story, page, "identity", "TITLE", "Jugement vu ce jour.")
    writes_step(story, page, "opinion", "NO", "Je ne veux pas qu’elle lise ça.")
    writes_step(story, page, "harm", "HARMFUL", "Travailleuse sociale, ce jour.")
    writes_step(story, page, "consulted", "NOT_CALLED", "Rien ne l’exige.")

    # Another person decides: a seat is given, by two clicks.
    page.locator("main a[href$='/seat/']").click()
    story.reads_clearly("Inès")
    page.locator("main [name=officer]").first.check()
    sends(page)
    story.reads_clearly("Inès")

    # Nadia sees that one waits, without a name; seated, she reads what it takes, and refuses.
    story.signs_in("Nadia")
    desk = story.screen_of("Nadia")
    story.go("Nadia", "/requests/")
    story.reads_clearly("Nadia")
    assert story.name not in desk.content()
    desk.locator("main a[href^='/requests/']:not([href*='letters'])").last.click()
    expect(desk.locator("main")).to_contain_text("Je ne veux pas qu’elle lise ça.")
    story.reads_clearly("Nadia")
    desk.locator("main a[href$='/texts/']").click()
    story.reads_clearly("Nadia")
    desk.go_back()
    desk.locator("main a[href$='/answer/']").click()
    story.reads_clearly("Nadia")
    assert desk.locator("main [name=outcome][value=WHOLE]").count() == 0
    desk.locator("main [name=outcome][value=REFUSED]").check()
    sends(desk)
    story.reads_clearly("Nadia")  # why is asked: nothing is refused without reasons
    desk.locator("main [name=ground]").select_option("HARM")
    desk.locator("main [name=reasons]").fill(REFUSED)
    sends(desk)
    story.is_on("Nadia", "/requests/")

    # The letter, in both languages, from the page of the request.
    story.go("Inès", here)
    page.locator(f"main a[href^='{here}']").first.click()
    expect(page.locator("main")).to_contain_text(REFUSED)
    for language in ("fr", "en"):
        name = downloads(page, f"main a[href$='/letters/answer/{language}/']")
        assert (name.startswith("lettre-"), story.name in name) == (True, False)
        says = letter(page, f"main a[href$='/letters/answer/{language}/']")
        assert REFUSED in says
        assert "Commission d’accès à l’information" in says  # her recourse

    # She asks for her own: who she is, then it is granted, handed over, and closed.
    story.go("Inès", here)
    writes_down(page, "SELF", "PORTABLE", "HERE", "Je veux une copie, gardée ici.")
    writes_step(story, page, "identity", "KNOWN", "Elle est devant moi.")
    page.locator("main a[href$='/answer/']").click()
    page.locator("main [name=outcome][value=WHOLE]").check()
    sends(page)
    story.reads_clearly("Inès")
    for shape in ("pdf", "json"):
        name = downloads(page, f"main form[action$='/copy/{shape}/'] [type=submit]")
        assert name.endswith(f".{shape}")
    page.locator("main a[href$='/handed/']").click()
    story.reads_clearly("Inès")
    page.locator("main [name=words]").fill("À elle, à la halte.")
    sends(page)
    expect(page.locator("main")).to_contain_text("À elle, à la halte.")
    story.reads_clearly("Inès")
