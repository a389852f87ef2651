"""Does a signed notice go from her worker's telephone to the file, and out again, page by page?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import said
from spheres.papers.tests.factories import HTML, picture_that_tells, sandboxed, told_by
from tests.cast import TUESDAY, acting, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

__all__ = ["sandboxed"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("sandboxed")]
WORDS = "La page signée; l’original est au classeur."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Maëlle {way.number}") as one:
        yield one


def test_a_signed_notice_is_kept_with_its_restriction_and_downloaded(
    story: Story, tmp_path: Path
) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        barred = Barred(organisation_id=cast.elsewhere.pk)
        with acting(cast.ines, TUESDAY):
            about = restrictions.restrict(
                found.file_id, said(barred, cast.ines, of=f"{story.name} bars"),
                decides_alone=True, by=cast.ines, at=TUESDAY,
            )  # fmt: skip
    here = f"/files/{found.file_id}/papers/of/restriction/{about}/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # From the restriction, the page of its notice: nothing yet.
    story.go("Inès", f"/files/{found.file_id}/restrictions/")
    page.locator(f"main a[href='{here}']").click()
    story.reads_clearly("Inès")

    # A web page under the name of a picture: refused, and what was typed is still there.
    page.locator("[name=words]").fill(WORDS)
    page.locator("[name=paper]").set_input_files(
        {"name": "avis.jpg", "mimeType": "image/jpeg", "buffer": HTML}
    )
    page.locator("main form[enctype] [type=submit]").click()
    expect(page.locator(".field-wrong [name=paper]")).to_be_visible()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    story.reads_clearly("Inès")

    # The picture itself: kept, and downloaded without the place where it was taken.
    page.locator("[name=paper]").set_input_files(
        {"name": "avis.jpg", "mimeType": "image/jpeg", "buffer": picture_that_tells()}
    )
    page.locator("main form[enctype] [type=submit]").click()
    expect(page.locator("main .lines")).to_contain_text(WORDS)
    story.is_on("Inès", here)
    story.reads_clearly("Inès")
    with page.expect_download() as taken:
        page.locator("main .lines a[download]").click()
    assert taken.value.suggested_filename == "page-1.jpg"
    taken.value.save_as(tmp_path / "page")
    content = (tmp_path / "page").read_bytes()
    assert content.startswith(b"\xff\xd8\xff\xe0")
    assert told_by(content) == set()
