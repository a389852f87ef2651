"""Does she read her file with her worker, what concerns others hidden with its reason? (SC-08)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import acting, follow, sign_note, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
BROTHER = "Son frère Hugo a été arrêté mardi."
SEEN = f"Elle est arrivée fermée. {BROTHER} Elle a parlé de sa flûte."
SAID = "J’étais pas fermée, j’étais gênée."
ANSWER = "Elle était gênée en arrivant."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Rosalie {way.number}") as one:
        yield one


def test_she_reads_her_file_and_what_concerns_her_brother_is_hidden_with_its_reason(
    story: Story,
) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        with acting(cast.ines):
            which = f"about two, {story.name}"
            sign_note(found.file_id, which, by=cast.ines, observation=SEEN)
    here = f"/files/{found.file_id}/reading/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Inès looks first: one sentence concerns somebody else.
    story.go("Inès", f"/files/{found.file_id}/")
    page.locator(f"main a[href='{here}']").click()
    story.reads_clearly("Inès")
    while page.locator(f"main a[href^='{here}notes/']").count():
        page.locator(f"main a[href^='{here}notes/']").first.click()
        story.reads_clearly("Inès")
        brother = page.get_by_label(BROTHER)
        if brother.count():
            brother.check()
            page.locator("[name=ground][value=OTHER]").check()
            page.locator("[name=words]").fill("Ça parle de ton frère.")
        page.locator("main form [type=submit]").last.click()
        page.wait_for_load_state()
        story.go("Inès", here)

    # They read it together: what is hidden says so and why, and is nowhere in the page.
    page.locator(f"main a[href='{here}together/']").click()
    expect(page.locator("main")).to_contain_text("Ça parle de ton frère.")
    expect(page.locator("main")).to_contain_text("Elle a parlé de sa flûte.")
    assert "Hugo" not in page.content()
    story.reads_clearly("Inès")
    for code in ("made", "page", "opened", "told", "shared", "kept"):
        page.locator(f"main a[href='{here}together/{code}/']").click()
        assert "Hugo" not in page.content()
        story.reads_clearly("Inès")
        page.locator(f"main a[href='{here}together/']").click()

    # A sentence is not right: her words stay beside it.
    section = page.locator("main section", has_text="Elle est arrivée fermée.").last
    section.locator("xpath=ancestor-or-self::section[@id]").locator("a[href$='/say/']").click()
    assert "Hugo" not in page.content()
    page.locator("[name=words]").fill(SAID)
    page.locator("[name=pen][value=HER]").check()
    story.reads_clearly("Inès")
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text(SAID)

    # She wants it on paper, kept at the drop-in rather than at home: no name, no logo.
    page.locator(f"main a[href='{here}paper/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=keep][value=HERE]").check()
    with page.expect_download() as download:
        page.locator("main form [type=submit]").click()
    assert download.value.suggested_filename.startswith("pages-")
    story.go("Inès", f"{here}together/")

    # She has read it: a dated trace, in her journal.
    page.locator(f"main form[action='{here}held/'] [type=submit]").click()
    story.is_on("Inès", here)
    story.reads_clearly("Inès")

    # The author answers beside it, by a correction that is looked at in its turn.
    story.go("Inès", f"/files/{found.file_id}/notes/{uuid_of(which)}/")
    expect(page.locator("main")).to_contain_text(SAID)
    story.reads_clearly("Inès")
    page.locator("main a[href$='/correct/']").click()
    page.locator("[name=observation]").fill(ANSWER)
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()
    story.go("Inès", f"{here}together/")
    expect(page.locator("main")).to_contain_text(SAID)
    assert ANSWER not in page.content()  # nobody has looked at it yet
    story.go("Inès", here)
    page.locator(f"main a[href^='{here}notes/']").first.click()
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()
    story.go("Inès", f"{here}together/")
    expect(page.locator("main")).to_contain_text(ANSWER)
    assert "Hugo" not in page.content()
    story.reads_clearly("Inès")
