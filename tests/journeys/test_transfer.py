"""SC-07: she moves to another region; does what she chose arrive there, sealed, and nothing else?

Two deployments run: this one, and another with a database, a key file and a server of its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.config import cluster, keyfile, processes
from spheres.core import clock
from spheres.followup.accompaniments import actions as accompaniments
from spheres.followup.notes import actions as notes
from spheres.followup.safety_net.tests import factories as nets
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from tests.cast import Cast, acting, follow
from tests.journeys.conftest import Way
from tests.journeys.server import PORTS, ROOT, Site, window
from tests.journeys.story import Story, told
from tests.journeys.test_telling import says_yes

pytestmark = pytest.mark.browser
SUMMARY = "Veut finir sa 4e secondaire. Un appartement dès septembre."
STEPS = "Inscription au centre d’éducation des adultes, à rappeler jeudi."
NOTE = "Cette note ne part jamais."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Sacha {way.number}") as one:
        yield one


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Another region’s programme: it shares nothing with ours."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "closed").mkdir(mode=0o700)
    key = folder / "closed" / "key"
    keyfile.make(key)
    everything = cluster.from_environment()
    everything.drop_database("test_elsewhere")
    theirs = everything.create_database("test_elsewhere")
    env = {**os.environ, **theirs.environment(), keyfile.VARIABLE: str(key)}
    for arguments, role in ((["migrate", "-v", "0"], "owner"), (["load_region", DEMO], "app")):
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, capture_output=True,
            env={**env, "SPHERES_ROLE": role},
        )  # fmt: skip
    port = processes.first_free(PORTS)
    assert port is not None
    env = {**env, "SPHERES_PORT": str(port), "SPHERES_ROLE": "app"}
    log = folder / "server.log"
    server = processes.Background("server", processes.site(port), env, log=log, cwd=ROOT)
    try:
        processes.wait_for_a_page(server, port, "staff.localhost")
        yield Site(port, "test_elsewhere", log)
    finally:
        server.stop()
        everything.drop_database("test_elsewhere")


DEMO = str(Path("regions") / "demo")


def comes_in_there(story: Story, there: Site) -> Page:
    opened = window(story.browser, language=story.language, size=story.size, site=there)
    page = opened.new_page()
    page.goto(f"{there.staff}/sign-in/")
    page.locator(".door-person", has=page.locator("strong:has-text('Inès')")).first.click()
    expect(page).not_to_have_url(re.compile("/sign-in/$"))  # an older session may have been ended
    return page


def holds(file_id: UUID, cast: Cast) -> None:
    """A page, steps under way, and a note that stays."""
    at, by = clock.now(), cast.ines
    with acting(by, at):
        summary.add(file_id, summary.Said(uuid4(), 0, SUMMARY, Line.Whose.HERS, ""), by=by, at=at)
        begun = accompaniments.Written(
            id=uuid4(), kind="papers", occurred_at=at, organisation="Le centre", next_step=STEPS
        )
        accompaniments.sign(file_id, begun, by=by, at=at)
        nets.write(file_id, uuid4(), by=by, at=at)
        note = notes.Written(uuid4(), "meeting", at, observation=NOTE)
        notes.sign(file_id, note, by=by, at=at)


def test_sacha_moves_and_comes_back(story: Story, elsewhere: Site) -> None:
    with story.site.at_home():
        cast = story.cast
        file_id = follow(
            story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        ).file_id
        holds(file_id, cast)
    here = f"/files/{file_id}/communications/"

    # There: its key, and the mark by which it is recognised over the telephone.
    there = comes_in_there(story, elsewhere)
    there.goto(f"{elsewhere.staff}/transfers/")
    key = there.locator("#our-key").input_value()
    mark = there.locator(".card strong").first.inner_text()

    # Here: what Sacha picks, put in the form as it stands, read over, agreed; then a second person.
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", here)
    page.locator(f"main a[href='{here}transfer/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=take_PAGE]").check()
    page.locator("[name=take_STEPS]").check()
    page.locator("button[name=step][value=pick]").click()
    assert SUMMARY in page.locator("[name=item_PAGE]").input_value()
    assert STEPS in page.locator("[name=item_STEPS]").input_value()
    assert page.locator("[name=item_NET]").input_value() == ""
    page.locator("[name=recipient]").fill("Programme du Saguenay, Mme Tremblay-Roy")
    says_yes(page)
    page.locator("main form .button-primary").last.click()
    if page.locator("[name=looked_again]").count():
        page.locator("[name=looked_again]").check()
        page.locator("main form .button-primary").last.click()
    assert SUMMARY in page.locator("main").inner_text()
    assert NOTE not in page.locator("main").inner_text()
    page.locator("button[name=step][value=confirm]").click()
    one = page.url.removesuffix("/").rpartition("/")[2]
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", f"/communications/{one}/")
    karim.locator("[name=decision][value=yes]").check()
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/communications/")

    # Sealed for that key alone; a wrong key is said.
    story.go("Inès", f"{here}{one}/")
    page.locator(f"main a[href='{here}{one}/sealed/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=key]").fill("bonjour")
    page.locator("button[name=step][value=seal]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=key]").fill(key)
    page.locator("button[name=step][value=seal]").click()
    expect(page.locator("main")).to_contain_text(mark)
    story.reads_clearly("Inès")
    parcel = page.locator("#parcel").input_value()
    assert all(word not in parcel for word in (SUMMARY, STEPS, story.name))

    # There: opened, read, placed as a draft; here it opens for nobody.
    there.locator("[name=parcel]").fill(parcel[:-40])
    there.locator("main form .button-primary").click()
    expect(there.locator(".error-summary")).to_be_visible()
    there.locator("[name=parcel]").fill(parcel)
    there.locator("main form .button-primary").click()
    expect(there.locator("main")).to_contain_text(SUMMARY)
    code = there.locator("strong.code").inner_text()
    there.locator("[name=person]").select_option(index=1)
    there.locator("main form .button-primary").last.click()
    expect(there).to_have_url(re.compile(r"/notes/new/\?draft="))
    assert STEPS in there.locator("[name=observation]").input_value()
    story.go("Inès", "/transfers/")
    page.locator("[name=parcel]").fill(parcel)
    page.locator("main form .button-primary").click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")

    # The code comes back: it is received, and said in the register.
    story.go("Inès", f"{here}{one}/sealed/")
    page.locator("[name=code]").fill("AAAA-AAAA-AAAA")
    page.locator("button[name=step][value=code]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=code]").fill(code)
    page.locator("button[name=step][value=code]").click()
    story.is_on("Inès", f"{here}{one}/")
    expect(page.locator("main")).to_contain_text(code)
    expect(page.locator("main")).to_contain_text(mark)
    assert page.locator(f"main a[href='{here}{one}/sealed/']").count() == 0  # for no other key
    story.go("Inès", f"{here}register/")
    expect(page.locator("main")).to_contain_text("Saguenay")

    # It closes here with the door open, from that page; six weeks later, one press opens it again.
    story.go("Inès", f"{here}{one}/")
    story.reads_clearly("Inès")
    page.locator(f"form[action='/files/{file_id}/follow-up/leave/'] button").click()
    page.wait_for_load_state()
    assert page.locator(f"main a[href='{here}{one}/']").count() == 1  # transferred, it says
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.locator(f"form[action='/files/{file_id}/follow-up/return/'] button").first.click()
    page.wait_for_load_state()
    assert story.go("Inès", f"/files/{file_id}/").status == 200
